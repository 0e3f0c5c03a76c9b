/**
 * How T-SQL spells conditions and values. Every value but a text is bound as text and converted where it stands, so that
 * nulls, digits beyond a double and fractions of a second arrive as they were sent. Pure.
 */
import type { Value } from '../query.ts';
import type { ColumnType, Parameter } from '../schema.ts';
import type { Spelling } from '../sql/spelling.ts';
import { quote } from './quote.ts';

/** Longer lists go as one JSON text: a statement takes 2,100 parameters ("Maximum capacity specifications for SQL Server"). */
const LONGEST_LIST = 100;

/** Compares code by code; no language's rules. */
const EXACT = 'collate Latin1_General_100_BIN2';

export const spelling: Spelling = {
  quote,
  placeholder: (position) => `@p${position}`,
  bind: bindValue,
  column: comparable,
  operand,
  like: (column, pattern, _type, caseSensitive) => {
    const text = `convert(nvarchar(max), ${column})`;
    return caseSensitive
      ? `${text} ${EXACT} like ${pattern} escape N'\\'`
      : `lower(${text}) ${EXACT} like lower(${pattern}) escape N'\\'`;
  },
  pattern: escapeBrackets,
  list: (values, type) =>
    values.length > LONGEST_LIST ? JSON.stringify(values.map((value) => String(bindValue(value, type)))) : null,
  within: (column, placeholder, type) =>
    `${column} in (select ${operand(TEXTS.has(type.kind) ? '[value] collate database_default' : '[value]', type)} from openjson(${placeholder}))`,
  isBoolean: (column, value) => `${column} = ${value ? 1 : 0}`,
};

const TEXTS = new Set<ColumnType['kind']>(['text', 'longText', 'choice']);

/** `[` opens a set of characters here, and nowhere else. */
function escapeBrackets(pattern: string): string {
  return pattern.replaceAll(/\\.|\[/gs, (found) => (found === '[' ? '\\[' : found));
}

/** What has no comparison of its own is compared as text; the other types as they are, so that indexes serve. */
function comparable(sql: string, type: ColumnType): string {
  if (type.kind === 'json' || type.kind === 'longText') return `convert(nvarchar(max), ${sql})`;
  return type.kind === 'native' ? nativeText(sql, type.native) : sql;
}

/** Digits behind the point that a compared decimal may have beyond those of its column. */
const SPARE_DIGITS = 10;
const MOST_DIGITS = 38;

function operand(placeholder: string, type: ColumnType): string {
  switch (type.kind) {
    case 'text':
    case 'longText':
    case 'choice':
    case 'json':
    case 'native':
      return placeholder;
    case 'decimal': {
      const scale = Math.min(MOST_DIGITS - (type.precision - type.scale), type.scale + SPARE_DIGITS);
      return `convert(decimal(${MOST_DIGITS},${scale}), ${placeholder})`;
    }
    case 'time':
    case 'datetime':
    case 'instant':
      return `convert(${CLOCKS[type.kind]}, ${placeholder})`;
    default:
      return written(placeholder, type);
  }
}

/** Compared with all the digits that the server knows. */
const CLOCKS = { time: 'time(7)', datetime: 'datetime2(7)', instant: 'datetimeoffset(7)' } as const;

/** A placeholder as it is written into a column. */
export function written(placeholder: string, type: ColumnType): string {
  switch (type.kind) {
    case 'integer':
      return `convert(int, ${placeholder})`;
    case 'bigint':
      return `convert(bigint, ${placeholder})`;
    case 'decimal':
      return `convert(decimal(${type.precision},${type.scale}), ${placeholder})`;
    case 'double':
      return `convert(float, ${placeholder})`;
    case 'boolean':
      return `convert(bit, ${placeholder})`;
    case 'date':
      return `convert(date, ${placeholder})`;
    case 'time':
    case 'datetime':
    case 'instant':
      return `convert(${CLOCKS[type.kind]}, ${placeholder})`;
    case 'uuid':
      return `convert(uniqueidentifier, ${placeholder})`;
    case 'binary':
      return `convert(varbinary(max), ${placeholder}, 1)`;
    case 'native':
      return SPATIAL.test(type.native) ? `${type.native}::Parse(${placeholder})` : placeholder;
    default:
      return placeholder;
  }
}

/** All but doubles travel as text; binary as `0x…`, which style 1 of CONVERT reads. */
export function bindValue(value: Exclude<Value, null>, type: ColumnType): Parameter {
  if (type.kind === 'double') return Number(value);
  if (typeof value === 'boolean') return value;
  const text = String(value);
  if (type.kind === 'binary') return text.replace(/^\\x/, '0x');
  return type.kind === 'instant' ? text.replace(/Z$/, '+00:00') : text;
}

const SPATIAL = /^(?:geography|geometry)$/;

/** A value of a type that only this engine has, as text: well-known text, bytes as `0x…`, all else as the server prints it. */
export function nativeText(sql: string, native: string): string {
  if (SPATIAL.test(native)) return `${sql}.ToString()`;
  return native === 'timestamp'
    ? `convert(nvarchar(max), convert(binary(8), ${sql}), 1)`
    : `convert(nvarchar(max), ${sql})`;
}
