import type { ColumnType, Default } from '../schema.ts';
import { literal } from './spelling.ts';

/** A random UUID, version 4 (RFC 9562), from functions that SQLite has built in. */
const UUID = `lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (abs(random()) % 4), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))`;

const NUMBERS = new Set<ColumnType['kind']>(['integer', 'bigint', 'decimal', 'double', 'boolean']);

/** The text after DEFAULT. */
export function writeDefault(value: Default, type: ColumnType): string {
  switch (value.kind) {
    case 'now':
      return nowOf(type);
    case 'uuid':
      return `(${UUID})`;
    case 'expression':
      return `(${value.sql})`;
    case 'literal':
      if (typeof value.value === 'boolean') return value.value ? '1' : '0';
      return NUMBERS.has(type.kind) ? String(value.value) : literal(String(value.value));
  }
}

/** True where every row gets the same value, so that a filled table can take the column as it stands. */
export function isConstant(value: Default): boolean {
  return value.kind === 'literal';
}

/** What pragma_table_xinfo reports as `dflt_value`, in words that belong to no engine. */
export function readDefault(text: string | null, type: ColumnType): Default | null {
  if (text === null || /^null$/iu.test(text)) return null;
  if (/^current_(?:timestamp|date|time)$/iu.test(text)) return { kind: 'now' };
  if (text === UUID) return { kind: 'uuid' };
  const quoted = /^'((?:[^']|'')*)'$/u.exec(text);
  if (quoted) return settleDefault({ kind: 'literal', value: quoted[1]!.replaceAll("''", "'") }, type);
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/iu.test(text)) {
    return settleDefault({ kind: 'literal', value: text }, type);
  }
  if (/^(?:true|false)$/iu.test(text)) return { kind: 'literal', value: /^true$/iu.test(text) };
  return { kind: 'expression', sql: text };
}

/** Literals of one meaning become one value: booleans, numbers, and digits beyond a double as text. */
export function settleDefault(value: Default, type: ColumnType): Default {
  if (value.kind !== 'literal') return value;
  const text = String(value.value);
  switch (type.kind) {
    case 'boolean':
      return { kind: 'literal', value: text === 'true' || text === '1' };
    case 'integer':
    case 'double':
      return { kind: 'literal', value: Number(text) };
    case 'decimal':
      return { kind: 'literal', value: text.includes('.') ? text.replace(/\.?0+$/u, '') : text };
    default:
      return { kind: 'literal', value: text };
  }
}

function nowOf(type: ColumnType): string {
  if (type.kind === 'date') return 'CURRENT_DATE';
  return type.kind === 'time' ? 'CURRENT_TIME' : 'CURRENT_TIMESTAMP';
}
