import type { DatabaseDefinition } from '../database/contract.ts';
import type { FieldDefinition } from './fields.ts';

export type BodyFamily = 'connections' | 'databases';

/**
 * The fields that may stand in a body, in file order. An attached database has its own fields only;
 * any other carries those it could share as well.
 */
export function bodyFields(definition: DatabaseDefinition, family: BodyFamily, attached = false): FieldDefinition[] {
  if (family === 'connections') return definition.sharedFields;
  return attached ? definition.ownFields : [...definition.ownFields, ...definition.sharedFields];
}
