/** Oracle's own part of the family's SQL. Sources: Oracle Database 19c SQL Language Reference, "Format Models", "Functions". Pure. */
import type { Value } from '../query.ts';
import type { Column, ColumnType, Parameter } from '../schema.ts';
import type { OracleLike } from '../sql/oracle-like/dialect.ts';
import { quote } from '../sql/oracle-like/quote.ts';
import type { Spelling } from '../sql/spelling.ts';
import { writeDefault } from './defaults.ts';
import { modifies, nativeOf } from './types.ts';

const SECONDS = `'YYYY-MM-DD"T"HH24:MI:SS.FF6'`;
const WITH_ZONE = `'YYYY-MM-DD"T"HH24:MI:SS.FF6TZH:TZM'`;
const DAY = `'YYYY-MM-DD'`;

/** Types without operators: they are compared by a function. */
const isLarge = (type: ColumnType) => ['longText', 'json', 'binary'].includes(type.kind) || isUnboundText(type);
const isUnboundText = (type: ColumnType) => type.kind === 'text' && nativeOf(type) === 'clob';

/** A placeholder, which holds what {@link bindValue} made, as a value of the type. */
function typed(placeholder: string, type: ColumnType): string {
  switch (type.kind) {
    case 'bigint':
    case 'decimal':
      return `to_number(${placeholder})`;
    case 'double':
      return `to_binary_double(${placeholder})`;
    case 'date':
      return `to_date(${placeholder}, ${DAY})`;
    case 'time':
      return `to_dsinterval(${placeholder})`;
    case 'datetime':
      return `to_timestamp(${placeholder}, ${SECONDS})`;
    case 'instant':
      return `to_timestamp_tz(${placeholder}, ${WITH_ZONE})`;
    case 'uuid':
      return `hextoraw(${placeholder})`;
    default:
      return placeholder;
  }
}

/** Clock values get all six digits, since a format takes no fewer; a whole number of 32 bits stays a number. */
function bindValue(value: Exclude<Value, null>, type: ColumnType): Parameter {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (type.kind === 'double') return String(value);
  if (typeof value !== 'string') return value;
  switch (type.kind) {
    case 'time':
      return `0 ${sixDigits(value)}`;
    case 'datetime':
      return sixDigits(value);
    case 'instant':
      return `${sixDigits(value.replace(/Z$|\+00:00$/, ''))}+00:00`;
    case 'uuid':
      return value.replaceAll('-', '');
    case 'binary':
      return Buffer.from(value.replace(/^\\x/, ''), 'hex');
    default:
      return value;
  }
}

function sixDigits(clock: string): string {
  const [whole = '', fraction = ''] = clock.split('.');
  return `${whole}.${fraction.slice(0, 6).padEnd(6, '0')}`;
}

/** A column as text, for patterns. */
function textOf(column: string, type: ColumnType): string {
  if (type.kind === 'text' || type.kind === 'choice' || isLarge(type)) return column;
  return type.kind === 'uuid' ? `lower(rawtohex(${column}))` : `to_char(${column})`;
}

const spelling: Spelling = {
  quote,
  placeholder: (position) => `:${position}`,
  bind: bindValue,
  column: (sql) => sql,
  operand: typed,
  compare: (column, operator, placeholder, type) => {
    if (!isLarge(type)) return null;
    const other = type.kind === 'binary' ? `to_blob(${placeholder})` : `to_clob(${placeholder})`;
    return `dbms_lob.compare(${column}, ${other}) ${operator} 0`;
  },
  like: (column, pattern, type, caseSensitive) => {
    const text = textOf(column, type);
    return caseSensitive ? `${text} like ${pattern} escape '\\'` : `lower(${text}) like lower(${pattern}) escape '\\'`;
  },
  list: null,
  // ORA-01795
  longestList: 1_000,
  within: (column, placeholder) => `${column} in (${placeholder})`,
  isBoolean: (column, value) => `${column} = ${value ? 1 : 0}`,
};

/** Numbers come as texts from the driver; what has no text of its own gets one here. */
function read(sql: string, type: ColumnType): string {
  switch (type.kind) {
    case 'date':
      return `to_char(${sql}, ${DAY})`;
    case 'time':
      return `to_char(${sql})`;
    case 'datetime':
      return `to_char(cast(${sql} as timestamp(6)), ${SECONDS})`;
    case 'instant':
      return `to_char(sys_extract_utc(${sql}), ${SECONDS})`;
    case 'uuid':
      return `rawtohex(${sql})`;
    case 'native':
      return readNative(sql, type.native);
    default:
      return sql;
  }
}

function readNative(sql: string, native: string): string {
  if (native === 'json') return `json_serialize(${sql} returning clob)`;
  if (native === 'xmltype') return `xmlserialize(content ${sql} as clob)`;
  if (native.startsWith('long')) return sql;
  return `to_char(${sql})`;
}

/** Large texts are sorted by as many characters as surely fit into a text of SQL. */
const SORTED_CHARACTERS = 1_000;

function columnType({ name, type, native }: Column): { type: string; check: string | null } {
  if (!/^[\w .,()$#"]+$/.test(native)) throw new Error(`${native} is not the name of a type`);
  if (type.kind === 'boolean') return { type: native, check: `${quote(name)} in (0, 1)` };
  return native === 'clob is json' ? { type: 'clob', check: `${quote(name)} is json` } : { type: native, check: null };
}

function converted(sql: string, from: ColumnType, to: ColumnType): string {
  const text = isLarge(from) ? `dbms_lob.substr(${sql}, ${SORTED_CHARACTERS}, 1)` : read(sql, from);
  switch (to.kind) {
    case 'longText':
    case 'json':
      return `to_clob(${isLarge(from) ? sql : read(sql, from)})`;
    case 'text':
    case 'choice':
      return isLarge(to) ? `to_clob(${isLarge(from) ? sql : read(sql, from)})` : text;
    case 'integer':
    case 'bigint':
    case 'decimal':
      return `to_number(${text})`;
    case 'date':
      return `trunc(cast(${sql} as date))`;
    case 'datetime':
      return from.kind === 'instant' ? `sys_extract_utc(${sql})` : `cast(${sql} as timestamp(6))`;
    case 'instant':
      return `from_tz(cast(${sql} as timestamp(6)), '+00:00')`;
    default:
      return sql;
  }
}

export const dialect: OracleLike = {
  spelling,
  read,
  write: typed,
  sorted: (sql, type) => {
    if (type.kind === 'binary') return `rawtohex(dbms_lob.substr(${sql}, ${SORTED_CHARACTERS}, 1))`;
    return isLarge(type) ? `dbms_lob.substr(${sql}, ${SORTED_CHARACTERS}, 1)` : sql;
  },
  columnType,
  identity: 'generated by default on null as identity',
  presetOf: writeDefault,
  modifies,
  converted,
};
