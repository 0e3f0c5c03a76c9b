import { describe, expect, it } from 'vitest';
import type { Column, ColumnType } from '../schema.ts';
import { bindValue } from './bind-value.ts';
import { globOf } from './spelling.ts';
import { normalise, types } from './types.ts';

const KINDS: ColumnType[] = [
  { kind: 'text', length: 160 },
  { kind: 'text', length: null },
  { kind: 'longText' },
  { kind: 'integer' },
  { kind: 'bigint' },
  { kind: 'decimal', precision: 10, scale: 2 },
  { kind: 'double' },
  { kind: 'boolean' },
  { kind: 'date' },
  { kind: 'time' },
  { kind: 'datetime' },
  { kind: 'instant' },
  { kind: 'uuid' },
  { kind: 'json' },
  { kind: 'binary' },
  { kind: 'native', native: 'MONEY' },
];
const column = (type: ColumnType, nullable = true): Column => ({
  name: 'c',
  type,
  native: types.native(type),
  nullable,
  default: null,
  generated: null,
  comment: null,
});

describe('types', () => {
  it.each(KINDS)('comes back as it went: $kind', (type) => {
    expect(types.logical(types.native(type))).toEqual(type);
    expect(normalise(types.native(type))).toBe(types.native(type));
  });

  it.each([
    ['nvarchar (160)', 'VARCHAR(160)'],
    ['numeric(10, 2)', 'DECIMAL(10,2)'],
    ['int', 'INTEGER'],
    ['double  precision', 'DOUBLE'],
    ['timestamp', 'DATETIME'],
    // another affinity: the same words would store another value
    ['json', 'JSON'],
    ['numeric', 'NUMERIC'],
    ['', ''],
  ])('gives types of one meaning one name: %s', (declared, name) => {
    expect(normalise(declared)).toBe(name);
  });

  it('tells what a change may lose', () => {
    const text = (length: number | null) => column({ kind: 'text', length });
    expect(types.narrows(text(10), text(20))).toBe(false);
    expect(types.narrows(text(20), text(10))).toBe(true);
    expect(types.narrows(column({ kind: 'integer' }), column({ kind: 'bigint' }))).toBe(false);
    expect(types.narrows(column({ kind: 'longText' }), column({ kind: 'integer' }))).toBe(true);
    expect(types.narrows(text(10), { ...text(10), nullable: false })).toBe(true);
    expect(types.loss({ kind: 'decimal', precision: 18, scale: 2 })).toMatch(/15 digits/u);
    expect(types.loss({ kind: 'decimal', precision: 15, scale: 2 })).toBeNull();
  });
});

describe('values', () => {
  it.each<[ColumnType, string | boolean, unknown]>([
    [{ kind: 'datetime' }, '2026-01-31T13:45:00.500', '2026-01-31 13:45:00.5'],
    [{ kind: 'datetime' }, '2026-01-31T13:45:00.000', '2026-01-31 13:45:00'],
    [{ kind: 'datetime' }, '2026-01-31T13:40:00', '2026-01-31 13:40:00'],
    [{ kind: 'instant' }, '2026-01-31T13:45:00.25Z', '2026-01-31 13:45:00.25'],
    [{ kind: 'boolean' }, true, 1],
    [{ kind: 'binary' }, '\\x00ff', Uint8Array.of(0, 255)],
    [{ kind: 'bigint' }, '9223372036854775807', '9223372036854775807'],
  ])('are stored in one form: %o', (type, value, stored) => {
    expect(bindValue(value, type)).toEqual(stored);
  });

  it('turns LIKE into GLOB', () => {
    expect(globOf('a%b_c')).toBe('a*b?c');
    expect(globOf('100\\% \\_ \\\\ [x] *?')).toBe('100% _ \\ [[]x] [*][?]');
    expect(globOf('\\*')).toBe('[*]');
  });
});
