/** Pure: queries of the data API as SQL. JSON is made by SQLite, so values never pass through JavaScript. */
import type { Delete, Filter, Insert, Order, Select, Update, Value } from '../query.ts';
import type { ColumnType, Parameter, Statement } from '../schema.ts';
import { writeFilter } from '../sql/filter.ts';
import { ParameterList } from '../sql/parameter-list.ts';
import { bindValue } from './bind-value.ts';
import { columnsNeeded, jsonObject } from './json.ts';
import { quote, spelling } from './spelling.ts';

const ROW = quote('row');

/** One row: `body` (a JSON array), `rows`, and `total` where a count is asked. */
export function selectStatement(query: Select): Statement {
  const parameters = new ParameterList(spelling.placeholder);
  const table = quote(query.from.table);
  const total = query.count ? `, (select count(*) from ${table}${where(query.filter, parameters)}) as total` : '';
  const columns = columnsNeeded(query.fields) || '1';
  const filter = where(query.filter, parameters);
  // The limit is always there: without one SQLite may drop the order of a subquery. As a bare parameter it would be
  // planned by, and the statement prepared again for every request (six times the work of reading one row).
  const inner = `select ${columns} from ${table}${filter}${orderBy(query.order)} limit ${parameters.add(query.limit ?? -1)} + 0 offset ${parameters.add(query.offset)}`;
  return {
    sql: `select json_group_array(${jsonObject(query.fields, ROW)}) as body, count(*) as rows${total} from (${inner}) as ${ROW}`,
    parameters: parameters.values,
  };
}

/** Rows that give values to the same columns, with their places in the request: SQLite has no DEFAULT in VALUES. */
export type InsertGroup = { sql: string; rows: Parameter[][]; places: number[] };

export function insertStatements(query: Insert): InsertGroup[] {
  const groups = new Map<string, InsertGroup>();
  query.rows.forEach((row, place) => {
    const given = query.columns.flatMap((column, index) => (row[index] === undefined ? [] : [{ column, index }]));
    const key = given.map(({ index }) => index).join();
    const names = given.map(({ column }) => column.column);
    const group = groups.get(key) ?? { sql: insertSql(query, names), rows: [], places: [] };
    group.rows.push(given.map(({ column, index }) => bound(row[index] as Value, column.type)));
    group.places.push(place);
    groups.set(key, group);
  });
  return [...groups.values()];
}

function insertSql({ into, returning }: Insert, names: string[]): string {
  const values = names.length
    ? `(${names.map(quote).join(', ')}) values (${names.map(() => '?').join(', ')})`
    : 'default values';
  return `insert into ${quote(into.table)} ${values}${returningClause(into.table, returning)}`;
}

export function updateStatement({ table, set, filter, returning }: Update): Statement {
  const parameters = new ParameterList(spelling.placeholder);
  const assignments = set.map(
    ({ column, value }) => `${quote(column.column)} = ${parameters.add(bound(value, column.type))}`,
  );
  const condition = where(filter, parameters);
  return {
    sql: `update ${quote(table.table)} set ${assignments.join(', ')}${condition}${returningClause(table.table, returning)}`,
    parameters: parameters.values,
  };
}

export function deleteStatement({ from, filter, returning }: Delete): Statement {
  const parameters = new ParameterList(spelling.placeholder);
  return {
    sql: `delete from ${quote(from.table)}${where(filter, parameters)}${returningClause(from.table, returning)}`,
    parameters: parameters.values,
  };
}

function returningClause(table: string, returning: Insert['returning']): string {
  return returning ? ` returning ${jsonObject(returning, quote(table))} as json` : '';
}

function where(filter: Filter | null, parameters: ParameterList): string {
  return filter ? ` where ${writeFilter(filter, spelling, parameters)}` : '';
}

function orderBy(order: Order[]): string {
  if (order.length === 0) return '';
  const terms = order.map(
    ({ column, direction, nulls }) => `${quote(column.column)} ${direction}${nulls === null ? '' : ` nulls ${nulls}`}`,
  );
  return ` order by ${terms.join(', ')}`;
}

function bound(value: Value, type: ColumnType): Parameter {
  return value === null ? null : bindValue(value, type);
}
