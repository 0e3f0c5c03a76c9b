import type { Capabilities, TypeTable } from '../database/contract.ts';
import type { Column, ForeignKey, Index, Schema, Table } from '../database/schema.ts';
import { foreignKeyName, uniqueName } from './bounded-name.ts';
import { columnType, referencedField } from './column-type.ts';
import { fieldDefault } from './field-default.ts';
import type { Field, ModelBody, NamedModel } from './model.ts';
import { columnOf, fieldNamed, keyFields } from './model-keys.ts';

/** A model's table, and what tells a rename from a drop and an add. */
export type ModelTable = {
  modelId: string;
  /** fullName of the model */
  model: string;
  managed: boolean;
  table: Table;
  /** field id → column name */
  columns: Record<string, string>;
};

/**
 * The schema that the models of one database element ask for, in one engine's own types and settled defaults. Pure.
 * The models must have passed `checkModel`: a reference that leads nowhere is a broken promise, and throws.
 */
export function toSchema(
  models: readonly NamedModel[],
  types: TypeTable,
  capabilities: Capabilities,
): { schema: Schema; tables: ModelTable[] } {
  const byName = new Map(models.map((model) => [model.fullName, model]));
  const tables = models.map((model) => modelTable(model, byName, types, capabilities));
  return { schema: { tables: tables.map((each) => each.table) }, tables };
}

type ByName = ReadonlyMap<string, NamedModel>;

function modelTable(model: NamedModel, models: ByName, types: TypeTable, capabilities: Capabilities): ModelTable {
  const { body } = model;
  const key = keyFields(body);
  const keyColumns = columnsOf(body, key);
  const table: Table = {
    name: body.table,
    kind: 'table',
    columns: body.fields.map((field) => column(field, key, models, types, capabilities)),
    primaryKey: keyColumns.length > 0 ? { name: null, columns: keyColumns } : null,
    indexes: indexes(body, keyColumns, capabilities),
    foreignKeys: foreignKeys(body, models, capabilities),
    comment: capabilities.comments ? (body.comment ?? null) : null,
  };
  const columns = Object.fromEntries(body.fields.map((field) => [field.id, columnOf(field)]));
  const managed = body.managed !== false;
  return {
    modelId: model.id,
    model: model.fullName,
    managed,
    table: managed ? keyable(table, types, capabilities) : table,
    columns,
  };
}

/** The table with a length for each text that has none and stands in a key, where the engine needs one. */
function keyable(table: Table, types: TypeTable, { keyedTextLength: length }: Capabilities): Table {
  if (length === undefined) return table;
  const keys = [table.primaryKey, ...table.indexes, ...table.foreignKeys];
  const keyed = new Set(keys.flatMap((key) => key?.columns ?? []));
  const bounded = (column: Column): Column => {
    if (column.type.kind !== 'text' || column.type.length !== null || !keyed.has(column.name)) return column;
    const type = { ...column.type, length };
    return { ...column, type, native: types.native(type) };
  };
  return { ...table, columns: table.columns.map(bounded) };
}

function column(field: Field, key: string[], models: ByName, types: TypeTable, capabilities: Capabilities): Column {
  const type = columnType(field, models);
  if (!type) throw new Error(`the reference ${field.name} leads nowhere`);
  const preset = fieldDefault(field, type);
  return {
    name: columnOf(field),
    type,
    native: types.native(type),
    nullable: field.required !== true && !key.includes(field.name),
    default: preset && types.settleDefault(preset, type),
    generated: field.generated ?? null,
    comment: capabilities.comments ? (field.comment ?? null) : null,
  };
}

function columnsOf(body: ModelBody, names: string[]): string[] {
  return names.map((name) => {
    const field = fieldNamed(body, name);
    return field ? columnOf(field) : name;
  });
}

/** Declared indexes, and one for each `unique` field that the primary key does not already keep unique. */
function indexes(body: ModelBody, keyColumns: string[], capabilities: Capabilities): Index[] {
  const declared = (body.indexes ?? []).map((index) => ({
    name: index.name,
    columns: columnsOf(body, index.fields),
    unique: index.unique === true,
  }));
  const isKey = (name: string) => keyColumns.length === 1 && keyColumns[0] === name;
  const ofFields = body.fields
    .filter((field) => field.unique && !isKey(columnOf(field)))
    .map((field) => ({
      name: uniqueName(body.table, columnOf(field), capabilities.nameLength),
      columns: [columnOf(field)],
      unique: true,
    }));
  return [...ofFields, ...declared];
}

function foreignKeys(body: ModelBody, models: ByName, capabilities: Capabilities): ForeignKey[] {
  const named = (columns: string[], toTable: string, toColumns: string[], actions: Actions): ForeignKey => ({
    name: foreignKeyName(body.table, columns, capabilities.nameLength),
    columns,
    toSchema: null,
    toTable,
    toColumns,
    onDelete: actions.onDelete ?? 'noAction',
    onUpdate: actions.onUpdate ?? 'noAction',
  });
  const single = body.fields.flatMap((field) => {
    const target = field.type === 'reference' ? referencedField(field, models) : null;
    if (field.type !== 'reference' || !target) return [];
    return [named([columnOf(field)], target.model.body.table, [columnOf(target.field)], field)];
  });
  const several = (body.references ?? []).flatMap((reference) => {
    const target = models.get(reference.model)?.body;
    if (!target) throw new Error(`the reference ${reference.name} leads nowhere`);
    return [named(columnsOf(body, reference.fields), target.table, columnsOf(target, reference.to), reference)];
  });
  return unlike([...single, ...several], capabilities);
}

type Actions = { onDelete?: ForeignKey['onDelete'] | undefined; onUpdate?: ForeignKey['onUpdate'] | undefined };

/** Two references over the same columns get different names. */
function unlike(keys: ForeignKey[], capabilities: Capabilities): ForeignKey[] {
  const taken = new Set<string>();
  return keys.map((key) => {
    const name = taken.has(key.name)
      ? foreignKeyName(key.name, [key.toTable, ...key.toColumns], capabilities.nameLength)
      : key.name;
    taken.add(name);
    return { ...key, name };
  });
}
