/**
 * Reads of the data API as statements. Columns come back as `c0`, `c1`, … in the order of the fields; a field that embeds
 * gives the columns it joins by, and its rows come with a statement of their own. Equal shapes give equal texts. Pure.
 */
import type { ColumnRef, Embed, Filter, Order, Projection, Select, TableRef, Value } from '../../query.ts';
import type { Statement } from '../../schema.ts';
import { writeFilter } from '../filter.ts';
import { ParameterList } from '../parameter-list.ts';
import type { OracleLike } from './dialect.ts';
import { qualify, quote } from './quote.ts';

const OUTER = 't';
const INNER = 'e';

/** Values of the columns that an embed joins by, aligned with `on`. */
export type JoinKey = Value[];

export function selectRows(query: Select, dialect: OracleLike): Statement {
  const parameters = new ParameterList(dialect.spelling.placeholder);
  const parts = [
    `select ${fieldList(query.fields, OUTER, dialect)} from ${table(query.from)} ${OUTER}`,
    where(query.filter, OUTER, dialect, parameters),
    orderBy(query.order, dialect),
    query.offset === 0 ? '' : `offset ${wholeNumber(query.offset)} rows`,
    query.limit === null ? '' : `fetch next ${wholeNumber(query.limit)} rows only`,
  ];
  return statement(parts, parameters);
}

/** How many rows pass the filter, in the column `total`. */
export function countRows(query: Pick<Select, 'from' | 'filter'>, dialect: OracleLike): Statement {
  const parameters = new ParameterList(dialect.spelling.placeholder);
  const sql = `select count(*) as "total" from ${table(query.from)} ${OUTER}`;
  return statement([sql, where(query.filter, OUTER, dialect, parameters)], parameters);
}

/** The rows of one embed for many outer rows: `k0`, … are the columns joined by, `c0`, … the fields. */
export function embeddedRows(embed: Embed, keys: JoinKey[], dialect: OracleLike): Statement {
  const parameters = new ParameterList(dialect.spelling.placeholder);
  const columns = embed.on.map(({ inner }) => inner);
  const list = [
    ...columns.map((column, at) => `${read(column, INNER, dialect)} as "k${at}"`),
    fieldList(embed.fields, INNER, dialect),
  ];
  const order = embed.order.map((column) => dialect.sorted(nameOf(column, INNER), column.type));
  const parts = [
    `select ${list.join(', ')} from ${table(embed.from)} ${INNER}`,
    `where ${amongKeys(columns, keys, dialect, parameters)}`,
    order.length > 0 ? `order by ${order.join(', ')}` : '',
  ];
  return statement(parts, parameters);
}

/** Rows found by their addresses, in the column `address`, whatever the order. */
export function selectByRowids(from: TableRef, fields: Projection[], rowids: string[], dialect: OracleLike): Statement {
  const parameters = new ParameterList(dialect.spelling.placeholder);
  const list = `rowidtochar(${OUTER}.rowid) as "address", ${fieldList(fields, OUTER, dialect)}`;
  const sql = `select ${list} from ${table(from)} ${OUTER} where ${amongRowids(rowids, parameters, OUTER)}`;
  return statement([sql], parameters);
}

/** The rows that a delete is about to take, locked until its transaction ends. */
export function lockRows(from: TableRef, fields: Projection[], filter: Filter, dialect: OracleLike): Statement {
  const parameters = new ParameterList(dialect.spelling.placeholder);
  const list = `rowidtochar(${OUTER}.rowid) as "address", ${fieldList(fields, OUTER, dialect)}`;
  const parts = [
    `select ${list} from ${table(from)} ${OUTER}`,
    where(filter, OUTER, dialect, parameters),
    'for update',
  ];
  return statement(parts, parameters);
}

export function amongRowids(rowids: string[], parameters: ParameterList, alias: string | null): string {
  const items = rowids.map((rowid) => `chartorowid(${parameters.add(rowid)})`);
  return `${alias === null ? '' : `${alias}.`}rowid in (${items.join(', ')})`;
}

function fieldList(fields: Projection[], alias: string, dialect: OracleLike): string {
  const items = fields.flatMap((field, at) =>
    'embed' in field
      ? field.embed.on.map(({ outer }, pair) => `${read(outer, alias, dialect)} as "c${at}_${pair}"`)
      : [`${read(field.column, alias, dialect)} as "c${at}"`],
  );
  return items.length > 0 ? items.join(', ') : 'null as "none"';
}

const nameOf = ({ column }: ColumnRef, alias: string) => `${alias}.${quote(column)}`;

const read = (column: ColumnRef, alias: string, dialect: OracleLike) =>
  dialect.read(nameOf(column, alias), column.type);

/** `in` for one column; pairs for more, whose values may be of types that have no equality among tuples. */
function amongKeys(columns: ColumnRef[], keys: JoinKey[], dialect: OracleLike, parameters: ParameterList): string {
  const { spelling } = dialect;
  const equals = (key: JoinKey): Filter => ({
    op: 'and',
    of: columns.map((column, at) => ({ op: 'eq', column, value: key[at] as Exclude<Value, null> })),
  });
  const [only] = columns;
  const filter: Filter =
    only && columns.length === 1
      ? { op: 'in', column: only, values: keys.map(([value]) => value as Exclude<Value, null>) }
      : { op: 'or', of: keys.map(equals) };
  return writeFilter(filter, spelling, parameters, INNER);
}

/** Nulls are the greatest values here: last when ascending, first when descending. */
function orderBy(order: Order[], dialect: OracleLike): string {
  const terms = order.map(
    ({ column, direction, nulls }) =>
      `${dialect.sorted(nameOf(column, OUTER), column.type)} ${direction}${nulls === null ? '' : ` nulls ${nulls}`}`,
  );
  return terms.length > 0 ? `order by ${terms.join(', ')}` : '';
}

function where(filter: Filter | null, alias: string, dialect: OracleLike, parameters: ParameterList): string {
  return filter === null ? '' : `where ${writeFilter(filter, dialect.spelling, parameters, alias)}`;
}

const table = ({ schema, table: name }: TableRef) => qualify(schema, name);

const statement = (parts: string[], parameters: ParameterList): Statement => ({
  sql: parts.filter((part) => part !== '').join(' '),
  parameters: parameters.values,
});

function wholeNumber(value: number): number {
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`a limit or offset of ${value} rows`);
  return value;
}
