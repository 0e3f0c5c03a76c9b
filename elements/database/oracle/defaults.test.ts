import { expect, test } from 'vitest';
import type { ColumnType, Default } from '../schema.ts';
import { settleDefault } from '../sql/oracle-like/settle-default.ts';
import { readDefault, writeDefault } from './defaults.ts';

const literal = (value: string | number | boolean): Default => ({ kind: 'literal', value });

/** ALL_TAB_COLS.DATA_DEFAULT holds the text as it was written (Oracle Database Reference). */
test.each<[string, ColumnType, Default | null]>([
  ['0', { kind: 'integer' }, literal(0)],
  ['-1 ', { kind: 'integer' }, literal(-1)],
  ['9007199254740993', { kind: 'bigint' }, literal('9007199254740993')],
  ['1.50', { kind: 'decimal', precision: 5, scale: 2 }, literal(1.5)],
  ['1', { kind: 'boolean' }, literal(true)],
  ["'it''s (new)'", { kind: 'text', length: 20 }, literal("it's (new)")],
  ["date '2026-01-31'", { kind: 'date' }, literal('2026-01-31')],
  ["timestamp '2026-01-31 10:00:00.500'", { kind: 'datetime' }, literal('2026-01-31 10:00:00.5')],
  ['SYSDATE', { kind: 'datetime' }, { kind: 'now' }],
  ['systimestamp', { kind: 'instant' }, { kind: 'now' }],
  ['SYS_GUID()', { kind: 'uuid' }, { kind: 'uuid' }],
  ['NULL', { kind: 'integer' }, null],
  ['', { kind: 'integer' }, null],
  ['user', { kind: 'text', length: 30 }, { kind: 'expression', sql: 'user' }],
  ["'a' || 'b'", { kind: 'text', length: 30 }, { kind: 'expression', sql: "'a' || 'b'" }],
])('%s of %o is read as %o', (text, type, value) => {
  expect(readDefault(text, type)).toEqual(value);
});

test('no default', () => {
  expect(readDefault(null, { kind: 'integer' })).toBeNull();
});

test.each<[Default, ColumnType, string]>([
  [literal("it's"), { kind: 'text', length: 9 }, "'it''s'"],
  [literal(true), { kind: 'boolean' }, '1'],
  [literal('12345678901234567890'), { kind: 'decimal', precision: 20, scale: 0 }, '12345678901234567890'],
  [literal('not a number'), { kind: 'integer' }, "'not a number'"],
  [literal('\\xDEAD'), { kind: 'binary' }, "hextoraw('DEAD')"],
  [literal('2026-01-31T10:00:00Z'), { kind: 'instant' }, "timestamp '2026-01-31 10:00:00 +00:00'"],
  [literal('13:45:00'), { kind: 'time' }, "interval '0 13:45:00' day to second(6)"],
  [{ kind: 'now' }, { kind: 'instant' }, 'systimestamp'],
  [{ kind: 'uuid' }, { kind: 'uuid' }, 'sys_guid()'],
  [{ kind: 'expression', sql: 'user' }, { kind: 'text', length: 9 }, 'user'],
])('%o of %o is written %s', (value, type, sql) => {
  expect(writeDefault(value, type)).toBe(sql);
});

test.each<[Default, ColumnType]>([
  [literal('2026-01-31T10:00:00.250Z'), { kind: 'instant' }],
  [literal('2026-01-31T10:00:00'), { kind: 'datetime' }],
  [literal('10:00:00.500'), { kind: 'time' }],
  [literal('A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'), { kind: 'uuid' }],
  [literal('\\xdead'), { kind: 'binary' }],
  [literal('{"a": 1}'), { kind: 'json' }],
  [literal(0.1), { kind: 'double' }],
  [literal('5.500'), { kind: 'decimal', precision: 9, scale: 3 }],
  [literal(false), { kind: 'boolean' }],
  [{ kind: 'now' }, { kind: 'date' }],
  [{ kind: 'now' }, { kind: 'time' }],
  [{ kind: 'now' }, { kind: 'datetime' }],
])('%o of %o is the same when it is written and read again', (value, type) => {
  expect(readDefault(writeDefault(value, type), type)).toEqual(settleDefault(value, type));
});
