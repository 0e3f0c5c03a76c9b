/** Writes of the data API as statements. Rows that are wanted back are found again by their addresses (`rowid`). Pure. */
import { DatabaseFailure } from '../../contract.ts';
import type { ColumnRef, Delete, Insert, TableRef, Update, Value } from '../../query.ts';
import type { ColumnType, Parameter, Statement } from '../../schema.ts';
import { writeFilter } from '../filter.ts';
import { ParameterList } from '../parameter-list.ts';
import type { OracleLike } from './dialect.ts';
import { qualify, quote } from './quote.ts';
import { amongRowids } from './select.ts';

/** One statement for many rows, each with its own parameters. `rows` says where each row stood in the query. */
export type RowsStatement = { sql: string; rows: { at: number; parameters: Parameter[] }[] };

/** `values` takes one row, so rows are sent together as arrays; rows that leave out the same columns share a text. */
export function insertRows(query: Insert, dialect: OracleLike): RowsStatement[] {
  const shaped = query.rows.map((row, at) => ({ ...insertRow(query, row, dialect), at }));
  return [...Map.groupBy(shaped, ({ sql }) => sql)].map(([sql, rows]) => ({
    sql,
    rows: rows.map(({ at, parameters }) => ({ at, parameters: [...parameters] })),
  }));
}

function insertRow(query: Insert, row: (Value | undefined)[], dialect: OracleLike): Statement {
  const parameters = new ParameterList(dialect.spelling.placeholder);
  const named = query.columns.length > 0 ? query.columns : someColumn(query);
  const columns = named.map(({ column }) => quote(column)).join(', ');
  const values = named.map((column, at) => term(row[at], column.type, dialect, parameters)).join(', ');
  return { sql: `insert into ${table(query.into)} (${columns}) values (${values})`, parameters: parameters.values };
}

/** A row of defaults alone still has to name one column. */
function someColumn({ into, increment, key }: Insert): ColumnRef[] {
  const column = increment ?? key[0];
  if (column) return [column];
  throw new DatabaseFailure('value', 'NO_COLUMN', 'a row without values needs a key or a numbered column here', {
    table: into.table,
  });
}

export function updateRows(query: Update, dialect: OracleLike): Statement {
  const parameters = new ParameterList(dialect.spelling.placeholder);
  const set = query.set.map(
    ({ column, value }) => `${quote(column.column)} = ${term(value, column.type, dialect, parameters)}`,
  );
  const where = writeFilter(query.filter, dialect.spelling, parameters);
  const sql = `update ${table(query.table)} set ${set.join(', ')} where ${where}`;
  return { sql, parameters: parameters.values };
}

export function deleteRows(query: Pick<Delete, 'from' | 'filter'>, dialect: OracleLike): Statement {
  const parameters = new ParameterList(dialect.spelling.placeholder);
  const where = writeFilter(query.filter, dialect.spelling, parameters);
  return { sql: `delete from ${table(query.from)} where ${where}`, parameters: parameters.values };
}

export function deleteByRowids(from: TableRef, rowids: string[], dialect: OracleLike): Statement {
  const parameters = new ParameterList(dialect.spelling.placeholder);
  const where = amongRowids(rowids, parameters, null);
  return { sql: `delete from ${table(from)} where ${where}`, parameters: parameters.values };
}

const table = ({ schema, table: name }: TableRef) => qualify(schema, name);

function term(value: Value | undefined, type: ColumnType, dialect: OracleLike, parameters: ParameterList): string {
  if (value === undefined) return 'default';
  return dialect.write(parameters.add(value === null ? null : dialect.spelling.bind(value, type)), type);
}
