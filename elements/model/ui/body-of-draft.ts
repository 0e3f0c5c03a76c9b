import type { FieldDraft, FieldType, ModelDraft } from './model-draft.ts';
import { keyOf } from './model-draft.ts';

type Loose = Record<string, unknown>;

/** The body that a draft stands for, as it would be saved; what is wrong with it is for the schema and the checks to say. */
export function bodyOfDraft(draft: ModelDraft): Loose {
  const nameOf = (id: string) => draft.fields.find((field) => field.id === id)?.name ?? id;
  const key = keyOf(draft);
  const fields = draft.fields.filter((field) => !field.removed);
  return {
    ...(draft.database ? { database: draft.database } : {}),
    table: draft.table,
    ...(draft.managed ? {} : { managed: false }),
    ...(draft.label ? { label: nameOf(draft.label) } : {}),
    ...(draft.comment ? { comment: draft.comment } : {}),
    ...(key.length > 1 ? { primaryKey: key.map(nameOf) } : {}),
    fields: fields.map((field) => bodyOfField(field, key.length === 1 && field.primaryKey)),
    ...(draft.indexes.length > 0
      ? {
          indexes: draft.indexes.map(({ name, fields: ids, unique }) => ({
            name,
            fields: ids.map(nameOf),
            ...(unique ? { unique } : {}),
          })),
        }
      : {}),
    ...(draft.references.length > 0
      ? {
          references: draft.references.map(({ fields: ids, onDelete, onUpdate, ...reference }) => ({
            ...reference,
            fields: ids.map(nameOf),
            ...actions(onDelete, onUpdate),
          })),
        }
      : {}),
  };
}

function bodyOfField(field: FieldDraft, isKey: boolean): Loose {
  const { id, name, column, type, required, unique, generated, comment } = field;
  return {
    id,
    name,
    ...(column && column !== name ? { column } : {}),
    type,
    ...detailsOf(field),
    ...(required ? { required } : {}),
    ...(unique ? { unique } : {}),
    ...(isKey ? { primaryKey: true } : {}),
    ...(generated ? { generated } : {}),
    ...(field.default === null ? {} : { default: defaultOf(field.type, field.default) }),
    ...(comment ? { comment } : {}),
  };
}

function detailsOf(field: FieldDraft): Loose {
  switch (field.type) {
    case 'text':
      return field.length === '' ? {} : { length: number(field.length) };
    case 'decimal':
      return { precision: number(field.precision), scale: number(field.scale) };
    case 'choice':
      return { options: field.options.split('\n').filter((option) => option !== '') };
    case 'native':
      return { native: field.native };
    case 'reference':
      return {
        model: field.model,
        ...(field.to ? { to: field.to } : {}),
        ...actions(field.onDelete, field.onUpdate),
      };
    default:
      return {};
  }
}

const actions = (onDelete: string, onUpdate: string): Loose => ({
  ...(onDelete && onDelete !== 'noAction' ? { onDelete } : {}),
  ...(onUpdate && onUpdate !== 'noAction' ? { onUpdate } : {}),
});

/** What is no number is left as it is, for the schema to refuse. */
const number = (text: string): unknown => (/^\d+$/.test(text.trim()) ? Number(text) : text);

const NUMBERS: ReadonlySet<FieldType> = new Set(['integer', 'bigint', 'decimal', 'double', 'reference']);

/** A typed default in the form the type wants: digits that a double would lose stay a text. */
function defaultOf(type: FieldType, text: string): string | number | boolean {
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  if (NUMBERS.has(type) && text !== '' && String(Number(text)) === text) return Number(text);
  return text;
}
