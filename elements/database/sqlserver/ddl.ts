/**
 * Each change as T-SQL (Transact-SQL reference, CREATE TABLE, ALTER TABLE, CREATE INDEX, sp_rename). Constraints that got
 * their name from the server are dropped by a name that is looked up; what holds on to a column is taken off before the
 * column changes, and put back. Pure; DDL takes no parameters, so literals are quoted here.
 */
import { assertNever } from '#lib/core/assert-never.ts';
import type { DdlContext } from '../contract.ts';
import type { Change, Column, Statement, Table } from '../schema.ts';
import { alterColumn } from './ddl-alter.ts';
import { columnComments, setComment } from './ddl-comment.ts';
import { column, createIndex, dropDefault, dropIndex, dropJsonCheck, dropPrimaryKey, foreignKey } from './ddl-parts.ts';
import { jsonCheck } from './json-check.ts';
import { literal, names, qualify, quote } from './quote.ts';

export function ddl(change: Change, context: DdlContext): Statement[] {
  return write(change, context).map((sql) => ({ sql, parameters: [] }));
}

function write(change: Change, { schema, table: before }: DdlContext): string[] {
  const named = (name: string) => qualify(schema, name);
  switch (change.kind) {
    case 'create-table':
      return createTable(change.table, schema);
    case 'drop-table':
      return [`drop table ${named(change.table)}`];
    case 'rename-table':
      return [`exec sys.sp_rename @objname = ${literal(named(change.table))}, @newname = ${literal(change.to)}`];
    case 'add-column':
      return [
        `alter table ${named(change.table)} add ${column(change.column)}${withValues(change.column)}`,
        ...columnComments(schema, change.table, [change.column]),
      ];
    case 'drop-column':
      return [
        ...(find(before, change.column)?.native === 'json' ? [dropJsonCheck(named(change.table), change.column)] : []),
        dropDefault(named(change.table), change.column),
        `alter table ${named(change.table)} drop column ${quote(change.column)}`,
      ];
    case 'rename-column':
      return renameColumn(named(change.table), change, before);
    case 'alter-column':
      return alterColumn(schema, change.table, change.from, change.to, before);
    case 'create-index':
      return [createIndex(named(change.table), change.index, before?.columns ?? [])];
    case 'drop-index':
      return [dropIndex(named(change.table), change.index)];
    case 'add-foreign-key':
      return [`alter table ${named(change.table)} add ${foreignKey(change.foreignKey, schema)}`];
    case 'drop-foreign-key':
      return [`alter table ${named(change.table)} drop constraint ${quote(change.foreignKey.name)}`];
    case 'set-primary-key':
      return setPrimaryKey(schema, change, before);
    case 'set-table-comment':
      return setComment({ schema, table: change.table, column: null }, before?.comment ?? null, change.comment);
    default:
      return assertNever(change);
  }
}

/** Foreign keys come last: one may refer to a unique index of its own table. */
function createTable(table: Table, schema: string | null): string[] {
  const name = qualify(schema, table.name);
  const parts = table.columns.map(column);
  if (table.primaryKey) {
    const constraint = table.primaryKey.name === null ? '' : `constraint ${quote(table.primaryKey.name)} `;
    parts.push(`${constraint}primary key (${names(table.primaryKey.columns)})`);
  }
  return [
    `create table ${name} (\n  ${parts.join(',\n  ')}\n)`,
    ...table.indexes.map((index) => createIndex(name, index, table.columns)),
    ...table.foreignKeys.map((key) => `alter table ${name} add ${foreignKey(key, schema)}`),
    ...setComment({ schema, table: table.name, column: null }, null, table.comment),
    ...columnComments(schema, table.name, table.columns),
  ];
}

/** Rows that are there get the default too, as they do for a column without nulls anyway. */
const withValues = (added: Column) =>
  added.nullable && added.default && added.generated === null ? ' with values' : '';

const find = (table: Table | null, name: string) => table?.columns.find((each) => each.name === name);

/** A check, and the filter of an index, hold a column's name: they are made anew. */
function renameColumn(
  table: string,
  { column: from, to }: Extract<Change, { kind: 'rename-column' }>,
  before: Table | null,
): string[] {
  const renamed = (each: string) => (each === from ? to : each);
  const old = find(before, from);
  const filtered = (before?.indexes ?? []).filter(
    (index) => index.unique && old?.nullable && index.columns.includes(from),
  );
  const columns = (before?.columns ?? []).map((each) => ({ ...each, name: renamed(each.name) }));
  const isJson = old?.native === 'json';
  return [
    ...filtered.map((index) => dropIndex(table, index)),
    ...(isJson ? [dropJsonCheck(table, from)] : []),
    `exec sys.sp_rename @objname = ${literal(`${table}.${quote(from)}`)}, @newname = ${literal(to)}, @objtype = N'COLUMN'`,
    ...(isJson ? [`alter table ${table} add ${jsonCheck(to)}`] : []),
    ...filtered.map((index) => createIndex(table, { ...index, columns: index.columns.map(renamed) }, columns)),
  ];
}

/** The server takes no column with nulls into a primary key, so they go first. */
function setPrimaryKey(
  schema: string | null,
  { table: bare, from, to }: Extract<Change, { kind: 'set-primary-key' }>,
  before: Table | null,
): string[] {
  const table = qualify(schema, bare);
  const bared = before && { ...before, primaryKey: null };
  const nullable = to.flatMap((name) => find(before, name) ?? []).filter((each) => each.nullable);
  return [
    ...(from.length > 0 ? [dropPrimaryKey(table, before?.primaryKey?.name ?? null)] : []),
    ...nullable.flatMap((column) => alterColumn(schema, bare, column, { ...column, nullable: false }, bared)),
    ...(to.length > 0 ? [`alter table ${table} add primary key (${names(to)})`] : []),
  ];
}
