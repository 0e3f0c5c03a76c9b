/**
 * Rows as JSON text, spelled in SQL: the server writes each row, Node only joins them. Measured on MariaDB 10.11 with
 * 50 rows of 12 columns against rows parsed by the driver and `JSON.stringify`: 1.35 times as fast with a quarter of
 * the CPU in Node; `JSON_OBJECT` ran at 0.95, changes the order of keys on MySQL and can not carry every digit. Pure.
 */
import { assertNever } from '#lib/core/assert-never.ts';
import type { ColumnRef, Embed, Projection, TableRef } from '../query.ts';
import type { ColumnType } from '../schema.ts';
import { KeptText } from '../sql/kept-text.ts';
import { isSpatial, quoteName, quoteText, toUtc } from './spelling.ts';

const kept = new KeptText<Projection[]>();

/** @param alias quoted name of the table that the columns belong to, or null */
export function rowJson(fields: Projection[], alias: string | null, zone: string): string {
  return kept.get(fields, `${alias ?? ''} ${zone}`, () => written(fields, alias, zone));
}

function written(fields: Projection[], alias: string | null, zone: string): string {
  if (fields.length === 0) return "'{}'";
  const parts = fields.map((field, position) => {
    const key = quoteText(`${position === 0 ? '{' : ','}${JSON.stringify(field.as)}:`);
    const value =
      'embed' in field ? embedJson(field.embed, alias, position, zone) : columnJson(field.column, alias, zone);
    return `${key}, ${value}`;
  });
  return `concat(${parts.join(', ')}, '}')`;
}

export const columnName = (column: ColumnRef, alias: string | null) =>
  alias === null ? quoteName(column.column) : `${alias}.${quoteName(column.column)}`;

function columnJson(column: ColumnRef, alias: string | null, zone: string): string {
  const name = columnName(column, alias);
  return column.type.kind === 'boolean'
    ? `case when ${name} is null then 'null' when ${name} then 'true' else 'false' end`
    : `ifnull(${valueJson(name, column.type, zone)}, 'null')`;
}

function valueJson(name: string, type: ColumnType, zone: string): string {
  switch (type.kind) {
    case 'integer':
    case 'bigint':
    case 'decimal':
    case 'double':
    case 'boolean':
      return name;
    case 'json':
      return `cast(${name} as char)`;
    case 'date':
      return `concat('"', ${name}, '"')`;
    case 'time':
      return `concat('"', ${trimmed(name)}, '"')`;
    case 'datetime':
      return `concat('"', replace(${trimmed(name)}, ' ', 'T'), '"')`;
    case 'instant':
      return `concat('"', replace(${trimmed(toUtc(name, zone))}, ' ', 'T'), '+00:00"')`;
    case 'binary':
      return `concat('"\\\\\\\\x', lower(hex(${name})), '"')`;
    case 'native':
      return `json_quote(convert(${nativeText(name, type.native)} using utf8mb4))`;
    case 'text':
    case 'longText':
    case 'uuid':
    case 'choice':
      return `json_quote(convert(${name} using utf8mb4))`;
    default:
      return assertNever(type);
  }
}

function nativeText(name: string, native: string): string {
  if (isSpatial(native)) return `st_astext(${name})`;
  return native.startsWith('bit(') ? `bin(${name} + 0)` : `cast(${name} as char)`;
}

/** Clock values with a fraction only where it is not zero, and without zeros at its end, as PostgreSQL prints them. */
function trimmed(name: string): string {
  return `if(microsecond(${name}) = 0, substring_index(${name}, '.', 1), trim(trailing '0' from ${name}))`;
}

export const tableName = (table: TableRef) =>
  table.schema === null ? quoteName(table.table) : `${quoteName(table.schema)}.${quoteName(table.table)}`;

function embedJson(embed: Embed, outer: string | null, position: number, zone: string): string {
  const alias = quoteName(`e${position}`);
  const joined = embed.on.map((pair) => `${columnName(pair.inner, alias)} = ${columnName(pair.outer, outer)}`);
  const from = `from ${tableName(embed.from)} as ${alias} where ${joined.join(' and ')}`;
  const row = rowJson(embed.fields, alias, zone);
  if (embed.kind === 'one') return `ifnull((select ${row} ${from} limit 1), 'null')`;
  const order = embed.order.map((column) => columnName(column, alias)).join(', ');
  const rows = `group_concat(${row}${order ? ` order by ${order}` : ''} separator ',')`;
  return `(select concat('[', ifnull(${rows}, ''), ']') ${from})`;
}
