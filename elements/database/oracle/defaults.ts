/** Defaults of columns, as DDL spells them and as `data_default` of the catalog gives them back, which is as written. Pure. */
import type { ColumnType, Default } from '../schema.ts';
import { literal } from '../sql/oracle-like/quote.ts';
import { settleDefault } from '../sql/oracle-like/settle-default.ts';

const NUMERIC = new Set(['integer', 'bigint', 'decimal', 'double']);

/** Clock values are those of UTC, whatever the zone of the server. */
const NOW: Partial<Record<ColumnType['kind'], string>> = {
  date: 'trunc(cast(sys_extract_utc(systimestamp) as date))',
  time: "to_dsinterval('0 ' || to_char(sys_extract_utc(systimestamp), 'HH24:MI:SS.FF6'))",
  datetime: 'sys_extract_utc(systimestamp)',
};
const NOW_OTHERWISE = 'systimestamp';
const UUID = 'sys_guid()';

/** The default behind `default`. */
export function writeDefault(value: Default, type: ColumnType): string {
  switch (value.kind) {
    case 'now':
      return NOW[type.kind] ?? NOW_OTHERWISE;
    case 'uuid':
      return UUID;
    case 'expression':
      return value.sql;
    case 'literal':
      return writeLiteral(settleDefault(value, type) as Extract<Default, { kind: 'literal' }>, type);
  }
}

function writeLiteral({ value }: Extract<Default, { kind: 'literal' }>, type: ColumnType): string {
  if (typeof value === 'boolean') return value ? '1' : '0';
  const text = String(value);
  if (NUMERIC.has(type.kind)) return /^-?[\d.]+(e[+-]?\d+)?$/i.test(text) ? text : literal(text);
  switch (type.kind) {
    case 'date':
      return `date ${literal(text)}`;
    case 'time':
      return `interval ${literal(`0 ${text}`)} day to second(6)`;
    case 'datetime':
      return `timestamp ${literal(text)}`;
    case 'instant':
      return `timestamp ${literal(`${text} +00:00`)}`;
    case 'uuid':
      return `hextoraw(${literal(text.replaceAll('-', ''))})`;
    case 'binary':
      return `hextoraw(${literal(text.replace(/^\\x/, ''))})`;
    default:
      return literal(text);
  }
}

const CLOCK = new Set([...Object.values(NOW), NOW_OTHERWISE]);
const CLOCK_CALL =
  /^(?:sysdate|systimestamp|current_date|current_timestamp|localtimestamp|trunc\(sysdate\))(?:\(\d\))?$/i;

/** null: none. A column on which one was dropped has the text `NULL`. */
export function readDefault(text: string | null, type: ColumnType): Default | null {
  const sql = text?.trim() ?? '';
  if (sql === '' || /^null$/i.test(sql)) return null;
  if (CLOCK.has(sql) || CLOCK_CALL.test(sql)) return { kind: 'now' };
  if (/^sys_guid\(\)$/i.test(sql)) return { kind: 'uuid' };
  const value = readLiteral(sql, type);
  return value === null ? { kind: 'expression', sql } : settleDefault({ kind: 'literal', value }, type);
}

function readLiteral(sql: string, type: ColumnType): string | null {
  if (/^-?[\d.]+(e[+-]?\d+)?$/i.test(sql)) return sql;
  const [, word = '', quoted, rest = ''] = /^(?:(\w+)[ (])?'((?:[^']|'')*)'(.*)$/s.exec(sql) ?? [];
  if (quoted === undefined) return null;
  const text = quoted.replaceAll("''", "'");
  switch (word.toLowerCase()) {
    case '':
      return rest === '' ? text : null;
    case 'date':
    case 'timestamp':
      return rest === '' ? text : null;
    case 'interval':
      return text.replace(/^0 /, '');
    case 'hextoraw':
      return type.kind === 'uuid' ? text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') : `\\x${text}`;
    default:
      return null;
  }
}
