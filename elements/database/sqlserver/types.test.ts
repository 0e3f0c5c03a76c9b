import { describe, expect, test } from 'vitest';
import type { Column, ColumnType } from '../schema.ts';
import { normalise, types } from './types.ts';

const KINDS: [ColumnType, string][] = [
  [{ kind: 'text', length: 255 }, 'nvarchar(255)'],
  [{ kind: 'longText' }, 'nvarchar(max)'],
  [{ kind: 'integer' }, 'int'],
  [{ kind: 'bigint' }, 'bigint'],
  [{ kind: 'decimal', precision: 12, scale: 2 }, 'decimal(12,2)'],
  [{ kind: 'double' }, 'float'],
  [{ kind: 'boolean' }, 'bit'],
  [{ kind: 'date' }, 'date'],
  [{ kind: 'time' }, 'time(6)'],
  [{ kind: 'datetime' }, 'datetime2(6)'],
  [{ kind: 'instant' }, 'datetimeoffset(6)'],
  [{ kind: 'uuid' }, 'uniqueidentifier'],
  [{ kind: 'json' }, 'json'],
  [{ kind: 'binary' }, 'varbinary(max)'],
  [{ kind: 'native', native: 'hierarchyid' }, 'hierarchyid'],
];

test.each(KINDS)('%o is %s, both ways', (type, native) => {
  expect(types.native(type)).toBe(native);
  expect(types.logical(native)).toEqual(type);
  expect(normalise(native)).toBe(native);
});

test('types that share a spelling', () => {
  expect(types.native({ kind: 'text', length: null })).toBe('nvarchar(max)');
  expect(types.native({ kind: 'text', length: 4001 })).toBe('nvarchar(max)');
  expect(types.native({ kind: 'choice', options: ['a', 'b'] })).toBe('nvarchar(255)');
  expect(types.native({ kind: 'choice', options: ['x'.repeat(300)] })).toBe('nvarchar(300)');
});

test.each([
  ['NUMERIC(10, 2)', 'decimal(10,2)'],
  ['numeric', 'decimal(18,0)'],
  ['dec(9)', 'decimal(9,0)'],
  ['Integer', 'int'],
  ['datetime2', 'datetime2(7)'],
  ['time', 'time(7)'],
  ['float(53)', 'float'],
  ['float(24)', 'real'],
  ['NVARCHAR(MAX)', 'nvarchar(max)'],
  ['char', 'char(1)'],
  ['rowversion', 'timestamp'],
  ['national character varying(20)', 'nvarchar(20)'],
  ['[dbo].[Phone]', '[dbo].[Phone]'],
])('%s is normalised to %s', (written, native) => {
  expect(normalise(written)).toBe(native);
});

test.each<[string, ColumnType]>([
  ['tinyint', { kind: 'integer' }],
  ['money', { kind: 'decimal', precision: 19, scale: 4 }],
  ['real', { kind: 'double' }],
  ['varchar(max)', { kind: 'longText' }],
  ['nchar(2)', { kind: 'text', length: 2 }],
  ['ntext', { kind: 'longText' }],
  ['datetime', { kind: 'datetime' }],
  ['datetime2(3)', { kind: 'datetime' }],
  ['datetimeoffset(7)', { kind: 'instant' }],
  ['binary(16)', { kind: 'binary' }],
  ['xml', { kind: 'native', native: 'xml' }],
  ['[dbo].[Phone]', { kind: 'native', native: '[dbo].[Phone]' }],
])("other people's %s is %o", (native, type) => {
  expect(types.logical(native)).toEqual(type);
});

describe('narrowing', () => {
  const column = (native: string, nullable = true): Column => ({
    name: 'c',
    type: types.logical(native),
    native,
    nullable,
    default: null,
    generated: null,
    comment: null,
  });

  test.each([
    ['int', 'bigint', false],
    ['bigint', 'int', true],
    ['tinyint', 'smallint', false],
    ['bit', 'int', false],
    ['int', 'decimal(10,0)', false],
    ['int', 'decimal(9,0)', true],
    ['int', 'float', false],
    ['bigint', 'float', true],
    ['int', 'nvarchar(11)', false],
    ['int', 'nvarchar(10)', true],
    ['nvarchar(50)', 'nvarchar(100)', false],
    ['nvarchar(100)', 'nvarchar(50)', true],
    ['nvarchar(100)', 'nvarchar(max)', false],
    ['nvarchar(max)', 'nvarchar(100)', true],
    ['varchar(50)', 'nvarchar(50)', false],
    ['nvarchar(50)', 'varchar(50)', true],
    ['decimal(10,2)', 'decimal(12,2)', false],
    ['decimal(10,2)', 'decimal(10,4)', true],
    ['decimal(10,2)', 'nvarchar(12)', false],
    ['money', 'decimal(19,4)', false],
    ['real', 'float', false],
    ['float', 'real', true],
    ['date', 'datetime2(6)', false],
    ['datetime', 'datetime2(6)', false],
    ['datetime2(7)', 'datetime2(6)', true],
    ['datetime2(6)', 'datetimeoffset(6)', false],
    ['datetimeoffset(6)', 'datetime2(6)', true],
    ['json', 'nvarchar(max)', false],
    ['nvarchar(max)', 'json', true],
    ['ntext', 'nvarchar(max)', false],
    ['image', 'varbinary(max)', false],
    ['uniqueidentifier', 'nvarchar(36)', false],
    ['uniqueidentifier', 'nvarchar(35)', true],
    ['xml', 'xml', false],
    ['xml', 'nvarchar(max)', true],
  ])('%s to %s: %s', (from, to, narrows) => {
    expect(types.narrows(column(from), column(to))).toBe(narrows);
  });

  test('from nulls to none', () => {
    expect(types.narrows(column('int'), column('int', false))).toBe(true);
    expect(types.narrows(column('int', false), column('int'))).toBe(false);
  });
});

test('what does not carry over is said', () => {
  expect(types.loss({ kind: 'decimal', precision: 39, scale: 2 })).toMatch(/38/);
  expect(types.loss({ kind: 'text', length: 5000 })).toMatch(/nvarchar\(max\)/);
  expect(types.loss({ kind: 'json' })).toMatch(/2025/);
  expect(types.loss({ kind: 'instant' })).toBeNull();
});
