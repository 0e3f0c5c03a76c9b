import type { ColumnType } from '#elements/database/schema.ts';
import { DataError } from './data-error.ts';

type Scalar = string | number | boolean;

/**
 * Turns the text of a filter or of a JSON body into a value of the column's type (forms: `Value` in query.ts).
 * @throws DataError 22P02 (wrong form), 22003 (out of range), 22008 (no such date) or 23514 (not one of the options)
 */
export function parseValue(text: string, type: ColumnType): Scalar {
  switch (type.kind) {
    case 'integer':
      return integer(text, -2_147_483_648n, 2_147_483_647n, 'integer', Number);
    case 'bigint':
      return integer(text, -9_223_372_036_854_775_808n, 9_223_372_036_854_775_807n, 'bigint', String);
    case 'decimal':
      return decimal(text);
    case 'double':
      return double(text);
    case 'boolean':
      return boolean(text);
    case 'uuid':
      if (UUID.test(text)) return text;
      if (!/^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i.test(text)) throw wrongForm('uuid', text);
      return text
        .replaceAll('-', '')
        .toLowerCase()
        .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
    case 'date':
      return date(text);
    case 'time':
      return time(text);
    case 'datetime':
      return moment(text, 'timestamp');
    case 'instant':
      return moment(text, 'timestamp with time zone');
    case 'binary':
      if (text.length % 2 !== 0 || !/^\\x[0-9a-f]*$/i.test(text)) throw wrongForm('bytea', text);
      return text.toLowerCase();
    case 'choice':
      if (!type.options.includes(text)) {
        throw new DataError(400, '23514', `expected one of ${type.options.join(', ')}, found "${text.slice(0, 80)}"`);
      }
      return text;
    case 'json':
      return json(text);
    default:
      return text;
  }
}

/** as it is written back */
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** PostgreSQL's own limits are 131,072 digits before the point and 16,383 after it; no column of a model holds as many. */
const MOST_DIGITS = 2_000;

function decimal(text: string): string {
  if (text.length > MOST_DIGITS) {
    throw new DataError(400, '22003', `value "${text.slice(0, 80)}" is out of range for type numeric`);
  }
  if (!/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?$/.test(text)) throw wrongForm('numeric', text);
  return text;
}

function wrongForm(type: string, text: string): DataError {
  return new DataError(400, '22P02', `invalid input syntax for type ${type}: "${text.slice(0, 80)}"`);
}

function integer<T>(text: string, min: bigint, max: bigint, type: string, as: (value: bigint) => T): T {
  if (!/^\s*[+-]?\d{1,40}\s*$/.test(text)) throw wrongForm(type, text);
  const value = BigInt(text.trim().replace(/^\+/, ''));
  if (value < min || value > max) {
    throw new DataError(400, '22003', `value "${text.slice(0, 80)}" is out of range for type ${type}`);
  }
  return as(value);
}

function double(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value)) throw wrongForm('double precision', text);
  if (!Number.isFinite(value))
    throw new DataError(400, '22003', `"${text.slice(0, 80)}" is out of range for type double precision`);
  return value;
}

const TRUE = new Set(['true', 't', 'yes', 'y', 'on', '1']);
const FALSE = new Set(['false', 'f', 'no', 'n', 'off', '0']);

function boolean(text: string): boolean {
  const word = text.trim().toLowerCase();
  if (TRUE.has(word)) return true;
  if (FALSE.has(word)) return false;
  throw wrongForm('boolean', text);
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const TIME = /^(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?$/;

function date(text: string): string {
  const parts = DATE.exec(text);
  if (!parts) throw wrongForm('date', text);
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const longest = month === 2 && leap ? 29 : (DAYS[month - 1] ?? 0);
  if (year === 0 || day < 1 || day > longest) {
    throw new DataError(400, '22008', `date/time field value out of range: "${text}"`);
  }
  return text;
}

function time(text: string): string {
  const parts = TIME.exec(text);
  if (!parts) throw wrongForm('time', text);
  const [hour, minute, second] = [Number(parts[1]), Number(parts[2]), Number(parts[3] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59) {
    throw new DataError(400, '22008', `date/time field value out of range: "${text}"`);
  }
  const fraction = (parts[4] ?? '').slice(0, 6).replace(/0+$/, '');
  return `${parts[1]}:${parts[2]}:${parts[3] ?? '00'}${fraction ? `.${fraction}` : ''}`;
}

const MOMENT = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?))?\s*(Z|[+-]\d{2}(?::?\d{2})?)?$/i;

/** A time stamp: without zone it stays as it is, with zone it is turned into UTC (RFC 3339; no zone means UTC). */
function moment(text: string, type: 'timestamp' | 'timestamp with time zone'): string {
  const parts = MOMENT.exec(text.trim());
  if (!parts) throw wrongForm(type, text);
  const day = date(parts[1] ?? '');
  const clock = time(parts[2] ?? '00:00:00');
  if (type === 'timestamp') return `${day}T${clock}`;
  const offset = offsetMinutes(parts[3] ?? 'Z');
  if (offset === 0) return `${day}T${clock}Z`;
  const [whole = '', fraction] = clock.split('.');
  const utc = new Date(Date.parse(`${day}T${whole}Z`) - offset * 60_000).toISOString().slice(0, 19);
  return `${utc}${fraction ? `.${fraction}` : ''}Z`;
}

function offsetMinutes(zone: string): number {
  if (zone.toUpperCase() === 'Z') return 0;
  const digits = zone.replace(':', '');
  const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5) || 0);
  return digits.startsWith('-') ? -minutes : minutes;
}

function json(text: string): string {
  try {
    JSON.parse(text);
    return text;
  } catch {
    throw wrongForm('json', text);
  }
}
