/** Defaults of columns, as DDL spells them and as the catalogs of MySQL and MariaDB give them back. Pure. */
import type { ColumnType, Default } from '../schema.ts';
import { quoteText } from './spelling.ts';

const WHOLE = new Set(['integer', 'bigint']);
const NUMERIC = new Set(['integer', 'bigint', 'decimal', 'double']);
const CLOCK = new Set(['date', 'time', 'datetime', 'instant']);

/** How a default comes back from introspection, so that the diff compares like with like. */
export function settleDefault(value: Default, type: ColumnType): Default {
  if (value.kind !== 'literal') return value;
  return { kind: 'literal', value: settleLiteral(value.value, type) };
}

function settleLiteral(value: string | number | boolean, type: ColumnType): string | number | boolean {
  if (type.kind === 'boolean') return value === true || value === 1 || value === '1' || value === 'true';
  if (NUMERIC.has(type.kind)) return settleNumber(String(value), type);
  const text = String(value);
  if (type.kind === 'datetime' || type.kind === 'instant')
    return settleClock(text.replace('T', ' ').replace(/Z$|\+00:00$/, ''));
  return type.kind === 'time' ? settleClock(text) : text;
}

/** A number where a double holds every digit, else the digits. Zeros behind the point do not matter. */
function settleNumber(text: string, type: ColumnType): string | number {
  const bare = WHOLE.has(type.kind) ? text : text.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
  const number = Number(bare);
  return String(number) === bare || type.kind === 'double' ? number : bare;
}

const settleClock = (text: string) => text.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');

/** The default behind `DEFAULT`. Expressions stand in parentheses, as MySQL 8.0.13 and MariaDB 10.2 take them. */
export function writeDefault(value: Default, type: ColumnType): string {
  switch (value.kind) {
    case 'now':
      return now(type);
    case 'uuid':
      return '(uuid())';
    case 'expression':
      return /^current_timestamp\b/i.test(value.sql) ? value.sql : `(${value.sql})`;
    case 'literal':
      return literal(settleLiteral(value.value, type), type);
  }
}

function now(type: ColumnType): string {
  if (type.kind === 'date') return '(curdate())';
  if (type.kind === 'time') return '(curtime(6))';
  return type.kind === 'datetime' || type.kind === 'instant' ? 'current_timestamp(6)' : '(now(6))';
}

/** MySQL takes a literal for its large types only as an expression; MariaDB takes it so too. */
const LARGE = new Set(['longText', 'json', 'binary']);

function literal(value: string | number | boolean, type: ColumnType): string {
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (NUMERIC.has(type.kind))
    return /^-?[\d.]+(e[+-]?\d+)?$/i.test(String(value)) ? String(value) : quoteText(String(value));
  const text = quoteText(String(value));
  return LARGE.has(type.kind) || (type.kind === 'text' && type.length === null) ? `(${text})` : text;
}

export type CatalogDefault = {
  /** COLUMN_DEFAULT */
  text: string | null;
  /** MySQL marks expressions; MariaDB quotes literals instead */
  expression: boolean;
  mariadb: boolean;
};

/** A default out of `information_schema.COLUMNS`. MariaDB gives NULL as a text, and literals in quotes. */
export function readDefault({ text, expression, mariadb }: CatalogDefault, type: ColumnType): Default | null {
  if (text === null || (mariadb && text.toUpperCase() === 'NULL')) return null;
  if (mariadb || expression) return readSql(text.trim(), type);
  if (/^b'[01]+'$/.test(text)) return readSql(text, type);
  if (CLOCK.has(type.kind) && NOW.test(text)) return { kind: 'now' };
  return settleDefault({ kind: 'literal', value: text }, type);
}

const NOW = /^(current_timestamp|now|localtime|localtimestamp|curdate|curtime|current_date|current_time)(\(\d*\))?$/i;

function readSql(sql: string, type: ColumnType): Default {
  if (NOW.test(sql)) return { kind: 'now' };
  if (/^uuid\(\)$/i.test(sql)) return { kind: 'uuid' };
  const bit = /^b'([01]+)'$/.exec(sql)?.[1];
  if (bit !== undefined) return settleDefault({ kind: 'literal', value: Number.parseInt(bit, 2) }, type);
  const text = quoted(sql);
  if (text !== null) return settleDefault({ kind: 'literal', value: text }, type);
  if (/^-?[\d.]+(e[+-]?\d+)?$/i.test(sql)) return settleDefault({ kind: 'literal', value: sql }, type);
  return { kind: 'expression', sql };
}

/** `'it\'s'` of MariaDB; MySQL gives the literals of expressions escaped once more: `_utf8mb4\'it\\\'s\'`. null: not one literal */
function quoted(sql: string): string | null {
  const bare = sql.replace(/^_\w+/, '');
  const plain = bare.startsWith("\\'") ? bare.replaceAll(/\\(.)/gs, '$1') : bare;
  const inside = /^'((?:[^'\\]|''|\\.)*)'$/s.exec(plain)?.[1];
  return inside === undefined ? null : inside.replaceAll("''", "'").replaceAll(/\\(.)/gs, unescape);
}

const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', 0: '\0', Z: '\u001a', b: '\b' };
const unescape = (_: string, letter: string) => ESCAPES[letter] ?? letter;
