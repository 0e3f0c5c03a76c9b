/**
 * Logical types, their spelling here, and back. Sources: Transact-SQL reference, "Data types" and its pages on each of
 * them. `json` is the server's own type from 2025 on; before it stands for text with a check (see `json-check.ts`). Pure.
 */
import type { TypeTable } from '../contract.ts';
import type { Column, ColumnType } from '../schema.ts';
import { settleDefault } from './defaults.ts';

/** nvarchar(n) counts pairs of bytes; longer is `max` */
const LONGEST_TEXT = 4000;
const MAX_PRECISION = 38;
/** Room for a choice; a longer option makes it longer. Stays the same when options are added. */
const CHOICE_LENGTH = 255;

function nativeOf(type: ColumnType): string {
  switch (type.kind) {
    case 'text':
      return type.length === null || type.length > LONGEST_TEXT ? 'nvarchar(max)' : `nvarchar(${type.length})`;
    case 'decimal':
      return `decimal(${type.precision},${type.scale})`;
    case 'choice':
      return `nvarchar(${Math.max(CHOICE_LENGTH, ...type.options.map((option) => option.length))})`;
    case 'native':
      return normalise(type.native);
    default:
      return NATIVE[type.kind];
  }
}

const NATIVE = {
  longText: 'nvarchar(max)',
  integer: 'int',
  bigint: 'bigint',
  double: 'float',
  boolean: 'bit',
  date: 'date',
  time: 'time(6)',
  datetime: 'datetime2(6)',
  instant: 'datetimeoffset(6)',
  uuid: 'uniqueidentifier',
  json: 'json',
  binary: 'varbinary(max)',
} as const satisfies Record<Exclude<ColumnType['kind'], 'text' | 'decimal' | 'choice' | 'native'>, string>;

/** Types without a figure; with one the name alone counts, but for those in {@link FIGURED}. */
const LOGICAL: Record<string, ColumnType> = {
  tinyint: { kind: 'integer' },
  smallint: { kind: 'integer' },
  int: { kind: 'integer' },
  bigint: { kind: 'bigint' },
  money: { kind: 'decimal', precision: 19, scale: 4 },
  smallmoney: { kind: 'decimal', precision: 10, scale: 4 },
  real: { kind: 'double' },
  float: { kind: 'double' },
  bit: { kind: 'boolean' },
  date: { kind: 'date' },
  time: { kind: 'time' },
  smalldatetime: { kind: 'datetime' },
  datetime: { kind: 'datetime' },
  datetime2: { kind: 'datetime' },
  datetimeoffset: { kind: 'instant' },
  uniqueidentifier: { kind: 'uuid' },
  json: { kind: 'json' },
  binary: { kind: 'binary' },
  varbinary: { kind: 'binary' },
  image: { kind: 'binary' },
  text: { kind: 'longText' },
  ntext: { kind: 'longText' },
};

const TEXTS = new Set(['char', 'varchar', 'nchar', 'nvarchar']);
const WRITTEN = /^(?<name>[a-z]\w*)(?:\((?<first>\d+|max)(?:,(?<second>\d+))?\))?$/;

function logicalOf(native: string): ColumnType {
  const { name = '', first, second } = WRITTEN.exec(native)?.groups ?? {};
  if (TEXTS.has(name)) return first === 'max' ? { kind: 'longText' } : { kind: 'text', length: Number(first ?? 1) };
  if (name === 'decimal') return { kind: 'decimal', precision: Number(first ?? 18), scale: Number(second ?? 0) };
  return LOGICAL[name] ?? { kind: 'native', native };
}

/** Other words for the same type (Transact-SQL reference, "Data type synonyms"), and figures that may be left out. */
const ALIASES: Record<string, string> = {
  dec: 'decimal',
  numeric: 'decimal',
  integer: 'int',
  rowversion: 'timestamp',
  'character varying': 'varchar',
  'national character varying': 'nvarchar',
};
const IMPLIED: Record<string, string> = {
  decimal: '(18,0)',
  time: '(7)',
  datetime2: '(7)',
  datetimeoffset: '(7)',
  char: '(1)',
  nchar: '(1)',
  varchar: '(1)',
  nvarchar: '(1)',
  binary: '(1)',
  varbinary: '(1)',
};

/** A type as people or the catalog write it, in the one spelling that is compared: `NUMERIC(10, 2)` → `decimal(10,2)`. */
export function normalise(text: string): string {
  const tight = text.trim().replaceAll(/\s*([(),])\s*/g, '$1');
  const found = /^(?<name>[a-z][\w ]*?)(?<figures>\((?:\d+|max)(?:,\d+)?\))?$/i.exec(tight)?.groups;
  if (!found) return tight;
  const lower = found['name']!.toLowerCase();
  const name = ALIASES[lower] ?? lower;
  const figures = found['figures']?.toLowerCase() ?? IMPLIED[name] ?? '';
  if (name === 'float') return figures === '' || Number(figures.slice(1, -1)) > 24 ? 'float' : 'real';
  return name === 'decimal' && !figures.includes(',') ? `decimal${figures.slice(0, -1)},0)` : name + figures;
}

function lossOf(type: ColumnType): string | null {
  switch (type.kind) {
    case 'decimal':
      return type.precision > MAX_PRECISION ? `SQL Server keeps at most ${MAX_PRECISION} digits of a decimal.` : null;
    case 'text':
      return (type.length ?? 0) > LONGEST_TEXT
        ? `A text of ${type.length} characters is kept as nvarchar(max), without its limit, and can not be indexed.`
        : null;
    case 'choice':
      return 'The options are checked by the data API, not by the database.';
    case 'json':
      return 'Before SQL Server 2025 JSON is kept as text with a check; its white space and order of keys stay as written.';
    default:
      return null;
  }
}

/** Bits, digits, characters or bytes that a type holds, within its family. */
type Size = { family: string; size: number; scale?: number };

const INTEGERS: Record<string, number> = { bit: 1, tinyint: 8, smallint: 15, int: 31, bigint: 63 };
const UNLIMITED = 2 ** 31;
/** ends of a second's fraction that the older types keep */
const CLOCKS: Record<string, Size> = {
  smalldatetime: { family: 'datetime', size: 0 },
  datetime: { family: 'datetime', size: 3 },
};

function sizeOf(native: string): Size | null {
  const { name = '', first, second } = WRITTEN.exec(native)?.groups ?? {};
  const figure = first === 'max' ? UNLIMITED : Number(first ?? 0);
  if (name in INTEGERS) return { family: 'integer', size: INTEGERS[name]! };
  if (name === 'nvarchar' || name === 'nchar') return { family: 'text', size: figure };
  if (name === 'varchar' || name === 'char') return { family: 'ansi', size: figure };
  if (name === 'varbinary' || name === 'binary') return { family: 'binary', size: figure };
  if (name === 'decimal') return { family: 'decimal', size: figure - Number(second), scale: Number(second) };
  if (name === 'money') return { family: 'decimal', size: 15, scale: 4 };
  if (name === 'smallmoney') return { family: 'decimal', size: 6, scale: 4 };
  if (name === 'real' || name === 'float') return { family: 'float', size: name === 'real' ? 24 : 53 };
  if (name === 'time') return { family: 'time', size: figure };
  if (name === 'datetime2') return { family: 'datetime', size: figure };
  if (name === 'datetimeoffset') return { family: 'instant', size: figure };
  return CLOCKS[name] ?? null;
}

/** Decimal digits of the widest integer of so many bits. */
const digits = (bits: number) => Math.ceil(bits * Math.log10(2));

/** Characters that hold every value of the type in print. */
const PRINTED: Record<string, number> = { float: 24, time: 16, datetime: 27, instant: 34 };

function narrowsNative(from: string, to: string): boolean {
  if (from === to) return false;
  if (from === 'json') return to !== 'nvarchar(max)';
  if (from === 'text' || from === 'ntext') return to !== 'nvarchar(max)';
  if (from === 'image') return to !== 'varbinary(max)';
  const [old, wanted] = [sizeOf(from), sizeOf(to)];
  if (from === 'date') return wanted?.family !== 'datetime' && !(wanted?.family === 'text' && wanted.size >= 10);
  if (from === 'uniqueidentifier') return !(wanted?.family === 'text' && wanted.size >= 36);
  if (!old || !wanted) return true;
  if (old.family === wanted.family) return wanted.size < old.size || (wanted.scale ?? 0) < (old.scale ?? 0);
  if (wanted.family === 'text') return wanted.size < printed(old);
  if (old.family === 'datetime' && wanted.family === 'instant') return wanted.size < old.size;
  if (old.family !== 'integer') return true;
  if (wanted.family === 'decimal') return wanted.size < digits(old.size);
  return wanted.family !== 'float' || wanted.size < old.size;
}

function printed({ family, size, scale = 0 }: Size): number {
  if (family === 'ansi') return size;
  if (family === 'integer') return digits(size) + 1;
  if (family === 'decimal') return size + scale + 2;
  return PRINTED[family] ?? Number.POSITIVE_INFINITY;
}

export const types: TypeTable = {
  native: nativeOf,
  logical: logicalOf,
  loss: lossOf,
  settleDefault,
  narrows: (from: Column, to: Column) => (from.nullable && !to.nullable) || narrowsNative(from.native, to.native),
};
