/**
 * Rows as JSON text, spelled in SQL. FOR JSON would print a double with 15 digits, refuse two keys of one name, and read a
 * point in a key as a level; and an OUTPUT clause does not take it. Pure.
 */
import { assertNever } from '#lib/core/assert-never.ts';
import type { ColumnRef, Embed, Projection, TableRef } from '../query.ts';
import type { ColumnType } from '../schema.ts';
import { literal, qualify, quote } from './quote.ts';
import { nativeText } from './spelling.ts';

/** CONCAT takes 254 arguments; each key has two. */
const MOST_KEYS = 100;
const NULL = "N'null'";

export const tableName = ({ schema, table }: TableRef) => qualify(schema, table);

export const columnName = (column: ColumnRef, alias: string) => `${alias}.${quote(column.column)}`;

/** One object of keys and SQL that gives JSON text each. */
export function objectJson(pairs: { key: string; value: string }[]): string {
  const pieces = pairs.map(
    ({ key, value }, at) => `${literal(`${at === 0 ? '{' : ','}${JSON.stringify(key)}:`)}, ${value}`,
  );
  pieces.push(pairs.length === 0 ? "N'{}'" : "N'}'");
  const groups = Array.from({ length: Math.ceil(pieces.length / MOST_KEYS) }, (_, at) =>
    pieces.slice(at * MOST_KEYS, (at + 1) * MOST_KEYS),
  );
  return groups.length === 1 ? concat(groups[0]!) : concat(groups.map(concat));
}

/** The empty text in front makes all of it as long as it needs to be, where 4,000 characters would be the end. */
const concat = (pieces: string[]) => `concat(cast(N'' as nvarchar(max)), ${pieces.join(', ')})`;

export function rowJson(fields: Projection[], alias: string): string {
  return objectJson(
    fields.map((field, position) => ({
      key: field.as,
      value: 'embed' in field ? embedJson(field.embed, alias, position) : columnJson(field.column, alias),
    })),
  );
}

/** JSON text of a column, the text `null` where it holds none. */
export function columnJson(column: ColumnRef, alias: string): string {
  const name = columnName(column, alias);
  return column.type.kind === 'boolean'
    ? `case ${name} when 1 then N'true' when 0 then N'false' else ${NULL} end`
    : `isnull(${valueJson(name, column.type)}, ${NULL})`;
}

/** SQL that is null for null. */
function valueJson(name: string, type: ColumnType): string {
  switch (type.kind) {
    case 'integer':
    case 'bigint':
    case 'boolean':
      return `convert(nvarchar(20), ${name})`;
    // a money column prints two digits behind the point unless it is made a decimal
    case 'decimal':
      return `convert(nvarchar(41), convert(decimal(${type.precision},${type.scale}), ${name}))`;
    case 'double':
      return doubleJson(name);
    case 'json':
      return `convert(nvarchar(max), ${name})`;
    case 'date':
      return `N'"' + convert(nvarchar(10), ${name}, 23) + N'"'`;
    case 'time':
      return clockJson(`convert(nvarchar(16), convert(time(7), ${name}), 121)`, 8, '');
    case 'datetime':
      return clockJson(`convert(nvarchar(27), convert(datetime2(7), ${name}), 121)`, 19, '');
    case 'instant':
      return clockJson(
        `convert(nvarchar(27), convert(datetime2(7), switchoffset(${name}, N'+00:00')), 121)`,
        19,
        '+00:00',
      );
    case 'uuid':
      return `N'"' + lower(convert(nvarchar(36), ${name})) + N'"'`;
    case 'binary':
      return `N'"\\\\x' + lower(convert(nvarchar(max), convert(varbinary(max), ${name}), 2)) + N'"'`;
    case 'native':
      return textJson(nativeText(name, type.native));
    case 'text':
    case 'longText':
    case 'choice':
      return textJson(`convert(nvarchar(max), ${name})`);
    default:
      return assertNever(type);
  }
}

const textJson = (text: string) => `N'"' + string_escape(${text}, N'json') + N'"'`;

/** Six digits where they are all there are; else seventeen, which lose nothing (CONVERT, style 3 of float and real). */
function doubleJson(name: string): string {
  const brief = `convert(nvarchar(30), convert(float, ${name}))`;
  const exact = `convert(nvarchar(30), convert(float, ${name}), 3)`;
  return `case when convert(float, ${brief}) = ${name} then ${brief} else ${exact} end`;
}

/**
 * Clock values with a fraction only where it is not zero, and without zeros at its end.
 * @param text as style 121 of CONVERT prints it, with seven digits behind the point
 * @param whole its characters before the point
 */
function clockJson(text: string, whole: number, suffix: string): string {
  const digits = `replace(rtrim(replace(substring(${text}, ${whole + 1}, 8), N'0', N' ')), N' ', N'0')`;
  return `N'"' + replace(left(${text}, ${whole}), N' ', N'T') + isnull(nullif(${digits}, N'.'), N'') + N'${suffix}"'`;
}

/** Related rows, under an alias of their own; STRING_AGG with its order is what asks for SQL Server 2017. */
function embedJson({ kind, from, on, fields, order }: Embed, outer: string, position: number): string {
  const joins = on.map((pair) => ({ inner: pair.inner, outer: columnName(pair.outer, outer) }));
  return embedJsonOn({ kind, from, fields, order }, joins, position);
}

/** @param joins SQL of the value that each column of the embedded table must have */
export function embedJsonOn(
  { kind, from, fields, order }: Omit<Embed, 'on'>,
  joins: { inner: ColumnRef; outer: string }[],
  position: number,
): string {
  const alias = `e${position}`;
  const row = rowJson(fields, alias);
  const joined = joins.map(({ inner, outer }) => `${columnName(inner, alias)} = ${outer}`).join(' and ');
  const source = `from ${tableName(from)} as ${alias} where ${joined}`;
  if (kind === 'one') return `isnull((select top (1) ${row} ${source}), ${NULL})`;
  const sorted =
    order.length > 0 ? ` within group (order by ${order.map((column) => columnName(column, alias)).join(', ')})` : '';
  return `(select concat(N'[', string_agg(${row}, N',')${sorted}, N']') ${source})`;
}
