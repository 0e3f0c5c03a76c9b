import type { PastedFields } from '#elements/connection/paste/pasted.ts';

/** By fullName of the draft. In the memory of this page alone: an address or a store must not hold a password. */
const waiting = new Map<string, PastedFields>();

/** Leaves what was pasted in the Add dialog for the form that opens next. */
export function leavePasted(fullName: string, fields: PastedFields): void {
  waiting.set(fullName, fields);
}

/** What was left for this draft; gone after this turn, so that an effect that runs twice at once finds it twice. */
export function takePasted(fullName: string): PastedFields | null {
  const fields = waiting.get(fullName) ?? null;
  queueMicrotask(() => waiting.delete(fullName));
  return fields;
}
