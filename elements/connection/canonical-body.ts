import type { DatabaseDefinition } from '../database/contract.ts';
import { bodyFields, type BodyFamily } from './body-fields.ts';
import type { FieldTree, FieldValue } from './fields.ts';
import { flatten, unflatten } from './flatten.ts';

/** A checked body as it is written: keys in the definition's order, `connection` first, literals that equal their default left out. */
export function canonicalBody(definition: DatabaseDefinition, family: BodyFamily, body: FieldTree): FieldTree {
  const flat = flatten(body);
  const written: Record<string, FieldValue> = {};
  if (family === 'databases' && flat.connection !== undefined) written.connection = flat.connection;
  for (const field of bodyFields(definition, family, written.connection !== undefined)) {
    const value = flat[field.name];
    if (value !== undefined && value !== field.default) written[field.name] = value;
  }
  return unflatten(written);
}
