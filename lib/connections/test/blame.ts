import type { ResolvedElement } from '#lib/variables/resolution.ts';

/** The field at fault, and the variable that fills it where one does. */
export function blame(resolved: ResolvedElement, field: string): { field: string; variable?: string } {
  const origin = resolved.fields[field]?.origin;
  return origin && 'variable' in origin && origin.variable !== undefined
    ? { field, variable: origin.variable }
    : { field };
}

/** Whose file holds the field: an attached database takes the shared ones from its connection. */
export function holderOf(resolved: ResolvedElement, ownFields: { name: string }[], field: string | undefined): string {
  if (resolved.connection === null || field === undefined) return resolved.element;
  return ownFields.some(({ name }) => name === field) ? resolved.element : resolved.connection;
}
