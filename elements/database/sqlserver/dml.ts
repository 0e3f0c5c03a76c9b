/**
 * Queries of the data API as statements. Each row of an answer is one column `j`, JSON made by the server; a write tells
 * in `n` how many rows it changed. The text depends on the shape of a query only, so that the server finds its plan again. Pure.
 */
import type { Delete, Filter, Insert, Order, Select, Update, Value } from '../query.ts';
import type { Statement } from '../schema.ts';
import { writeFilter } from '../sql/filter.ts';
import { ParameterList } from '../sql/parameter-list.ts';
import { columnName, rowJson, tableName } from './json.ts';
import { quote } from './quote.ts';
import { collectRows } from './returning.ts';
import { bindValue, spelling, written } from './spelling.ts';

const ALIAS = 't';
/** A statement takes 2,100 parameters, two of which the driver needs; a VALUES list takes 1,000 rows. */
const MOST_PARAMETERS = 2_000;
const MOST_ROWS = 1_000;

const newList = () => new ParameterList(spelling.placeholder);

/** One row of JSON text each, in the column `j`. */
export function selectRows(query: Select): Statement {
  const parameters = newList();
  const top =
    query.limit !== null && (query.offset === 0 || query.limit === 0) ? `top (${wholeNumber(query.limit)}) ` : '';
  const sql = joined([
    `select ${top}${rowJson(query.fields, ALIAS)} as j from ${tableName(query.from)} as ${ALIAS}`,
    whereClause(query.filter, parameters),
    orderClause(query, top === ''),
    top === '' && query.offset > 0 ? `offset convert(bigint, ${parameters.add(query.offset)}) rows` : '',
    top === '' && query.limit !== null ? `fetch next ${wholeNumber(query.limit)} rows only` : '',
  ]);
  return { sql, parameters: parameters.values };
}

/** How many rows pass the filter, in the column `total`. */
export function countRows({ from, filter }: Pick<Select, 'from' | 'filter'>): Statement {
  const parameters = newList();
  const where = whereClause(filter, parameters);
  return {
    sql: joined([`select count_big(*) as total from ${tableName(from)} as ${ALIAS}`, where]),
    parameters: parameters.values,
  };
}

const joined = (parts: string[]) => parts.filter((part) => part !== '').join(' ');

function whereClause(filter: Filter | null, parameters: ParameterList): string {
  return filter === null ? '' : `where ${writeFilter(filter, spelling, parameters, ALIAS)}`;
}

/** OFFSET needs an order, be it none in particular; a column may stand in it only once. */
function orderClause({ order, offset }: Select, paged: boolean): string {
  const first = order.filter((term, at) => order.findIndex((each) => each.column.column === term.column.column) === at);
  if (first.length === 0) return paged && offset > 0 ? 'order by (select null)' : '';
  return `order by ${first.flatMap(orderTerms).join(', ')}`;
}

/** Nulls are the smallest value here: first when ascending, last when descending, unless asked otherwise. */
function orderTerms({ column, direction, nulls }: Order): string[] {
  const name = columnName(column, ALIAS);
  const natural = direction === 'asc' ? 'first' : 'last';
  const flag = `case when ${name} is null then ${nulls === 'first' ? '0 else 1' : '1 else 0'} end`;
  return [...(nulls === null || nulls === natural ? [] : [flag]), `${name} ${direction}`];
}

function wholeNumber(value: number): number {
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`a limit of ${value} rows`);
  return value;
}

/** As many statements as the limits ask for, in the order of the rows; all of them belong into one transaction. */
export function insertRows(query: Insert): Statement[] {
  return runsOf(query).flatMap(({ columns, rows, numbered }) => {
    const size =
      columns.length === 0 ? 1 : Math.min(MOST_ROWS, Math.max(1, Math.floor(MOST_PARAMETERS / columns.length)));
    return Array.from({ length: Math.ceil(rows.length / size) }, (_, at) =>
      insertSome({ ...query, columns, rows: rows.slice(at * size, (at + 1) * size) }, numbered),
    );
  });
}

type Run = {
  columns: Insert['columns'];
  rows: Insert['rows'];
  /** they bring the number that the server gives otherwise */ numbered: boolean;
};

/**
 * Rows that bring their own number and rows that leave it to the server can not stand in one statement, nor can `default`
 * stand for the number (SET IDENTITY_INSERT).
 */
function runsOf({ columns, rows, increment }: Insert): Run[] {
  const at = columns.findIndex(({ column }) => column === increment?.column);
  if (at < 0) return [{ columns, rows, numbered: false }];
  const runs: Run[] = [];
  for (const row of rows) {
    const numbered = row[at] !== undefined;
    let last = runs.at(-1);
    if (last?.numbered !== numbered) {
      last = { columns: numbered ? columns : columns.toSpliced(at, 1), rows: [], numbered };
      runs.push(last);
    }
    last.rows.push(numbered ? row : row.toSpliced(at, 1));
  }
  return runs;
}

function insertSome({ into, columns, rows, returning }: Insert, numbered: boolean): Statement {
  const parameters = newList();
  const table = tableName(into);
  const tuples = rows.map(
    (row) =>
      `(${columns.map(({ type }, at) => (row[at] === undefined ? 'default' : valueTerm(row[at], type, parameters))).join(', ')})`,
  );
  const list = columns.length === 0 ? '' : ` (${columns.map(({ column }) => quote(column)).join(', ')})`;
  const values = columns.length === 0 ? 'default values' : `values ${tuples.join(', ')}`;
  const sql = collectRows(returning, 'inserted', (output) => `insert into ${table}${list}${output} ${values}`);
  return {
    sql: numbered ? `set identity_insert ${table} on;\n${sql};\nset identity_insert ${table} off` : sql,
    parameters: parameters.values,
  };
}

function valueTerm(value: Value, type: Insert['columns'][number]['type'], parameters: ParameterList): string {
  return written(parameters.add(value === null ? null : bindValue(value, type)), type);
}

export function updateRows({ table, set, filter, returning }: Update): Statement {
  const parameters = newList();
  const terms = set.map(
    ({ column, value }) => `${quote(column.column)} = ${valueTerm(value, column.type, parameters)}`,
  );
  const where = whereClause(filter, parameters);
  const sql = collectRows(
    returning,
    'inserted',
    (output) => `update ${ALIAS} set ${terms.join(', ')}${output} from ${tableName(table)} as ${ALIAS} ${where}`,
  );
  return { sql, parameters: parameters.values };
}

/** Rows about to be deleted with what relates to them, which a cascade would take along; locked until the transaction ends. */
export function lockRows({ from, filter, returning }: Delete): Statement {
  const parameters = newList();
  const where = whereClause(filter, parameters);
  const sql = `select ${rowJson(returning ?? [], ALIAS)} as j from ${tableName(from)} as ${ALIAS} with (updlock, holdlock) ${where}`;
  return { sql, parameters: parameters.values };
}

export function deleteRows({ from, filter, returning }: Delete): Statement {
  const parameters = newList();
  const where = whereClause(filter, parameters);
  const sql = collectRows(
    returning,
    'deleted',
    (output) => `delete ${ALIAS}${output} from ${tableName(from)} as ${ALIAS} ${where}`,
  );
  return { sql, parameters: parameters.values };
}
