/**
 * Logical types, their spelling here, and back. One spelling serves MySQL 8 and MariaDB; {@link normalise} turns what
 * either reports into it. Sources: MySQL 8.4 manual chapter 13 "Data Types", MariaDB "Data Types". Pure.
 */
import type { TypeTable } from '../contract.ts';
import type { Column, ColumnType, Default } from '../schema.ts';
import { settleDefault } from './defaults.ts';

/** utf8mb4 takes up to 4 bytes a character, a row holds 65,535 bytes. */
const LONGEST_VARCHAR = 16_383;
/** Room for a choice; a longer option makes it longer. Stays the same when options are added. */
const CHOICE_LENGTH = 255;

export function nativeOf(type: ColumnType): string {
  switch (type.kind) {
    case 'text':
      return type.length === null || type.length > LONGEST_VARCHAR ? 'longtext' : `varchar(${type.length})`;
    case 'longText':
      return 'longtext';
    case 'integer':
      return 'int';
    case 'bigint':
    case 'double':
    case 'date':
    case 'json':
      return type.kind;
    case 'decimal':
      return `decimal(${type.precision},${type.scale})`;
    case 'boolean':
      return 'tinyint(1)';
    case 'time':
      return 'time(6)';
    case 'datetime':
      return 'datetime(6)';
    // a timestamp ends in 2038; the time is kept in the zone of the session, which is UTC unless said otherwise
    case 'instant':
      return 'datetime(6)';
    case 'uuid':
      return 'char(36)';
    case 'binary':
      return 'longblob';
    case 'choice':
      return `varchar(${Math.max(CHOICE_LENGTH, ...type.options.map((option) => [...option].length))})`;
    case 'native':
      return normalise(type.native);
  }
}

/** Types without a figure, by their name. */
const PLAIN: Record<string, ColumnType> = {
  'tinyint(1)': { kind: 'boolean' },
  'bit(1)': { kind: 'boolean' },
  tinyint: { kind: 'integer' },
  'tinyint unsigned': { kind: 'integer' },
  smallint: { kind: 'integer' },
  'smallint unsigned': { kind: 'integer' },
  mediumint: { kind: 'integer' },
  'mediumint unsigned': { kind: 'integer' },
  int: { kind: 'integer' },
  'int unsigned': { kind: 'bigint' },
  bigint: { kind: 'bigint' },
  'bigint unsigned': { kind: 'decimal', precision: 20, scale: 0 },
  year: { kind: 'integer' },
  float: { kind: 'double' },
  double: { kind: 'double' },
  date: { kind: 'date' },
  uuid: { kind: 'uuid' },
  'char(36)': { kind: 'uuid' },
  json: { kind: 'json' },
  tinytext: { kind: 'text', length: 255 },
  text: { kind: 'longText' },
  mediumtext: { kind: 'longText' },
  longtext: { kind: 'longText' },
  tinyblob: { kind: 'binary' },
  blob: { kind: 'binary' },
  mediumblob: { kind: 'binary' },
  longblob: { kind: 'binary' },
};

export function logicalOf(native: string): ColumnType {
  const plain = PLAIN[native];
  if (plain) return plain;
  if (native.startsWith('enum(')) return { kind: 'choice', options: options(native) };
  const [, name, first, second] = /^(\w+)(?:\((\d+)(?:,(\d+))?\))?$/.exec(native) ?? [];
  switch (name) {
    case 'varchar':
    case 'char':
      return { kind: 'text', length: Number(first) };
    case 'decimal':
      return { kind: 'decimal', precision: Number(first), scale: Number(second) };
    case 'time':
    case 'datetime':
      return { kind: name };
    case 'timestamp':
      return { kind: 'instant' };
    case 'binary':
    case 'varbinary':
      return { kind: 'binary' };
    default:
      return { kind: 'native', native };
  }
}

function options(native: string): string[] {
  return [...native.matchAll(/'((?:[^']|'')*)'/g)].map((found) => (found[1] ?? '').replaceAll("''", "'"));
}

const INTEGER = /^(tinyint|smallint|mediumint|int|bigint)(\(\d+\))?( unsigned)?$/;

/**
 * One text for equal types: MariaDB reports display widths (`int(11)`), MySQL dropped them; `tinyint(1)` stays, since
 * both keep it as the mark of a boolean. Quoted options of `enum` and `set` stay as they are.
 */
export function normalise(columnType: string): string {
  const text = columnType
    .trim()
    .replaceAll(/'(?:[^']|'')*'|[^']+/g, (part) => (part.startsWith("'") ? part : part.toLowerCase()))
    .replaceAll(/\s*,\s*(?=\d)/g, ',');
  const [, name, width, unsigned] = INTEGER.exec(text) ?? [];
  if (name)
    return text === 'tinyint(1)' ? text : `${name}${width && /zerofill/.test(text) ? width : ''}${unsigned ?? ''}`;
  if (text === 'year(4)') return 'year';
  return text.replace(/^numeric\b/, 'decimal').replace(/^integer\b/, 'int');
}

function lossOf(type: ColumnType): string | null {
  switch (type.kind) {
    case 'instant':
      return 'An instant is kept as a datetime in UTC, or in the zone of options.timeZone; other programs see no zone.';
    case 'decimal':
      return type.precision > 65 || type.scale > 30
        ? `decimal(${type.precision},${type.scale}) is too long: at most 65 digits, 30 of them behind the point.`
        : null;
    case 'text':
      return type.length !== null && type.length > LONGEST_VARCHAR
        ? `A text of ${type.length} characters is kept as longtext, without its limit, and can not be indexed.`
        : null;
    default:
      return null;
  }
}

/** Bits, digits, characters or bytes that a type holds, within its family. */
type Size = { family: string; size: number; scale?: number };

const INTEGERS: Record<string, number> = { tinyint: 8, smallint: 16, mediumint: 24, int: 32, bigint: 64 };
const TEXTS: Record<string, number> = { tinytext: 63, text: 16_383, mediumtext: 4_194_303, longtext: 1_073_741_823 };
const BLOBS: Record<string, number> = { tinyblob: 255, blob: 65_535, mediumblob: 16_777_215, longblob: 4_294_967_295 };

function sizeOf(native: string): Size | null {
  const [, name = '', first, second, unsigned] = /^(\w+)(?:\((\d+)(?:,(\d+))?\))?( unsigned)?$/.exec(native) ?? [];
  const figure = Number(first ?? 0);
  if (name in INTEGERS) return { family: unsigned ? 'unsigned' : 'integer', size: INTEGERS[name] ?? 0 };
  if (name in TEXTS) return { family: 'text', size: TEXTS[name] ?? 0 };
  if (name in BLOBS) return { family: 'binary', size: BLOBS[name] ?? 0 };
  if (name === 'varchar' || name === 'char') return { family: 'text', size: figure };
  if (name === 'varbinary' || name === 'binary') return { family: 'binary', size: figure };
  if (name === 'decimal') return { family: 'decimal', size: figure - Number(second), scale: Number(second) };
  if (name === 'time' || name === 'datetime' || name === 'timestamp') return { family: name, size: figure };
  if (name === 'float' || name === 'double') return { family: 'float', size: name === 'float' ? 24 : 53 };
  return null;
}

/** Decimal digits of the widest integer of so many bits. */
const digits = (bits: number) => Math.ceil(bits * Math.log10(2));

/** Texts that hold every value of the type: sign, digits and point, or the printed form. */
const PRINTED: Record<string, number> = { date: 10, time: 17, datetime: 26, timestamp: 26, float: 24, uuid: 36 };

function narrowsNative(from: string, to: string): boolean {
  if (from === to) return false;
  const [old, wanted] = [sizeOf(from), sizeOf(to)];
  if (from === 'json') return to !== 'longtext';
  if (from === 'date') return !(wanted?.family === 'datetime' || (wanted?.family === 'text' && wanted.size >= 10));
  if (!old || !wanted) return true;
  if (old.family === wanted.family) return wanted.size < old.size || (wanted.scale ?? 0) < (old.scale ?? 0);
  const whole = old.family === 'integer' || old.family === 'unsigned';
  if (old.family === 'unsigned' && wanted.family === 'integer') return wanted.size <= old.size;
  if (whole && wanted.family === 'decimal') return wanted.size < digits(old.size);
  if (whole && wanted.family === 'float') return wanted.size < old.size;
  if (old.family === 'timestamp' && wanted.family === 'datetime') return wanted.size < old.size;
  if (wanted.family !== 'text') return true;
  if (whole) return wanted.size < digits(old.size) + 1;
  if (old.family === 'decimal') return wanted.size < old.size + (old.scale ?? 0) + 2;
  return wanted.size < (PRINTED[old.family] ?? Number.POSITIVE_INFINITY);
}

export const types: TypeTable = {
  native: nativeOf,
  logical: logicalOf,
  loss: lossOf,
  settleDefault: (value: Default, type: ColumnType) => settleDefault(value, type),
  narrows: (from: Column, to: Column) => narrowsNative(from.native, to.native),
};
