import { describe, expect, test } from 'vitest';
import type { Column, ColumnType } from '../schema.ts';
import { logicalOf, nativeOf, normalise, types } from './types.ts';

const KINDS: [ColumnType, string][] = [
  [{ kind: 'text', length: 255 }, 'varchar(255)'],
  [{ kind: 'integer' }, 'int'],
  [{ kind: 'bigint' }, 'bigint'],
  [{ kind: 'decimal', precision: 12, scale: 2 }, 'decimal(12,2)'],
  [{ kind: 'double' }, 'double'],
  [{ kind: 'boolean' }, 'tinyint(1)'],
  [{ kind: 'date' }, 'date'],
  [{ kind: 'time' }, 'time(6)'],
  [{ kind: 'datetime' }, 'datetime(6)'],
  [{ kind: 'uuid' }, 'char(36)'],
  [{ kind: 'json' }, 'json'],
  [{ kind: 'binary' }, 'longblob'],
  [{ kind: 'longText' }, 'longtext'],
  [{ kind: 'native', native: 'inet6' }, 'inet6'],
];

test.each(KINDS)('%o is %s, both ways', (type, native) => {
  expect(types.native(type)).toBe(native);
  expect(types.logical(native)).toEqual(type);
  expect(normalise(native)).toBe(native);
});

test('types that share a spelling', () => {
  expect(nativeOf({ kind: 'instant' })).toBe('datetime(6)');
  expect(nativeOf({ kind: 'text', length: null })).toBe('longtext');
  expect(nativeOf({ kind: 'text', length: 20_000 })).toBe('longtext');
  expect(nativeOf({ kind: 'choice', options: ['a', 'b'] })).toBe('varchar(255)');
  expect(nativeOf({ kind: 'choice', options: ['x'.repeat(300)] })).toBe('varchar(300)');
});

test.each([
  ['int(11)', 'int'],
  ['INT(10) UNSIGNED', 'int unsigned'],
  ['bigint(20) unsigned', 'bigint unsigned'],
  ['bigint unsigned', 'bigint unsigned'],
  ['tinyint(1)', 'tinyint(1)'],
  ['tinyint(4)', 'tinyint'],
  ['tinyint(1) unsigned', 'tinyint unsigned'],
  ['int(5) unsigned zerofill', 'int(5) unsigned zerofill'],
  ['year(4)', 'year'],
  ['decimal(10, 2)', 'decimal(10,2)'],
  ["enum('A','b,C','it''s')", "enum('A','b,C','it''s')"],
])('%s is normalised to %s', (reported, native) => {
  expect(normalise(reported)).toBe(native);
});

test.each<[string, ColumnType]>([
  ['smallint', { kind: 'integer' }],
  ['int unsigned', { kind: 'bigint' }],
  ['bigint unsigned', { kind: 'decimal', precision: 20, scale: 0 }],
  ['int(5) unsigned zerofill', { kind: 'native', native: 'int(5) unsigned zerofill' }],
  ['bit(1)', { kind: 'boolean' }],
  ['bit(8)', { kind: 'native', native: 'bit(8)' }],
  ['float', { kind: 'double' }],
  ['text', { kind: 'longText' }],
  ['char(2)', { kind: 'text', length: 2 }],
  ['uuid', { kind: 'uuid' }],
  ['timestamp', { kind: 'instant' }],
  ['datetime(3)', { kind: 'datetime' }],
  ['varbinary(16)', { kind: 'binary' }],
  ["enum('a','it''s')", { kind: 'choice', options: ['a', "it's"] }],
  ["set('a','b')", { kind: 'native', native: "set('a','b')" }],
  ['geometry', { kind: 'native', native: 'geometry' }],
])("other people's %s is %o", (native, type) => {
  expect(logicalOf(native)).toEqual(type);
});

describe('narrowing', () => {
  const column = (native: string): Column => ({
    name: 'c',
    type: logicalOf(native),
    native,
    nullable: true,
    default: null,
    generated: null,
    comment: null,
  });

  test.each([
    ['int', 'bigint', false],
    ['bigint', 'int', true],
    ['int unsigned', 'int', true],
    ['int unsigned', 'bigint', false],
    ['int', 'int unsigned', true],
    ['int', 'decimal(10,0)', false],
    ['int', 'decimal(9,2)', true],
    ['int', 'double', false],
    ['bigint', 'double', true],
    ['int', 'varchar(11)', false],
    ['int', 'varchar(10)', true],
    ['varchar(50)', 'varchar(100)', false],
    ['varchar(100)', 'varchar(50)', true],
    ['varchar(100)', 'longtext', false],
    ['longtext', 'varchar(100)', true],
    ['varchar(100)', 'int', true],
    ['decimal(10,2)', 'decimal(12,2)', false],
    ['decimal(10,2)', 'decimal(10,4)', true],
    ['decimal(10,2)', 'varchar(12)', false],
    ['float', 'double', false],
    ['double', 'float', true],
    ['date', 'datetime(6)', false],
    ['datetime(6)', 'date', true],
    ['datetime(6)', 'datetime(3)', true],
    ['timestamp(6)', 'datetime(6)', false],
    ['datetime(6)', 'timestamp(6)', true],
    ['json', 'longtext', false],
    ['longtext', 'json', true],
    ['blob', 'longblob', false],
    ['char(36)', 'varchar(36)', false],
    ["enum('a')", 'varchar(255)', true],
    ['geometry', 'geometry', false],
  ])('%s to %s: %s', (from, to, narrows) => {
    expect(types.narrows(column(from), column(to))).toBe(narrows);
  });
});

test('what does not carry over is said', () => {
  expect(types.loss({ kind: 'instant' })).toMatch(/UTC/);
  expect(types.loss({ kind: 'decimal', precision: 70, scale: 2 })).toMatch(/65/);
  expect(types.loss({ kind: 'integer' })).toBeNull();
});
