/**
 * Queries as statements. Each row of an answer is one column `body`: JSON made by the server, with all digits of its
 * numbers. Pure; queries of the same shape give the same text, so that a prepared statement is found again.
 */
import { DatabaseFailure } from '../contract.ts';
import type { ColumnRef, Delete, Embed, Insert, Order, Projection, Select, TableRef, Update } from '../query.ts';
import type { Statement } from '../schema.ts';
import { writeFilter } from '../sql/filter.ts';
import { KeptText } from '../sql/kept-text.ts';
import { ParameterList } from '../sql/parameter-list.ts';
import { qualify, quote } from './quote.ts';
import { spelling } from './spelling.ts';

export type DmlContext = {
  /** the session's time zone is UTC, so that the server itself spells instants as everywhere: `…+00:00` */
  utc: boolean;
};

const OUTER = 't';
const INNER = 'e';
/** The protocol counts parameters in 16 bits (manual, section 54.7, Bind). */
const MOST_PARAMETERS = 65_535;
/** A longer text gains nothing, and has to be parsed in one go. */
const MOST_ROWS = 1_000;

/**
 * Without `count`: one row per row, `body`. With it: one row, `body` (a JSON array), `rows` and `total`.
 * The limit stands in the text: bound, the planner does not know it, which made a page of 50 a third slower.
 */
export function select(query: Select, context: DmlContext): Statement {
  const parameters = new ParameterList(spelling.placeholder);
  const where = query.filter ? ` where ${writeFilter(query.filter, spelling, parameters, OUTER)}` : '';
  const counted = `from ${table(query.from)} ${OUTER}${where}`;
  const page =
    (query.order.length > 0 ? ` order by ${query.order.map(orderBy).join(', ')}` : '') +
    (query.limit === null ? '' : ` limit ${wholeNumber(query.limit)}`) +
    (query.offset === 0 ? '' : ` offset ${parameters.add(query.offset)}`);
  const rows = `select ${projections(query.fields, OUTER, context)} ${counted}${page}`;
  const sql = query.count
    ? `select coalesce(json_agg(r), '[]')::text as body, count(*)::int as rows, (select count(*) ${counted})::float8 as total from (${rows}) r`
    : `select row_to_json(r)::text as body from (${rows}) r`;
  return { sql, parameters: parameters.values };
}

/** As many statements as the limit of parameters asks for; all of them belong into one transaction. */
export function insert(query: Insert, context: DmlContext): Statement[] {
  const size = query.columns.length === 0 ? 1 : Math.min(MOST_ROWS, Math.floor(MOST_PARAMETERS / query.columns.length));
  const statements: Statement[] = [];
  for (let start = 0; start < query.rows.length; start += size) {
    statements.push(insertRows(query, query.rows.slice(start, start + size), context));
  }
  return statements;
}

function insertRows(query: Insert, rows: Insert['rows'], context: DmlContext): Statement {
  const parameters = new ParameterList(spelling.placeholder);
  const columns = keptColumns.get(query.columns, '', () => query.columns.map(({ column }) => quote(column)).join(', '));
  const tuples = rows.map((row) => {
    const items = row.map((value) => (value === undefined ? 'default' : parameters.add(value)));
    return `(${items.join(', ')})`;
  });
  const values = query.columns.length === 0 ? 'default values' : `(${columns}) values ${tuples.join(', ')}`;
  const sql = `insert into ${table(query.into)} as ${OUTER} ${values}${returning(query.returning, context)}`;
  return { sql, parameters: parameters.values };
}

export function update(query: Update, context: DmlContext): Statement {
  const parameters = new ParameterList(spelling.placeholder);
  const set = query.set.map(({ column, value }) => `${quote(column.column)} = ${parameters.add(value)}`).join(', ');
  const where = writeFilter(query.filter, spelling, parameters, OUTER);
  const sql = `update ${table(query.table)} as ${OUTER} set ${set} where ${where}${returning(query.returning, context)}`;
  return { sql, parameters: parameters.values };
}

export function remove(query: Delete, context: DmlContext): Statement {
  const parameters = new ParameterList(spelling.placeholder);
  const where = writeFilter(query.filter, spelling, parameters, OUTER);
  const sql = `delete from ${table(query.from)} as ${OUTER} where ${where}${returning(query.returning, context)}`;
  return { sql, parameters: parameters.values };
}

const table = ({ schema, table }: TableRef) => qualify(schema, table);

const keptColumns = new KeptText<ColumnRef[]>();
const keptProjections = new KeptText<Projection[]>();

function orderBy({ column, direction, nulls }: Order): string {
  return `${OUTER}.${quote(column.column)} ${direction}${nulls === null ? '' : ` nulls ${nulls}`}`;
}

function returning(fields: Projection[] | null, context: DmlContext): string {
  if (!fields) return '';
  return ` returning (select row_to_json(r)::text from (select ${projections(fields, OUTER, context)}) r) as body`;
}

function projections(fields: Projection[], alias: string, context: DmlContext): string {
  return keptProjections.get(fields, `${alias} ${context.utc}`, () =>
    fields
      .map((field) => {
        const sql = 'embed' in field ? embedded(field.embed, context) : projected(field.column, alias, context);
        return `${sql} as ${key(field.as)}`;
      })
      .join(', '),
  );
}

function embedded({ kind, from, on, fields, order }: Embed, context: DmlContext): string {
  const join = on.map(({ outer, inner }) => `${INNER}.${quote(inner.column)} = ${OUTER}.${quote(outer.column)}`);
  const sorted =
    order.length > 0 ? ` order by ${order.map(({ column }) => `${INNER}.${quote(column)}`).join(', ')}` : '';
  const rows = `select ${projections(fields, INNER, context)} from ${table(from)} ${INNER} where ${join.join(' and ')}`;
  return kind === 'one'
    ? `(select row_to_json(o) from (${rows} limit 1) o)`
    : `(select coalesce(json_agg(m), '[]') from (${rows}${sorted}) m)`;
}

/** A column such that its JSON is what the data API promises on every engine. */
function projected({ column, type }: ColumnRef, alias: string, { utc }: DmlContext): string {
  const sql = `${alias}.${quote(column)}`;
  if (type.kind === 'native') return `${sql}::text`;
  if (type.kind !== 'instant' || utc) return sql;
  const inUtc = `(to_json(${sql} at time zone 'UTC') #>> '{}') || '+00:00'`;
  return `case when isfinite(${sql}) then ${inUtc} else ${sql}::text end`;
}

const LONGEST_KEY = 63;

/** A key of the answer is the name of a column, and PostgreSQL cuts those. @throws DatabaseFailure */
function key(as: string): string {
  if (Buffer.byteLength(as) > LONGEST_KEY || as === '') {
    throw new DatabaseFailure('value', '42622', `the key ${as} does not have 1 to ${LONGEST_KEY} bytes`);
  }
  return quote(as);
}

function wholeNumber(value: number): number {
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`a limit of ${value} rows`);
  return value;
}
