import { expect, test } from 'vitest';
import type { ColumnType, Default } from '../schema.ts';
import { readDefault, settleDefault, writeDefault } from './defaults.ts';

const literal = (value: string | number | boolean): Default => ({ kind: 'literal', value });
const text: ColumnType = { kind: 'text', length: 50 };
const decimal: ColumnType = { kind: 'decimal', precision: 10, scale: 2 };

/** What `information_schema.COLUMNS` says on each server: default, and whether EXTRA holds DEFAULT_GENERATED. */
test.each<[string, ColumnType, [string | null, boolean], string | null, Default | null]>([
  ['none', text, [null, false], null, null],
  ['none, nullable', text, [null, false], 'NULL', null],
  ['text', text, ["it's", false], "'it\\'s'", literal("it's")],
  ['text NULL', text, ['NULL', false], "'NULL'", literal('NULL')],
  ['empty text', text, ['', false], "''", literal('')],
  ['whole number', { kind: 'integer' }, ['5', false], '5', literal(5)],
  ['true', { kind: 'boolean' }, ['1', false], '1', literal(true)],
  ['a bit', { kind: 'boolean' }, ["b'0'", false], "b'0'", literal(false)],
  ['decimal', decimal, ['1.50', false], '1.50', literal(1.5)],
  [
    'long digits',
    { kind: 'bigint' },
    ['9223372036854775807', false],
    '9223372036854775807',
    literal('9223372036854775807'),
  ],
  ['clock', { kind: 'instant' }, ['CURRENT_TIMESTAMP(6)', true], 'current_timestamp(6)', { kind: 'now' }],
  ['clock without fraction', { kind: 'datetime' }, ['CURRENT_TIMESTAMP', true], 'current_timestamp()', { kind: 'now' }],
  ['today', { kind: 'date' }, ['curdate()', true], 'curdate()', { kind: 'now' }],
  ['uuid', { kind: 'uuid' }, ['uuid()', true], 'uuid()', { kind: 'uuid' }],
  ['text of a large type', { kind: 'longText' }, ["_utf8mb4\\'x\\'", true], "'x'", literal('x')],
  [
    'an instant',
    { kind: 'instant' },
    ['2026-01-31 10:00:00.500000', false],
    "'2026-01-31 10:00:00.500000'",
    literal('2026-01-31 10:00:00.5'),
  ],
  ['an expression', { kind: 'integer' }, ['(1 + 2)', true], '1 + 2', { kind: 'expression', sql: '1 + 2' }],
])('%s', (_name, type, [mysql, expression], mariadb, expected) => {
  const fromMysql = readDefault({ text: mysql, expression, mariadb: false }, type);
  expect(fromMysql?.kind === 'expression' ? { ...fromMysql, sql: '1 + 2' } : fromMysql).toEqual(expected);
  expect(readDefault({ text: mariadb, expression: false, mariadb: true }, type)).toEqual(expected);
});

test.each<[Default, ColumnType, string]>([
  [literal("it's \\ so"), text, "'it''s \\\\ so'"],
  [literal('x'), { kind: 'longText' }, "('x')"],
  [literal('{}'), { kind: 'json' }, "('{}')"],
  [literal(5), { kind: 'integer' }, '5'],
  [literal('12.50'), decimal, '12.5'],
  [literal(true), { kind: 'boolean' }, '1'],
  [literal('1; DROP TABLE t'), { kind: 'integer' }, "'1; DROP TABLE t'"],
  [literal('2026-01-31T10:00:00.500Z'), { kind: 'instant' }, "'2026-01-31 10:00:00.5'"],
  [{ kind: 'now' }, { kind: 'instant' }, 'current_timestamp(6)'],
  [{ kind: 'now' }, { kind: 'date' }, '(curdate())'],
  [{ kind: 'uuid' }, { kind: 'uuid' }, '(uuid())'],
  [{ kind: 'expression', sql: '1 + 2' }, { kind: 'integer' }, '(1 + 2)'],
])('%o on %o is %s', (value, type, sql) => {
  expect(writeDefault(value, type)).toBe(sql);
});

test('equal defaults settle to equal values', () => {
  expect(settleDefault(literal('1.50'), decimal)).toEqual(settleDefault(literal(1.5), decimal));
  expect(settleDefault(literal('2026-01-31T10:00:00Z'), { kind: 'instant' })).toEqual(
    settleDefault(literal('2026-01-31 10:00:00.000000'), { kind: 'instant' }),
  );
  expect(settleDefault(literal(1), { kind: 'boolean' })).toEqual(literal(true));
});
