import type { Field, ModelBody } from './model.ts';

/** Names of the fields of a model's primary key, in order; empty: it has none. */
export function keyFields(body: ModelBody): string[] {
  return body.primaryKey ?? body.fields.filter((field) => field.primaryKey).map((field) => field.name);
}

export const columnOf = (field: Field): string => field.column ?? field.name;

export function fieldNamed(body: ModelBody, name: string): Field | undefined {
  return body.fields.find((field) => field.name === name);
}
