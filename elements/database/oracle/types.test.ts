import { describe, expect, test } from 'vitest';
import type { Column, ColumnType } from '../schema.ts';
import { normalise, types } from './types.ts';

const KINDS: [ColumnType, string][] = [
  [{ kind: 'text', length: 255 }, 'varchar2(255 char)'],
  [{ kind: 'longText' }, 'clob'],
  [{ kind: 'integer' }, 'number(10,0)'],
  [{ kind: 'bigint' }, 'number(19,0)'],
  [{ kind: 'decimal', precision: 12, scale: 2 }, 'number(12,2)'],
  [{ kind: 'decimal', precision: 38, scale: 19 }, 'number'],
  [{ kind: 'double' }, 'binary_double'],
  [{ kind: 'boolean' }, 'number(1,0)'],
  [{ kind: 'time' }, 'interval day(0) to second(6)'],
  [{ kind: 'datetime' }, 'timestamp(6)'],
  [{ kind: 'instant' }, 'timestamp(6) with time zone'],
  [{ kind: 'uuid' }, 'raw(16)'],
  [{ kind: 'json' }, 'clob is json'],
  [{ kind: 'binary' }, 'blob'],
  [{ kind: 'native', native: 'interval year(2) to month' }, 'interval year(2) to month'],
];

test.each(KINDS)('%o is %s, both ways', (type, native) => {
  expect(types.native(type)).toBe(native);
  expect(types.logical(native)).toEqual(type);
  expect(normalise(native)).toBe(native);
});

test('types that share a spelling', () => {
  expect(types.native({ kind: 'date' })).toBe('date');
  expect(types.native({ kind: 'text', length: null })).toBe('clob');
  expect(types.native({ kind: 'text', length: 4_001 })).toBe('clob');
  expect(types.native({ kind: 'choice', options: ['a', 'b'] })).toBe('varchar2(255 char)');
  expect(types.native({ kind: 'choice', options: ['x'.repeat(300)] })).toBe('varchar2(300 char)');
});

test.each([
  ['NUMERIC(10, 2)', 'number(10,2)'],
  ['decimal(9)', 'number(9,0)'],
  ['INTEGER', 'number(38,0)'],
  ['VARCHAR2(20)', 'varchar2(20 byte)'],
  ['varchar(20 CHAR)', 'varchar2(20 char)'],
  ['char(3)', 'char(3 byte)'],
  ['NVARCHAR2(20)', 'nvarchar2(20)'],
  ['timestamp', 'timestamp(6)'],
  ['TIMESTAMP ( 3 )  WITH TIME ZONE', 'timestamp(3) with time zone'],
  ['double precision', 'float(126)'],
  ['real', 'float(63)'],
])('%s is normalised to %s', (written, native) => {
  expect(normalise(written)).toBe(native);
});

test.each<[string, ColumnType]>([
  ['date', { kind: 'datetime' }],
  ['number(5,0)', { kind: 'integer' }],
  ['number(18,0)', { kind: 'bigint' }],
  ['number(38,0)', { kind: 'decimal', precision: 38, scale: 0 }],
  ['number(3,-2)', { kind: 'native', native: 'number(3,-2)' }],
  ['number(2,5)', { kind: 'native', native: 'number(2,5)' }],
  ['float(126)', { kind: 'double' }],
  ['binary_float', { kind: 'double' }],
  ['char(3 byte)', { kind: 'text', length: 3 }],
  ['nchar(3)', { kind: 'text', length: 3 }],
  ['nclob', { kind: 'longText' }],
  ['raw(2000)', { kind: 'binary' }],
  ['timestamp(9)', { kind: 'datetime' }],
  ['timestamp(3) with local time zone', { kind: 'instant' }],
  ['xmltype', { kind: 'native', native: 'xmltype' }],
])("other people's %s is %o", (native, type) => {
  expect(types.logical(native)).toEqual(type);
});

describe('narrowing', () => {
  const column = (native: string): Column => ({
    name: 'c',
    type: types.logical(native),
    native,
    nullable: true,
    default: null,
    generated: null,
    comment: null,
  });

  test.each([
    ['number(10,0)', 'number(19,0)', false],
    ['number(19,0)', 'number(10,0)', true],
    ['number(10,2)', 'number(12,2)', false],
    ['number(10,2)', 'number(10,4)', true],
    ['number(10,2)', 'number', false],
    ['number', 'number(10,2)', true],
    ['number(10,0)', 'varchar2(12 char)', false],
    ['number(10,0)', 'varchar2(11 char)', true],
    ['varchar2(50 char)', 'varchar2(100 char)', false],
    ['varchar2(100 char)', 'varchar2(50 char)', true],
    ['varchar2(50 byte)', 'varchar2(50 char)', false],
    ['varchar2(50 char)', 'varchar2(50 byte)', true],
    ['varchar2(50 char)', 'clob', false],
    ['clob', 'varchar2(50 char)', true],
    ['clob is json', 'clob', false],
    ['clob', 'clob is json', true],
    ['date', 'timestamp(6)', false],
    ['timestamp(6)', 'date', true],
    ['raw(16)', 'varchar2(36 char)', false],
    ['raw(16)', 'varchar2(35 char)', true],
    ['blob', 'blob', false],
  ])('%s to %s: %s', (from, to, narrows) => {
    expect(types.narrows(column(from), column(to))).toBe(narrows);
  });
});

test('what does not carry over is said', () => {
  expect(types.loss({ kind: 'decimal', precision: 39, scale: 2 })).toMatch(/38/);
  expect(types.loss({ kind: 'text', length: 5_000 })).toMatch(/clob/);
  expect(types.loss({ kind: 'text', length: 2_000 })).toMatch(/4000 bytes/);
  expect(types.loss({ kind: 'text', length: 1_000 })).toBeNull();
  expect(types.loss({ kind: 'instant' })).toMatch(/primary key/);
  expect(types.loss({ kind: 'bigint' })).toBeNull();
});
