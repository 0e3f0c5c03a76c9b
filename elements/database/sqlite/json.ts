import type { ColumnRef, Embed, Projection } from '../query.ts';
import type { ColumnType } from '../schema.ts';
import { KeptText } from '../sql/kept-text.ts';
import { literal, quote } from './spelling.ts';

const keptObjects = new KeptText<Projection[]>();
const keptColumns = new KeptText<Projection[]>();

/**
 * A row as `json_object(…)`. Numbers keep every digit, because SQLite writes them from the stored value.
 * @param row the alias or table whose columns the projections name, already quoted
 */
export function jsonObject(fields: Projection[], row: string): string {
  return keptObjects.get(fields, row, () => {
    const pairs = fields.flatMap((field) => [
      literal(field.as),
      'column' in field ? jsonValue(field.column, row) : embedded(field.embed, row),
    ]);
    return `json_object(${pairs.join(', ')})`;
  });
}

/** Columns of the row itself that its JSON needs, each once, quoted; empty where it needs none. */
export function columnsNeeded(fields: Projection[]): string {
  return keptColumns.get(fields, '', () => {
    const names = fields.flatMap((field) =>
      'column' in field ? [field.column.column] : field.embed.on.map(({ outer }) => outer.column),
    );
    return [...new Set(names)].map(quote).join(', ');
  });
}

function jsonValue({ column, type }: ColumnRef, row: string): string {
  return SPELLINGS[type.kind]?.(`${row}.${quote(column)}`) ?? `${row}.${quote(column)}`;
}

const withT = (sql: string) => `replace(${sql}, ' ', 'T')`;

/** Where the stored form differs from the one in JSON; `null` stays null in each. */
const SPELLINGS: Partial<Record<ColumnType['kind'], (sql: string) => string>> = {
  boolean: (sql) => `json(case when ${sql} then 'true' when not ${sql} then 'false' end)`,
  datetime: withT,
  // other programs may have written a zone with it
  instant: (sql) =>
    `case when ${sql} glob '*[+-][0-9][0-9]:[0-9][0-9]' then ${withT(sql)} else ${withT(`rtrim(${sql}, 'Z')`)} || '+00:00' end`,
  json: (sql) => `json(iif(json_valid(${sql}), ${sql}, json_quote(${sql})))`,
  binary: (sql) => `iif(${sql} is null, null, '\\x' || lower(hex(${sql})))`,
  // a column of a type that is not known holds whatever was put into it
  native: (sql) => `iif(typeof(${sql}) = 'blob', '\\x' || lower(hex(${sql})), ${sql})`,
};

function embedded({ kind, from, on, fields, order }: Embed, row: string): string {
  const alias = quote('embedded');
  const object = jsonObject(fields, alias);
  const table = `${quote(from.table)} as ${alias}`;
  const joined = on.map(({ outer, inner }) => `${alias}.${quote(inner.column)} = ${row}.${quote(outer.column)}`);
  const where = joined.join(' and ');
  // the outer json() keeps it JSON: a subquery may lose the mark that tells JSON from text
  if (kind === 'one') return `json((select ${object} from ${table} where ${where} limit 1))`;
  const keys = order.map(({ column }) => `${alias}.${quote(column)}`);
  const by = keys.length ? ` order by ${keys.join(', ')}` : '';
  return `json((select json_group_array(${object}${by}) from ${table} where ${where}))`;
}
