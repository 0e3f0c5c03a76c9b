import { definitionOfType } from '#elements/database/definitions.ts';
import type { TlsMode } from '#elements/database/contract.ts';
import type { Reason } from '#lib/core/errors.ts';
import type { ConnectionElement, DatabaseElement, Source } from '#lib/source/source.ts';
import type { Resolution, ResolvedElement, ValueSet } from './resolution.ts';
import { resolveElement } from './resolve-element.ts';

export type ResolveOptions = {
  /** full names of the databases and connections to resolve; default: all of the source */
  only?: readonly string[];
  /**
   * The mode that the resolved address decided for an element whose `tls.mode` is left out. Until the address is known
   * (no answer), TLS leaves resolve leniently: what has a value is used, what has none is absent and no reason.
   */
  tlsMode?: (element: string) => TlsMode | undefined;
};

/**
 * Rules 3.1 to 3.3 of product.md, the one place where references become values: test, deploy and run time all call it.
 * Pure. Collects every reason; an element with a reason is not among `elements`. An attached database's shared fields
 * come from its connection, and reasons about them name the connection.
 * Warnings (required variables that nothing resolves) are given only when the whole source is resolved.
 */
export function resolve(source: Source, values: ValueSet, options: ResolveOptions = {}): Resolution {
  const asked = new Set<string>();
  const reasons = new Map<string, Reason>();
  const elements: ResolvedElement[] = [];
  for (const element of targets(source, options.only)) {
    const outcome = resolveElement(source, element, values, options.tlsMode?.(element.fullName));
    for (const key of outcome.asked) asked.add(key);
    for (const reason of outcome.reasons) reasons.set(identity(reason), reason);
    if (outcome.reasons.length === 0) elements.push(outcome.resolved);
  }
  const warnings = options.only === undefined ? unusedRequired(source, values, asked) : [];
  return { elements, reasons: [...reasons.values()], warnings };
}

function targets(source: Source, only: readonly string[] | undefined): (ConnectionElement | DatabaseElement)[] {
  return source.elements
    .filter((element) => element.family !== 'models')
    .filter((element) => definitionOfType(element.type) !== undefined)
    .filter((element) => only === undefined || only.includes(element.fullName));
}

/** A field of a connection is looked at once per database on it, and told once. */
const identity = (reason: Reason): string => [reason.element, reason.field, reason.variable, reason.code].join('\n');

function unusedRequired(source: Source, values: ValueSet, asked: ReadonlySet<string>): Reason[] {
  return Object.entries(source.variables)
    .filter(([key, definition]) => definition.required === true && !asked.has(key))
    .map(([key]) => ({
      variable: key,
      environment: values.environment.name,
      code: 'required-unused',
      message: `${key} is required, but no field resolves it in ${values.environment.name}.`,
      next: `Use ${key} in a field, or make it not required.`,
    }));
}
