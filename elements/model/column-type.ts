import type { ColumnType } from '../database/schema.ts';
import type { Field, NamedModel } from './model.ts';
import { fieldNamed, keyFields } from './model-keys.ts';

/** The field that a reference field points to; null where model or field is not there or is not one column. */
export function referencedField(
  field: Field & { type: 'reference' },
  models: ReadonlyMap<string, NamedModel>,
): { model: NamedModel; field: Field } | null {
  const model = models.get(field.model);
  if (!model) return null;
  const key = keyFields(model.body);
  const name = field.to ?? (key.length === 1 ? key[0] : undefined);
  const target = name === undefined ? undefined : fieldNamed(model.body, name);
  return target ? { model, field: target } : null;
}

/**
 * The logical type of a field's column. A reference has its target's, through any number of references.
 * @returns null for a reference that leads nowhere or back to itself
 */
export function columnType(
  field: Field,
  models: ReadonlyMap<string, NamedModel>,
  passed: ReadonlySet<Field> = new Set(),
): ColumnType | null {
  switch (field.type) {
    case 'text':
      return { kind: 'text', length: field.length ?? null };
    case 'decimal':
      return { kind: 'decimal', precision: field.precision, scale: field.scale };
    case 'choice':
      return { kind: 'choice', options: field.options };
    case 'native':
      return { kind: 'native', native: field.native };
    case 'reference': {
      const target = passed.has(field) ? null : referencedField(field, models);
      return target && columnType(target.field, models, new Set([...passed, field]));
    }
    default:
      return { kind: field.type };
  }
}
