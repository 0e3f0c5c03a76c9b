import { bodyFields } from '#elements/connection/body-fields.ts';
import { isReference, type FieldDefinition } from '#elements/connection/fields.ts';
import { flatten } from '#elements/connection/flatten.ts';
import { definitionOfType } from '#elements/database/definitions.ts';
import type { SourceElement } from './source.ts';

export type VariableUse = { element: string; field: FieldDefinition; key: string };

/** Every reference to a variable in an element, with the field it stands in. */
export function variableUses(element: SourceElement): VariableUse[] {
  const definition = definitionOfType(element.type);
  if (!definition || element.family === 'models') return [];
  const flat = flatten(element.body);
  return bodyFields(definition, element.family).flatMap((field) => {
    const value = flat[field.name];
    return value !== undefined && isReference(value) ? [{ element: element.fullName, field, key: value.$env }] : [];
  });
}
