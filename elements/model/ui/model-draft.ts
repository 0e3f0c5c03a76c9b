import type { Field, ModelBody, ReferenceAction } from '../model.ts';

export type FieldType = Field['type'];

/**
 * A field as it stands in the designer: texts as typed, '' where left out. Whatever a type does not use is kept while the
 * type is changed to and fro, and left out of the body.
 */
export type FieldDraft = {
  id: string;
  name: string;
  column: string;
  type: FieldType;
  length: string;
  precision: string;
  scale: string;
  /** one option a line */
  options: string;
  native: string;
  model: string;
  to: string;
  onDelete: ReferenceAction | '';
  onUpdate: ReferenceAction | '';
  required: boolean;
  unique: boolean;
  primaryKey: boolean;
  generated: 'increment' | 'computed' | '';
  /** null: none; '' is the empty text */
  default: string | null;
  comment: string;
  /** still shown, so that it can be taken back; not in the body */
  removed: boolean;
};

/** `fields` are ids, so that a rename changes them too. `key` tells rows apart. */
export type IndexDraft = { key: string; name: string; fields: string[]; unique: boolean };
export type ReferenceDraft = {
  id: string;
  name: string;
  model: string;
  fields: string[];
  to: string[];
  onDelete: ReferenceAction | '';
  onUpdate: ReferenceAction | '';
};

export type ModelDraft = {
  database: string;
  table: string;
  managed: boolean;
  /** id of a field; '': none */
  label: string;
  comment: string;
  /** ids of the fields of the primary key, in their order there */
  keyOrder: string[];
  fields: FieldDraft[];
  indexes: IndexDraft[];
  references: ReferenceDraft[];
};

export function newField(id: string): FieldDraft {
  return {
    id,
    name: '',
    column: '',
    type: 'text',
    length: '',
    precision: '10',
    scale: '2',
    options: '',
    native: '',
    model: '',
    to: '',
    onDelete: '',
    onUpdate: '',
    required: false,
    unique: false,
    primaryKey: false,
    generated: '',
    default: null,
    comment: '',
    removed: false,
  };
}

/** A new model: an `id` that the server numbers, to begin with. */
export function newModel(database: string, table: string): ModelDraft {
  const id = {
    ...newField('f_id'),
    name: 'id',
    type: 'integer' as const,
    primaryKey: true,
    generated: 'increment' as const,
  };
  return {
    database,
    table,
    managed: true,
    label: '',
    comment: '',
    keyOrder: [id.id],
    fields: [id],
    indexes: [],
    references: [],
  };
}

/** An id that no field of the draft has, removed ones included. */
export function freeId(prefix: 'f' | 'r', taken: { id: string }[]): string {
  const ids = new Set(taken.map((each) => each.id));
  let number = taken.length + 1;
  while (ids.has(`${prefix}_${number}`)) number += 1;
  return `${prefix}_${number}`;
}

export function draftOf(body: ModelBody): ModelDraft {
  const idOf = (name: string) => body.fields.find((field) => field.name === name)?.id ?? name;
  const fields = body.fields.map(fieldDraft);
  const keyOrder = body.primaryKey?.map(idOf) ?? fields.filter((field) => field.primaryKey).map((field) => field.id);
  return {
    database: body.database ?? '',
    table: body.table,
    managed: body.managed !== false,
    label: body.label === undefined ? '' : idOf(body.label),
    comment: body.comment ?? '',
    keyOrder,
    fields: fields.map((field) => ({ ...field, primaryKey: keyOrder.includes(field.id) })),
    indexes: (body.indexes ?? []).map((index, position) => ({
      key: `i${position}`,
      name: index.name,
      fields: index.fields.map(idOf),
      unique: index.unique === true,
    })),
    references: (body.references ?? []).map((reference) => ({
      id: reference.id,
      name: reference.name,
      model: reference.model,
      fields: reference.fields.map(idOf),
      to: reference.to,
      onDelete: reference.onDelete ?? '',
      onUpdate: reference.onUpdate ?? '',
    })),
  };
}

function fieldDraft(field: Field): FieldDraft {
  const { default: byDefault, ...rest } = field;
  const texts = {
    ...(field.type === 'text' && { length: field.length === undefined ? '' : String(field.length) }),
    ...(field.type === 'decimal' && { precision: String(field.precision), scale: String(field.scale) }),
    ...(field.type === 'choice' && { options: field.options.join('\n') }),
  };
  return {
    ...newField(field.id),
    ...rest,
    ...texts,
    default: byDefault === undefined ? null : String(byDefault),
  } as FieldDraft;
}

/** Ids of the fields of the primary key, in order. */
export function keyOf(draft: ModelDraft): string[] {
  const marked = draft.fields.filter((field) => field.primaryKey && !field.removed).map((field) => field.id);
  const position = (id: string) => {
    const known = draft.keyOrder.indexOf(id);
    return known < 0 ? draft.keyOrder.length : known;
  };
  return marked.toSorted((one, other) => position(one) - position(other));
}
