import { Secret } from '#lib/core/secret.ts';
import type { VariableDefinition } from '#lib/source/source.ts';
import { DEVELOPMENT, type TypedValue, type ValueSet } from './resolution.ts';

/**
 * What a variable gives in one environment (rules 3.1 and 3.2): the value set there, else its default where one may
 * stand in. `null`: nothing.
 */
export function lookUp(
  key: string,
  definition: VariableDefinition,
  values: ValueSet,
): { value: TypedValue; from: 'value' | 'default' } | null {
  const value = values.get(key);
  if (value !== undefined && !isNothing(value, definition)) return { value, from: 'value' };
  const mayStandIn = definition.required !== true || values.environment.name === DEVELOPMENT;
  if (definition.default === undefined || !mayStandIn) return null;
  return { value: definition.default, from: 'default' };
}

/** An empty text is a value only for `text`. */
function isNothing(value: TypedValue, definition: VariableDefinition): boolean {
  if (definition.type === 'text') return false;
  return value instanceof Secret ? value.isEmpty : value === '';
}
