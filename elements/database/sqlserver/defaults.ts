/** Defaults of columns, as DDL spells them and as sys.default_constraints gives them back. Pure. */
import type { ColumnType, Default } from '../schema.ts';
import { literal } from './quote.ts';

const NUMERIC = new Set<ColumnType['kind']>(['integer', 'bigint', 'decimal', 'double']);
const CLOCK = new Set<ColumnType['kind']>(['date', 'time', 'datetime', 'instant']);
const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i;

/** How a default comes back from introspection, so that the diff compares like with like. */
export function settleDefault(value: Default, type: ColumnType): Default {
  return value.kind === 'literal' ? { kind: 'literal', value: settleLiteral(value.value, type) } : value;
}

function settleLiteral(value: string | number | boolean, type: ColumnType): string | number | boolean {
  const text = String(value);
  if (type.kind === 'boolean') return /^(?:true|1)$/i.test(text);
  if (NUMERIC.has(type.kind)) return settleNumber(text, type);
  if (type.kind === 'uuid' || type.kind === 'binary') return text.toLowerCase().replace(/^\\x/, '0x');
  if (type.kind === 'instant') return `${settleClock(text.replace(/(?:Z|\+00:00)$/, ''))}+00:00`;
  return CLOCK.has(type.kind) ? settleClock(text) : text;
}

/** A number where a double holds every digit, else the digits. Zeros behind the point do not matter. */
function settleNumber(text: string, type: ColumnType): string | number {
  if (!NUMBER.test(text)) return text;
  const bare = text
    .replace(/^\+/, '')
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
  const number = Number(bare);
  return String(number) === bare || type.kind === 'double' ? number : bare;
}

const settleClock = (text: string) =>
  text
    .replace(' ', 'T')
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');

/** SQL after `default`. Every moment is that of UTC, whatever zone the server's machine is in. */
export function writeDefault(value: Default, type: ColumnType): string {
  switch (value.kind) {
    case 'now':
      return 'sysutcdatetime()';
    case 'uuid':
      return 'newid()';
    case 'expression':
      return value.sql;
    case 'literal':
      return writeLiteral(settleLiteral(value.value, type), type);
  }
}

function writeLiteral(value: string | number | boolean, type: ColumnType): string {
  if (typeof value === 'boolean') return value ? '1' : '0';
  const text = String(value);
  if (NUMERIC.has(type.kind) && NUMBER.test(text)) return text;
  return type.kind === 'binary' && /^0x(?:[\da-f]{2})*$/.test(text) ? text : literal(text);
}

/** Lower-cased, brackets and parentheses around all of it taken off. */
const NOW =
  /^(?:convert\((?:date|time|datetime2|datetimeoffset)(?:\(\d\))?,)?(?:getdate|getutcdate|sysdatetime|sysutcdatetime|sysdatetimeoffset|current_timestamp)(?:\(\))?\)?$/;
const UUID = /^(?:newid|newsequentialid)\(\)$/;
const STRING = /^N?'(?<text>(?:[^']|'')*)'$/s;

/** A default out of the catalog, which spells it anew: `((0))`, `(N'new')`, `(getdate())`. null: the null that stands without one */
export function readDefault(definition: string, type: ColumnType): Default | null {
  const bare = stripParentheses(definition);
  const compact = bare.toLowerCase().replaceAll(/[[\]\s]/g, '');
  if (compact === 'null') return null;
  if (CLOCK.has(type.kind) && NOW.test(compact)) return { kind: 'now' };
  if (UUID.test(compact)) return { kind: 'uuid' };
  const text = STRING.exec(bare)?.groups?.['text']?.replaceAll("''", "'");
  const value = text ?? (NUMBER.test(bare) || /^0x[\da-f]*$/i.test(bare) ? bare : null);
  return value === null ? { kind: 'expression', sql: definition } : settleDefault({ kind: 'literal', value }, type);
}

/** `((-1))` → `-1`; a parenthesis that closes before the end stays */
function stripParentheses(sql: string): string {
  let bare = sql.trim();
  while (bare.startsWith('(') && closing(bare) === bare.length - 1) bare = bare.slice(1, -1).trim();
  return bare;
}

/** Where the first parenthesis is closed, quotes passed over; -1: nowhere. */
function closing(sql: string): number {
  let depth = 0;
  for (const { 0: token, index } of sql.matchAll(/'(?:[^']|'')*'|[()]/g)) {
    if (token === '(') depth++;
    if (token === ')' && --depth === 0) return index;
  }
  return -1;
}
