import type { ColumnType, Default } from '../database/schema.ts';
import type { Field } from './model.ts';

const TEMPORAL = ['date', 'time', 'datetime', 'instant'];

/** `now` and `uuid` mean the server's clock and a new UUID in columns of those types; anywhere else they are plain text. */
export function fieldDefault(field: Field, type: ColumnType): Default | null {
  if (field.default === undefined) return null;
  if (field.default === 'now' && TEMPORAL.includes(type.kind)) return { kind: 'now' };
  if (field.default === 'uuid' && type.kind === 'uuid') return { kind: 'uuid' };
  return { kind: 'literal', value: field.default };
}
