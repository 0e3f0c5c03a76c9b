/**
 * Logical types, their spelling here, and back. Sources: Oracle Database 19c SQL Language Reference, "Data Types" and
 * "Oracle Built-in Data Types"; lengths are counted in characters. Pure.
 */
import type { TypeTable } from '../contract.ts';
import type { Column, ColumnType } from '../schema.ts';
import { settleDefault } from '../sql/oracle-like/settle-default.ts';

/** A `varchar2` holds 4,000 bytes where MAX_STRING_SIZE is STANDARD, whatever length in characters it is given. */
const LONGEST_VARCHAR = 4_000;
/** Bytes of the longest character in AL32UTF8. */
const WIDEST = 4;
const MAX_PRECISION = 38;
/** Room for a choice; a longer option makes it longer. Stays the same when options are added. */
const CHOICE_LENGTH = 255;
/** `number` without figures holds any number; no other decimal is spelt so. */
const UNBOUNDED = { kind: 'decimal', precision: MAX_PRECISION, scale: MAX_PRECISION / 2 } as const;

/** Texts as {@link normalise} gives them. `clob is json` stands for a `clob` whose check is `is json`. */
export function nativeOf(type: ColumnType): string {
  switch (type.kind) {
    case 'text':
      return type.length === null || type.length > LONGEST_VARCHAR ? 'clob' : `varchar2(${type.length} char)`;
    case 'choice':
      return `varchar2(${Math.max(CHOICE_LENGTH, ...type.options.map((option) => [...option].length))} char)`;
    case 'decimal':
      return isUnbounded(type) ? 'number' : `number(${type.precision},${type.scale})`;
    case 'native':
      return normalise(type.native);
    default:
      return NATIVE[type.kind];
  }
}

const isUnbounded = (type: Extract<ColumnType, { kind: 'decimal' }>) =>
  type.precision === UNBOUNDED.precision && type.scale === UNBOUNDED.scale;

const NATIVE = {
  longText: 'clob',
  integer: 'number(10,0)',
  bigint: 'number(19,0)',
  double: 'binary_double',
  // a boolean of its own came with 23ai
  boolean: 'number(1,0)',
  date: 'date',
  // there is no time of day
  time: 'interval day(0) to second(6)',
  datetime: 'timestamp(6)',
  instant: 'timestamp(6) with time zone',
  uuid: 'raw(16)',
  json: 'clob is json',
  binary: 'blob',
} as const satisfies Record<Exclude<ColumnType['kind'], 'text' | 'choice' | 'decimal' | 'native'>, string>;

const LOGICAL: Record<string, ColumnType> = {
  clob: { kind: 'longText' },
  nclob: { kind: 'longText' },
  'clob is json': { kind: 'json' },
  'number(1,0)': { kind: 'boolean' },
  'number(10,0)': { kind: 'integer' },
  'number(19,0)': { kind: 'bigint' },
  number: UNBOUNDED,
  'number(38,0)': { kind: 'decimal', precision: MAX_PRECISION, scale: 0 },
  binary_double: { kind: 'double' },
  binary_float: { kind: 'double' },
  // it has a time of day, which must not be lost where others made the column
  date: { kind: 'datetime' },
  'raw(16)': { kind: 'uuid' },
  blob: { kind: 'binary' },
};

const WRITTEN = /^(?<name>\w+)\((?<first>\d+)(?:,(?<second>-?\d+))?(?: (?:char|byte))?\)(?<rest>.*)$/;

export function logicalOf(native: string): ColumnType {
  const known = LOGICAL[native];
  if (known) return known;
  const { name, first, second, rest = '' } = WRITTEN.exec(native)?.groups ?? {};
  const figure = Number(first);
  if (name === 'timestamp' && rest === '') return { kind: 'datetime' };
  if (name === 'timestamp') return { kind: 'instant' };
  if (native === NATIVE.time) return { kind: 'time' };
  if (rest !== '') return { kind: 'native', native };
  if (name === 'varchar2' || name === 'nvarchar2' || name === 'char' || name === 'nchar')
    return { kind: 'text', length: figure };
  if (name === 'float') return { kind: 'double' };
  if (name === 'raw') return { kind: 'binary' };
  if (name === 'number') return numberOf(figure, Number(second ?? 0), native);
  return { kind: 'native', native };
}

function numberOf(precision: number, scale: number, native: string): ColumnType {
  if (scale === 0 && precision < 10) return { kind: 'integer' };
  if (scale === 0 && precision < 19) return { kind: 'bigint' };
  return scale >= 0 && scale <= precision ? { kind: 'decimal', precision, scale } : { kind: 'native', native };
}

/** One text for equal types: lower case, one space, figures as the catalog has them. */
export function normalise(text: string): string {
  const spaced = text
    .trim()
    .toLowerCase()
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\s*([(),])\s*/g, '$1');
  return spaced
    .replace(/\)(?=[a-z])/, ') ')
    .replace(/^(?:numeric|decimal)\b/, 'number')
    .replace(/^number\((\d+)\)$/, 'number($1,0)')
    .replace(/^(?:int|integer|smallint)$/, 'number(38,0)')
    .replace(/^(n?varchar|n?char)\((\d+)\)/, '$1($2 byte)')
    .replace(/^varchar\(/, 'varchar2(')
    .replace(/^varchar2\((\d+)\)$/, 'varchar2($1 byte)')
    .replace(
      /^(nvarchar2?|nchar)\((\d+)(?: byte| char)?\)$/,
      (_all, name: string, size: string) => `${name.replace(/^nvarchar$/, 'nvarchar2')}(${size})`,
    )
    .replace(/^timestamp(?!\()/, 'timestamp(6)')
    .replace(/^double precision$/, 'float(126)')
    .replace(/^real$/, 'float(63)')
    .replace(/^float$/, 'float(126)');
}

function lossOf(type: ColumnType): string | null {
  switch (type.kind) {
    case 'text':
      if (type.length !== null && type.length > LONGEST_VARCHAR)
        return `A text of ${type.length} characters is kept as clob, without its limit, and can not be indexed.`;
      return type.length !== null && type.length * WIDEST > LONGEST_VARCHAR
        ? `A text of ${type.length} characters holds at most ${LONGEST_VARCHAR} bytes.`
        : null;
    case 'decimal':
      return type.precision > MAX_PRECISION ? `Oracle keeps at most ${MAX_PRECISION} digits of a decimal.` : null;
    case 'instant':
      return 'An instant can not be part of a primary key or unique index.';
    case 'choice':
      return 'The options are checked by the data API, not by the database.';
    default:
      return null;
  }
}

/** What of a number stands before the point, and behind it. */
function digitsOf(native: string): { whole: number; scale: number } | null {
  if (native === 'number') return { whole: Number.POSITIVE_INFINITY, scale: Number.POSITIVE_INFINITY };
  const [, precision, scale] = /^number\((\d+),(-?\d+)\)$/.exec(native) ?? [];
  return precision === undefined ? null : { whole: Number(precision) - Number(scale), scale: Number(scale) };
}

function lengthOf(native: string): { family: string; length: number; unit: string } | null {
  const [, family = '', length, unit = ''] = /^(n?varchar2|raw)\((\d+)(?: (char|byte))?\)$/.exec(native) ?? [];
  return length === undefined ? null : { family, length: Number(length), unit };
}

/** `modify` does it with rows in the table, and no value changes (19c SQL Language Reference, "modify_column_clauses"). */
export function modifies(from: string, to: string): boolean {
  if (to === 'number(1,0)' || from === 'number(1,0)') return false;
  const [numbers, wider] = [digitsOf(from), digitsOf(to)];
  if (numbers && wider) return wider.whole >= numbers.whole && wider.scale >= numbers.scale;
  const [text, longer] = [lengthOf(from), lengthOf(to)];
  if (!text || !longer || text.family !== longer.family) return false;
  return longer.length >= text.length && (text.unit === longer.unit || longer.unit === 'char');
}

/** Characters that hold every printed value of a type. */
const PRINTED: Record<string, number> = { date: 19, 'timestamp(6)': 26, 'raw(16)': 36, binary_double: 24 };

function narrowsNative(from: string, to: string): boolean {
  if (from === to || modifies(from, to)) return false;
  const [numbers, target] = [digitsOf(from), digitsOf(to)];
  if (numbers && target) return target.whole < numbers.whole || target.scale < numbers.scale;
  const [text, longer] = [lengthOf(from), lengthOf(to)];
  if (to === 'clob') return !(text && text.family !== 'raw') && from !== 'clob is json';
  if (from === 'date' && to === 'timestamp(6)') return false;
  if (!longer || longer.family === 'raw') return true;
  if (numbers) return !(numbers.whole + Math.max(0, numbers.scale) + 2 <= longer.length);
  return !((PRINTED[from] ?? Number.POSITIVE_INFINITY) <= longer.length);
}

export const types: TypeTable = {
  native: nativeOf,
  logical: logicalOf,
  loss: lossOf,
  settleDefault,
  narrows: (from: Column, to: Column) => narrowsNative(from.native, to.native),
};
