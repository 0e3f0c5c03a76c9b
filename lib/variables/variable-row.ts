import type { VariableDefinition, VariableType } from '#lib/source/source.ts';

/** The columns of a variable's row that make up its definition. */
export type DefinitionRow = {
  name: string | null;
  description: string | null;
  type: string;
  required: boolean;
  default: string | null;
};

/** A definition as it is written: keys in file order, what says nothing left out. */
export function definitionOf(row: DefinitionRow): VariableDefinition {
  return canonicalDefinition({
    name: row.name ?? '',
    description: row.description ?? '',
    type: row.type as VariableType,
    required: row.required,
    ...(row.default === null ? {} : { default: JSON.parse(row.default) as string | number | boolean }),
  });
}

export function canonicalDefinition(definition: VariableDefinition): VariableDefinition {
  return {
    ...(definition.name ? { name: definition.name } : {}),
    ...(definition.description ? { description: definition.description } : {}),
    type: definition.type,
    ...(definition.required ? { required: true } : {}),
    ...(definition.default === undefined ? {} : { default: definition.default }),
  };
}

/** The reverse of {@link definitionOf}. */
export function rowOf(definition: VariableDefinition): DefinitionRow {
  return {
    name: definition.name || null,
    description: definition.description || null,
    type: definition.type,
    required: definition.required === true,
    default: definition.default === undefined ? null : JSON.stringify(definition.default),
  };
}
