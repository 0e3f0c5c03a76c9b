import type { Reason } from '#lib/core/errors.ts';
import type { Findings } from './plan.ts';

const identity = (reason: Reason): string =>
  JSON.stringify([reason.element, reason.field, reason.variable, reason.environment, reason.code, reason.message]);

/** Adds what is not told yet: several databases on one connection, and several stages, find the same thing. */
export function find(findings: Findings, found: { reasons?: Reason[]; warnings?: Reason[] }): void {
  const told = new Set([...findings.reasons, ...findings.warnings].map(identity));
  const fresh = (all: Reason[] = []): Reason[] =>
    all.filter((reason) => !told.has(identity(reason)) && told.add(identity(reason)));
  findings.reasons.push(...fresh(found.reasons));
  findings.warnings.push(...fresh(found.warnings));
}
