import type { TypeTable } from '../contract.ts';
import type { Column, ColumnType } from '../schema.ts';
import { settleDefault } from './defaults.ts';

/** PostgreSQL's own limits (manual, sections 8.1 and 8.3). */
const MAX_PRECISION = 1000;
const MAX_LENGTH = 10_485_760;

/** `numeric` without figures holds any number; no other decimal is spelt so. */
const UNBOUNDED = { kind: 'decimal', precision: MAX_PRECISION, scale: MAX_PRECISION / 2 } as const;

/** As `format_type` spells them, which is how introspection reads them. */
function native(type: ColumnType): string {
  switch (type.kind) {
    case 'text':
      return type.length === null ? 'text' : `character varying(${type.length})`;
    case 'decimal':
      return isUnbounded(type) ? 'numeric' : `numeric(${type.precision},${type.scale})`;
    case 'native':
      return settleNative(type.native);
    default:
      return NATIVE[type.kind];
  }
}

/** Short names that people write, as `format_type` spells them (manual, table 8.1). */
const ALIASES: Record<string, string> = {
  int2: 'smallint',
  int4: 'integer',
  int: 'integer',
  int8: 'bigint',
  float4: 'real',
  float8: 'double precision',
  bool: 'boolean',
  decimal: 'numeric',
  varchar: 'character varying',
  char: 'character',
  bpchar: 'character',
  varbit: 'bit varying',
};
const ZONED: Record<string, string> = {
  timestamp: 'timestamp# without time zone',
  timestamptz: 'timestamp# with time zone',
  time: 'time# without time zone',
  timetz: 'time# with time zone',
};
const WRITTEN = /^(?<name>\w+)(?<figures>\(\d+(?:,\s*\d+)?\))?(?<array>(?:\[\])*)$/;

/** `timestamptz(3)[]` → `timestamp(3) with time zone[]`; what is no alias stays */
function settleNative(text: string): string {
  const { name, figures = '', array } = WRITTEN.exec(text.trim())?.groups ?? {};
  if (name === undefined) return text.trim();
  const key = name.toLowerCase();
  const spelt = ZONED[key]?.replace('#', figures) ?? (ALIASES[key] ?? name) + figures.replaceAll(/\s/g, '');
  return spelt + (array ? '[]' : '');
}

const isUnbounded = (type: Extract<ColumnType, { kind: 'decimal' }>) =>
  type.precision === UNBOUNDED.precision && type.scale === UNBOUNDED.scale;

const NATIVE = {
  longText: 'text',
  // the options are checked by the data API: a check constraint would have to be rewritten with each new option
  choice: 'text',
  integer: 'integer',
  bigint: 'bigint',
  double: 'double precision',
  boolean: 'boolean',
  date: 'date',
  time: 'time without time zone',
  datetime: 'timestamp without time zone',
  instant: 'timestamp with time zone',
  uuid: 'uuid',
  json: 'jsonb',
  binary: 'bytea',
} as const satisfies Record<Exclude<ColumnType['kind'], 'text' | 'decimal' | 'native'>, string>;

const LOGICAL: Record<string, ColumnType> = {
  text: { kind: 'text', length: null },
  'character varying': { kind: 'text', length: null },
  smallint: { kind: 'integer' },
  integer: { kind: 'integer' },
  bigint: { kind: 'bigint' },
  numeric: UNBOUNDED,
  real: { kind: 'double' },
  'double precision': { kind: 'double' },
  boolean: { kind: 'boolean' },
  date: { kind: 'date' },
  'time without time zone': { kind: 'time' },
  'timestamp without time zone': { kind: 'datetime' },
  'timestamp with time zone': { kind: 'instant' },
  uuid: { kind: 'uuid' },
  json: { kind: 'json' },
  jsonb: { kind: 'json' },
  bytea: { kind: 'binary' },
};

/** `character varying(255)` → its name without figures, and the figures */
const FIGURES = /^(?<name>[a-z]+(?: varying)?)\((?<first>\d+)(?:,(?<second>\d+))?\)(?<rest> with(?:out)? time zone)?$/;

function logical(text: string): ColumnType {
  const { name, first, second, rest = '' } = FIGURES.exec(text)?.groups ?? { name: text };
  if (first === undefined) return LOGICAL[text] ?? { kind: 'native', native: text };
  if (name === 'numeric') return { kind: 'decimal', precision: Number(first), scale: Number(second ?? 0) };
  if (name === 'character varying' || name === 'character') return { kind: 'text', length: Number(first) };
  // a time with fewer than six digits of a second
  if (rest !== '') return LOGICAL[name + rest] ?? { kind: 'native', native: text };
  return { kind: 'native', native: text };
}

function loss(type: ColumnType): string | null {
  if (type.kind === 'decimal' && type.precision > MAX_PRECISION) {
    return `PostgreSQL keeps at most ${MAX_PRECISION} digits of a decimal.`;
  }
  if (type.kind === 'text' && (type.length ?? 0) > MAX_LENGTH) {
    return `PostgreSQL keeps at most ${MAX_LENGTH} characters of a text with a length.`;
  }
  if (type.kind === 'choice') return 'The options are checked by the data API, not by the database.';
  return null;
}

const ANY_LENGTH = new Set(['text', 'character varying']);
const WIDER: Record<string, string[]> = {
  smallint: ['integer', 'bigint', 'numeric', 'double precision', 'real'],
  integer: ['bigint', 'numeric', 'double precision'],
  bigint: ['numeric'],
  real: ['double precision'],
  date: ['timestamp without time zone'],
  json: ['jsonb'],
};
/** digits before the point that whole numbers need */
const DIGITS: Record<string, number> = { smallint: 5, integer: 10, bigint: 19 };

function narrows(from: Column, to: Column): boolean {
  return (from.nullable && !to.nullable) || !widens(from.native, to.native);
}

function widens(from: string, to: string): boolean {
  if (from === to || ANY_LENGTH.has(to) || WIDER[from]?.includes(to)) return true;
  const [source, target] = [logical(from), logical(to)];
  if (target.kind === 'text') {
    return source.kind === 'text' && source.length !== null && source.length <= (target.length ?? Infinity);
  }
  if (target.kind !== 'decimal') return false;
  if (isUnbounded(target)) return source.kind === 'decimal';
  const whole = target.precision - target.scale;
  if (source.kind === 'decimal') {
    return !isUnbounded(source) && source.scale <= target.scale && source.precision - source.scale <= whole;
  }
  return (DIGITS[from] ?? Infinity) <= whole;
}

export const types: TypeTable = { native, logical, loss, settleDefault, narrows };
