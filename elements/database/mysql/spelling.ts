/** How names, texts and conditions are spelled in MySQL's dialect, with `ANSI_QUOTES` and `NO_BACKSLASH_ESCAPES` off. Pure. */
import type { Value } from '../query.ts';
import type { ColumnType, Parameter } from '../schema.ts';
import type { Spelling } from '../sql/spelling.ts';

export function quoteName(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

/** A text literal, for DDL only: defaults and comments can not be parameters. */
export function quoteText(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

/**
 * A decimal is compared with a decimal, since text is compared as a double. A whole number needs no cast: a text that stands
 * alone against a column of whole numbers is turned into one, exactly.
 */
function operand(placeholder: string, type: ColumnType): string {
  if (type.kind !== 'decimal') return placeholder;
  return `cast(${placeholder} as decimal(65,${type.precision - type.scale > 35 ? type.scale : 30}))`;
}

/** @param zone of the session; instants are written in UTC and turned where the session is elsewhere */
export function spellingFor(zone: string): Spelling {
  return {
    quote: quoteName,
    placeholder: () => '?',
    bind: bindValue,
    column: (sql) => sql,
    operand: (placeholder, type) => (type.kind === 'instant' ? fromUtc(placeholder, zone) : operand(placeholder, type)),
    like: (column, pattern, _type, caseSensitive) => {
      const exact = `convert(${column} using utf8mb4)`;
      return caseSensitive
        ? `${exact} collate utf8mb4_bin like ${pattern} escape '\\\\'`
        : `lower(${exact}) collate utf8mb4_bin like lower(${pattern}) escape '\\\\'`;
    },
    list: null,
    within: (column, placeholder) => `${column} in (${placeholder})`,
    isBoolean: (column, value) => `${column} is ${value ? 'true' : 'false'}`,
  };
}

/** What the driver binds: clock values without `T` and `Z`, binary as bytes, booleans as the numbers they are kept as. */
export function bindValue(value: Exclude<Value, null>, type: ColumnType): Parameter {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value !== 'string') return value;
  if (type.kind === 'binary') return Buffer.from(value.replace(/^\\x/, ''), 'hex');
  if (type.kind === 'datetime' || type.kind === 'instant') return value.replace('T', ' ').replace(/Z$|\+00:00$/, '');
  return value;
}

/** An instant in the session's own zone, as a `timestamp` wants it. */
const fromUtc = (sql: string, zone: string) =>
  zone === '+00:00' ? sql : `convert_tz(${sql}, '+00:00', @@session.time_zone)`;

export const toUtc = (sql: string, zone: string) =>
  zone === '+00:00' ? sql : `convert_tz(${sql}, @@session.time_zone, '+00:00')`;

const SPATIAL =
  /^(geometry|point|linestring|polygon|multipoint|multilinestring|multipolygon|geometrycollection|geomcollection)\b/;

export const isSpatial = (native: string) => SPATIAL.test(native);

/** A placeholder as it is written into a column. Native types that have no text of their own are read from well-known text or bits. */
export function written(placeholder: string, type: ColumnType, zone: string): string {
  if (type.kind === 'instant') return fromUtc(placeholder, zone);
  if (type.kind !== 'native') return placeholder;
  if (isSpatial(type.native)) return `st_geomfromtext(${placeholder})`;
  return type.native.startsWith('bit(') ? `cast(conv(${placeholder}, 2, 10) as unsigned)` : placeholder;
}
