import type { Capabilities } from '../database/contract.ts';
import type { ForeignKey, Index, Table } from '../database/schema.ts';
import { uniqueName } from './bounded-name.ts';
import { canonicalModel } from './canonical-model.ts';
import { fieldOfColumn } from './field-of-column.ts';
import type { Field, ModelBody, NamedModel } from './model.ts';
import { columnOf, keyFields } from './model-keys.ts';
import { plainName, snakeCase, untaken } from './snake-case.ts';

export type ProposalOptions = {
  /** fullName of the database element that holds the tables */
  database: string;
  /** element and field names as the tables and columns have them, instead of snake_case */
  keepNames?: boolean;
  /** where the models go, such as `models` or `models.sales`; default: `models`, or a folder named after the database where a name is taken there */
  folder?: string;
  /** full names that are taken */
  taken?: readonly string[];
  /** models bound to the same database already: references may point to them */
  present?: readonly NamedModel[];
  capabilities: Pick<Capabilities, 'nameLength'>;
};

export type ProposedModel = { fullName: string; title: string; body: ModelBody };

/**
 * *From existing tables*: a model per table, `managed: false`, with real names in `table` and `column`, types, keys,
 * references and indexes. A reference to a table that is neither among `tables` nor behind a present model stays an
 * ordinary field. Pure.
 */
export function fromSchema(tables: readonly Table[], options: ProposalOptions): ProposedModel[] {
  const names = modelNames(tables, options);
  const drafts = tables.map((table): Draft => {
    const fields = fieldsOf(table, options);
    return { table, fullName: names.get(table.name) ?? table.name, fields, body: bodyOf(table, fields, options) };
  });
  const targets = new Map<string, Target>(
    (options.present ?? []).map(({ fullName, body }) => [body.table, { fullName, body, table: null }]),
  );
  for (const { table, fullName, body } of drafts) targets.set(table.name, { fullName, body, table });
  for (const draft of drafts) addReferences(draft, targets);
  return drafts.map(({ table, fullName, body }) => ({
    fullName,
    title: table.name.slice(0, 200),
    body: canonicalModel(body),
  }));
}

type Draft = { table: Table; fullName: string; /** by column */ fields: Map<string, Field>; body: ModelBody };
type Target = { fullName: string; body: ModelBody; table: Table | null };

function modelNames(tables: readonly Table[], options: ProposalOptions): Map<string, string> {
  const spell = options.keepNames ? plainName : snakeCase;
  const given = new Set((options.taken ?? []).map((name) => name.toLowerCase()));
  const inFolder = (folder: string) => {
    const taken = new Set([...given, `${folder}.e`.toLowerCase()]);
    return new Map(tables.map(({ name }) => [name, untaken(`${folder}.${spell(name, 'table')}`, taken)]));
  };
  if (options.folder !== undefined) return inFolder(options.folder);
  const plain = tables.map(({ name }) => `models.${spell(name, 'table')}`.toLowerCase());
  const isFree = plain.every((name) => !given.has(name) && ![...given].some((each) => each.startsWith(`${name}.`)));
  if (isFree) return inFolder('models');
  const database = options.database.slice(options.database.lastIndexOf('.') + 1);
  return inFolder(`models.${options.keepNames ? database : snakeCase(database, 'database')}`);
}

function fieldsOf(table: Table, { keepNames }: ProposalOptions): Map<string, Field> {
  const spell = keepNames ? plainName : snakeCase;
  const [names, ids] = [new Set<string>(), new Set<string>()];
  const key = table.primaryKey?.columns ?? [];
  return new Map(
    table.columns.map((column) => {
      const name = untaken(spell(column.name, 'column'), names);
      const id = untaken(`f_${name}`, ids);
      return [
        column.name,
        fieldOfColumn(column, {
          id,
          name,
          isKey: key.includes(column.name),
          isWholeKey: key.length === 1 && key[0] === column.name,
        }),
      ];
    }),
  );
}

function bodyOf(table: Table, fields: ReadonlyMap<string, Field>, options: ProposalOptions): ModelBody {
  const nameOf = (column: string) => fields.get(column)?.name ?? column;
  const key = table.primaryKey?.columns ?? [];
  const isPlainUnique = (index: Index) => {
    const [column = ''] = index.columns;
    const expected = uniqueName(table.name, column, options.capabilities.nameLength);
    return index.unique && index.columns.length === 1 && index.name === expected;
  };
  for (const index of table.indexes.filter(isPlainUnique)) {
    const field = fields.get(index.columns[0] ?? '');
    if (field) field.unique = true;
  }
  const label = ['name', 'title', 'label'].find((name) => [...fields.values()].some((field) => field.name === name));
  return {
    database: options.database,
    table: table.name,
    managed: false,
    ...(label === undefined ? {} : { label }),
    ...(table.comment ? { comment: table.comment.slice(0, 1024) } : {}),
    ...(key.length > 1 ? { primaryKey: key.map(nameOf) } : {}),
    fields: [...fields.values()],
    // An index over something that is no column here can not be named by fields.
    indexes: table.indexes
      .filter((index) => !isPlainUnique(index) && index.columns.every((column) => fields.has(column)))
      .map(({ name, columns, unique }) => ({ name, fields: columns.map(nameOf), unique })),
  };
}

/** Turns foreign keys into reference fields where one column points to a column of equal type, else into references of the model. */
function addReferences(draft: Draft, targets: ReadonlyMap<string, Target>): void {
  const names = new Set(draft.body.fields.map((field) => field.name.toLowerCase()));
  const ids = new Set<string>();
  for (const key of draft.table.foreignKeys) {
    const target = targets.get(key.toTable);
    if (!target || key.toSchema !== null) continue;
    const to = key.toColumns.map((column) => target.body.fields.find((field) => columnOf(field) === column));
    const own = key.columns.map((column) => draft.fields.get(column));
    if (own.includes(undefined) || to.includes(undefined) || !isUnique(target, to as Field[])) continue;
    if (!makeField(draft, key, target, own[0], to[0])) {
      const name = untaken(plainName(key.name, 'reference'), names);
      const id = untaken(`r_${name}`, ids);
      const fields = own.flatMap((field) => field?.name ?? []);
      const reference = { id, name, model: target.fullName, fields, to: to.flatMap((field) => field?.name ?? []) };
      draft.body.references = [...(draft.body.references ?? []), { ...reference, ...actionsOf(key) }];
    }
  }
}

function isUnique(target: Target, to: Field[]): boolean {
  const names = to.map((field) => field.name);
  const same = (other: string[]) => other.length === names.length && names.every((name) => other.includes(name));
  const { body } = target;
  return (
    same(keyFields(body)) ||
    (to.length === 1 && to[0]?.unique === true) ||
    (body.indexes ?? []).some((index) => index.unique === true && same(index.fields))
  );
}

const actionsOf = ({ onDelete, onUpdate }: ForeignKey) => ({ onDelete, onUpdate });

/** @returns false where the key can not be one field: several columns, a second key on it, another type, a circle */
function makeField(draft: Draft, key: ForeignKey, target: Target, own?: Field, to?: Field): boolean {
  const column = draft.table.columns.find((each) => each.name === key.columns[0]);
  const [pointed, more] = key.toColumns;
  if (!own || !to || !column || more !== undefined || own.type === 'reference') return false;
  // A target that is a reference itself may lead back here; its own type says enough in neither case.
  if (to.type === 'reference' || own === to) return false;
  const there = target.table?.columns.find((each) => each.name === pointed);
  if (there ? there.native !== column.native : own.type !== to.type) return false;
  const { id, name, required, unique, primaryKey, comment } = own;
  const isDefaultTarget = keyFields(target.body).length === 1 && keyFields(target.body)[0] === to.name;
  const reference: Field = {
    id,
    name,
    ...(own.column === undefined ? {} : { column: own.column }),
    type: 'reference',
    model: target.fullName,
    ...(isDefaultTarget ? {} : { to: to.name }),
    ...actionsOf(key),
    ...(required === undefined ? {} : { required }),
    ...(unique === undefined ? {} : { unique }),
    ...(primaryKey === undefined ? {} : { primaryKey }),
    ...(own.default === undefined ? {} : { default: own.default }),
    ...(comment === undefined ? {} : { comment }),
  };
  draft.fields.set(column.name, reference);
  draft.body.fields = draft.body.fields.map((field) => (field === own ? reference : field));
  return true;
}
