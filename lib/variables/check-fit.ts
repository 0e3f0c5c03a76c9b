import { checkLiteral } from '#elements/connection/check-field-value.ts';
import { Fault, type Reason } from '#lib/core/errors.ts';
import type { Source } from '#lib/source/source.ts';
import { variableUses } from '#lib/source/variable-uses.ts';
import { parseValue } from './parse-value.ts';

/**
 * Values against the limits of the fields that use them (a port beyond 65535), told when they are set.
 * @throws Fault `wrong-input` with a reason per field
 */
export function checkFit(source: Source, texts: Record<string, string>, environment: string): void {
  const reasons = source.elements.flatMap(variableUses).flatMap(({ element, field, key }): Reason[] => {
    const text = texts[key];
    const type = source.variables[key]?.type;
    if (text === undefined || type === undefined || type === 'secret') return [];
    const parsed = parseValue(type, text);
    const wrong = parsed.ok ? checkLiteral(field, parsed.value) : null;
    if (wrong === null) return [];
    const message = `${key} is used by ${element}: ${wrong}.`;
    const next = 'Set it to a fitting value.';
    return [{ element, field: field.name, variable: key, environment, code: 'wrong-value', message, next }];
  });
  if (reasons.length > 0) throw new Fault('wrong-input', `${reasons[0]?.message} ${reasons[0]?.next}`, reasons);
}
