/**
 * Queries of the data API as statements. The text depends on the shape of a query only, so that it is prepared once
 * per session. Pure.
 */
import type {
  ColumnRef,
  Delete,
  Filter,
  Insert,
  Order,
  Projection,
  Select,
  TableRef,
  Update,
  Value,
} from '../query.ts';
import type { Statement } from '../schema.ts';
import { writeFilter } from '../sql/filter.ts';
import { ParameterList } from '../sql/parameter-list.ts';
import { columnName, rowJson, tableName } from './json.ts';
import { bindValue, quoteName, spellingFor, toUtc, written } from './spelling.ts';

/** Values of a row's key, aligned with its columns. */
export type Key = (Value | undefined)[];

const ALIAS = '`t`';
/** `LIMIT` is needed before `OFFSET`; the manual's own figure for "all rows". */
const ALL_ROWS = '18446744073709551615';

/** One row of JSON text each, in the column `j`. */
export function selectRows(query: Select, zone: string): Statement {
  const parameters = newList();
  const where = whereClause(query.filter, zone, parameters, ALIAS);
  const limited = query.limit !== null || query.offset > 0;
  const parts = [
    `select ${rowJson(query.fields, ALIAS, zone)} as j from ${tableName(query.from)} as ${ALIAS}`,
    where,
    query.order.length > 0 ? `order by ${query.order.flatMap(orderTerms).join(', ')}` : '',
    limited ? `limit ${query.limit === null ? ALL_ROWS : parameters.add(query.limit)}` : '',
    query.offset > 0 ? `offset ${parameters.add(query.offset)}` : '',
  ];
  return statement(parts, parameters);
}

/** How many rows pass the filter, in the column `total`. */
export function countRows(query: Pick<Select, 'from' | 'filter'>, zone: string): Statement {
  const parameters = newList();
  const where = whereClause(query.filter, zone, parameters, ALIAS);
  return statement([`select count(*) as total from ${tableName(query.from)} as ${ALIAS}`, where], parameters);
}

const newList = () => new ParameterList(() => '?');

const statement = (parts: string[], parameters: ParameterList): Statement => ({
  sql: parts.filter((part) => part !== '').join(' '),
  parameters: parameters.values,
});

function whereClause(filter: Filter | null, zone: string, parameters: ParameterList, alias: string | null): string {
  return filter === null ? '' : `where ${writeFilter(filter, spellingFor(zone), parameters, alias)}`;
}

/** Nulls are the smallest value here: first when ascending, last when descending, unless asked otherwise. */
function orderTerms({ column, direction, nulls }: Order): string[] {
  const name = columnName(column, ALIAS);
  const natural = direction === 'asc' ? 'first' : 'last';
  return [
    ...(nulls === null || nulls === natural ? [] : [`${name} is null${nulls === 'first' ? ' desc' : ''}`]),
    `${name} ${direction}`,
  ];
}

function valueTerm(value: Value | undefined, column: ColumnRef, zone: string, parameters: ParameterList): string {
  if (value === undefined) return 'default';
  return written(parameters.add(value === null ? null : bindValue(value, column.type)), column.type, zone);
}

/** All rows at once; with `returning` (MariaDB) each comes back as JSON text in the column `j`. */
export function insertRows(query: Insert, returning: Projection[] | null, zone: string): Statement {
  const parameters = newList();
  const columns = query.columns.map((column) => quoteName(column.column));
  const rows = query.rows.map(
    (row) => `(${query.columns.map((column, at) => valueTerm(row[at], column, zone, parameters)).join(', ')})`,
  );
  const parts = [
    `insert into ${tableName(query.into)} (${columns.join(', ')}) values ${rows.join(', ')}`,
    returning ? `returning ${rowJson(returning, null, zone)} as j` : '',
  ];
  return statement(parts, parameters);
}

export function updateRows(query: Update, zone: string): Statement {
  const parameters = newList();
  const parts = [
    `update ${tableName(query.table)} set ${assignments(query, zone, parameters)}`,
    whereClause(query.filter, zone, parameters, null),
  ];
  return statement(parts, parameters);
}

function assignments(query: Update, zone: string, parameters: ParameterList): string {
  const terms = query.set.map(
    ({ column, value }) => `${quoteName(column.column)} = ${valueTerm(value, column, zone, parameters)}`,
  );
  return terms.join(', ');
}

/** With `returning` (MariaDB) each deleted row comes back as JSON text in the column `j`. */
export function deleteRows(query: Delete, returning: Projection[] | null, zone: string): Statement {
  const parameters = newList();
  const parts = [
    `delete from ${tableName(query.from)}`,
    whereClause(query.filter, zone, parameters, null),
    returning ? `returning ${rowJson(returning, null, zone)} as j` : '',
  ];
  return statement(parts, parameters);
}

/** Rows about to be deleted, locked, with their keys. */
export function lockRows(query: Delete, fields: Projection[], zone: string): Statement {
  const parameters = newList();
  const columns = query.key.map((column, at) => `${keyText(column, zone)} as k${at}`);
  const select = `select ${[...columns, `${rowJson(fields, ALIAS, zone)} as j`].join(', ')}`;
  const where = whereClause(query.filter, zone, parameters, ALIAS);
  return statement([`${select} from ${tableName(query.from)} as ${ALIAS} ${where} for update`], parameters);
}

/** The keys of the rows that a write is about to touch, locked until its transaction ends; columns `k0`, `k1`, … */
export function lockKeys(table: TableRef, key: ColumnRef[], filter: Filter, zone: string): Statement {
  const parameters = newList();
  const columns = key.map((column, at) => `${keyText(column, zone)} as k${at}`);
  const where = whereClause(filter, zone, parameters, null);
  return statement([`select ${columns.join(', ')} from ${tableName(table)} ${where} for update`], parameters);
}

/** Keys come as the data API writes them: instants in UTC, bytes as hexadecimal digits, all else as the server prints it. */
function keyText(column: ColumnRef, zone: string): string {
  const name = quoteName(column.column);
  if (column.type.kind === 'binary') return `concat('\\\\x', lower(hex(${name})))`;
  return `cast(${column.type.kind === 'instant' ? toUtc(name, zone) : name} as char)`;
}

/** @param keys one array per row, aligned with `key` */
export function selectByKeys(
  table: TableRef,
  fields: Projection[],
  key: ColumnRef[],
  keys: Key[],
  zone: string,
): Statement {
  const parameters = newList();
  const where = keysCondition(key, keys, zone, parameters, ALIAS);
  const order = key.map((column) => columnName(column, ALIAS)).join(', ');
  const from = `${tableName(table)} as ${ALIAS}`;
  return statement(
    [`select ${rowJson(fields, ALIAS, zone)} as j from ${from} where ${where} order by ${order}`],
    parameters,
  );
}

export function updateByKeys(query: Update, keys: Key[], zone: string): Statement {
  const parameters = newList();
  const set = assignments(query, zone, parameters);
  const where = keysCondition(query.key, keys, zone, parameters, null);
  return statement([`update ${tableName(query.table)} set ${set} where ${where}`], parameters);
}

export function deleteByKeys(query: Delete, keys: Key[], zone: string): Statement {
  const parameters = newList();
  const where = keysCondition(query.key, keys, zone, parameters, null);
  return statement([`delete from ${tableName(query.from)} where ${where}`], parameters);
}

/** `in` for a key of one column; pairs for more, since row constructors do not use an index everywhere. */
function keysCondition(
  key: ColumnRef[],
  keys: Key[],
  zone: string,
  parameters: ParameterList,
  alias: string | null,
): string {
  const { operand } = spellingFor(zone);
  const term = (column: ColumnRef, value: Value | undefined) =>
    operand(parameters.add(value === null || value === undefined ? null : bindValue(value, column.type)), column.type);
  const [only] = key;
  if (only && key.length === 1) {
    return `${columnName(only, alias)} in (${keys.map((values) => term(only, values[0])).join(', ')})`;
  }
  const pairs = (values: Key) =>
    key.map((column, at) => `${columnName(column, alias)} = ${term(column, values[at])}`).join(' and ');
  return keys.map((values) => `(${pairs(values)})`).join(' or ');
}
