import { describe, expect, it } from 'vitest';
import type { Column, ColumnType } from '../schema.ts';
import { readDefault, spellDefault } from './defaults.ts';
import { types } from './types.ts';

const ALL: [ColumnType, string][] = [
  [{ kind: 'text', length: 255 }, 'character varying(255)'],
  [{ kind: 'text', length: null }, 'text'],
  [{ kind: 'integer' }, 'integer'],
  [{ kind: 'bigint' }, 'bigint'],
  [{ kind: 'decimal', precision: 12, scale: 2 }, 'numeric(12,2)'],
  [{ kind: 'decimal', precision: 1000, scale: 500 }, 'numeric'],
  [{ kind: 'double' }, 'double precision'],
  [{ kind: 'boolean' }, 'boolean'],
  [{ kind: 'date' }, 'date'],
  [{ kind: 'time' }, 'time without time zone'],
  [{ kind: 'datetime' }, 'timestamp without time zone'],
  [{ kind: 'instant' }, 'timestamp with time zone'],
  [{ kind: 'uuid' }, 'uuid'],
  [{ kind: 'json' }, 'jsonb'],
  [{ kind: 'binary' }, 'bytea'],
  [{ kind: 'native', native: 'inet' }, 'inet'],
  [{ kind: 'native', native: 'time with time zone' }, 'time with time zone'],
];

describe('types', () => {
  it.each(ALL)('%j is %s, and back', (type, native) => {
    expect(types.native(type)).toBe(native);
    expect(types.logical(native)).toEqual(type);
  });

  it.each<[string, ColumnType]>([
    ['character varying', { kind: 'text', length: null }],
    ['character(2)', { kind: 'text', length: 2 }],
    ['smallint', { kind: 'integer' }],
    ['real', { kind: 'double' }],
    ['json', { kind: 'json' }],
    ['timestamp(3) with time zone', { kind: 'instant' }],
    ['time(0) without time zone', { kind: 'time' }],
    ['time(0) with time zone', { kind: 'native', native: 'time(0) with time zone' }],
    ['integer[]', { kind: 'native', native: 'integer[]' }],
    ['character varying(9)[]', { kind: 'native', native: 'character varying(9)[]' }],
    ['bit(3)', { kind: 'native', native: 'bit(3)' }],
    ['"My type"', { kind: 'native', native: '"My type"' }],
  ])('reads %s', (native, type) => {
    expect(types.logical(native)).toEqual(type);
  });

  it.each([
    ['int4[]', 'integer[]'],
    ['timestamptz(3)', 'timestamp(3) with time zone'],
    ['VARCHAR(9)[][]', 'character varying(9)[]'],
    ['numeric(9, 2)[]', 'numeric(9,2)[]'],
    ['"My type"', '"My type"'],
    ['public.citext', 'public.citext'],
    ['tsvector', 'tsvector'],
  ])('spells the native type %s as the server does: %s', (native, settled) => {
    expect(types.native({ kind: 'native', native })).toBe(settled);
  });

  it('says what does not carry over', () => {
    expect(types.loss({ kind: 'decimal', precision: 1001, scale: 0 })).toContain('1000');
    expect(types.loss({ kind: 'choice', options: ['a'] })).toContain('not by the database');
    expect(types.loss({ kind: 'uuid' })).toBeNull();
  });
});

describe('narrows', () => {
  const column = (native: string, nullable = true): Column => ({
    name: 'c',
    type: types.logical(native),
    native,
    nullable,
    default: null,
    generated: null,
    comment: null,
  });

  it.each([
    ['integer', 'bigint', false],
    ['bigint', 'integer', true],
    ['integer', 'numeric(10,0)', false],
    ['integer', 'numeric(10,2)', true],
    ['bigint', 'double precision', true],
    ['numeric(10,2)', 'numeric(12,2)', false],
    ['numeric(10,2)', 'numeric(12,4)', false],
    ['numeric(10,2)', 'numeric(11,4)', true],
    ['numeric', 'numeric(30,2)', true],
    ['numeric(30,2)', 'numeric', false],
    ['character varying(20)', 'character varying(30)', false],
    ['character varying(30)', 'character varying(20)', true],
    ['text', 'character varying(20)', true],
    ['character varying', 'text', false],
    ['jsonb', 'text', false],
    ['text', 'jsonb', true],
    ['date', 'timestamp without time zone', false],
    ['timestamp without time zone', 'date', true],
    ['inet', 'inet', false],
  ])('%s to %s: %s', (from, to, expected) => {
    expect(types.narrows(column(from), column(to))).toBe(expected);
  });

  it('a column that takes no nulls any more', () => {
    expect(types.narrows(column('text', true), column('text', false))).toBe(true);
    expect(types.narrows(column('text', false), column('text', true))).toBe(false);
  });
});

describe('defaults', () => {
  it.each<[string, string, ReturnType<typeof readDefault>]>([
    ["'a'::character varying", 'text', { kind: 'literal', value: 'a' }],
    ["'it''s ::text'::text", 'text', { kind: 'literal', value: "it's ::text" }],
    ["('x'::character varying(10))::text", 'text', { kind: 'literal', value: 'x' }],
    ['\'happy\'::office."My mood"', 'text', { kind: 'literal', value: 'happy' }],
    ["'-5'::integer", 'integer', { kind: 'literal', value: -5 }],
    ['(0)::numeric', 'numeric(10,2)', { kind: 'literal', value: '0' }],
    ['true', 'boolean', { kind: 'literal', value: true }],
    ['now()', 'timestamp with time zone', { kind: 'now' }],
    ['CURRENT_TIMESTAMP', 'timestamp with time zone', { kind: 'now' }],
    ["timezone('utc'::text, now())", 'timestamp without time zone', { kind: 'now' }],
    ["(now() AT TIME ZONE 'utc'::text)", 'timestamp without time zone', { kind: 'now' }],
    ['(now())::date', 'date', { kind: 'now' }],
    ['gen_random_uuid()', 'uuid', { kind: 'uuid' }],
    ['extensions.uuid_generate_v4()', 'uuid', { kind: 'uuid' }],
    ['NULL::character varying', 'text', null],
    ["('a'::text || 'b'::text)", 'text', { kind: 'expression', sql: "('a'::text || 'b'::text)" }],
    ["nextval('other'::regclass)", 'integer', { kind: 'expression', sql: "nextval('other'::regclass)" }],
  ])('reads %s of %s', (sql, native, expected) => {
    expect(readDefault(sql, types.logical(native))).toEqual(expected);
  });

  it('settles what a model says as the server says it', () => {
    const settle = (value: string | number | boolean, native: string) =>
      types.settleDefault({ kind: 'literal', value }, types.logical(native));
    expect(settle('5', 'integer')).toEqual({ kind: 'literal', value: 5 });
    expect(settle(1.5, 'numeric(10,2)')).toEqual({ kind: 'literal', value: '1.5' });
    expect(settle('{"b": 1, "a": 2}', 'jsonb')).toEqual({ kind: 'literal', value: '{"a":2,"b":1}' });
    expect(settle('2026-01-31 13:45:00.500', 'timestamp without time zone')).toEqual({
      kind: 'literal',
      value: '2026-01-31T13:45:00.5',
    });
    expect(settle('2026-01-31T13:45:00+00:00', 'timestamp with time zone')).toEqual({
      kind: 'literal',
      value: '2026-01-31T13:45:00Z',
    });
  });

  it('spells the present moment as the type has it, and quotes literals', () => {
    expect(spellDefault({ kind: 'now' }, { kind: 'date' })).toBe('CURRENT_DATE');
    expect(spellDefault({ kind: 'now' }, { kind: 'datetime' })).toBe('LOCALTIMESTAMP');
    expect(spellDefault({ kind: 'now' }, { kind: 'instant' })).toBe('CURRENT_TIMESTAMP');
    expect(spellDefault({ kind: 'literal', value: "'; drop" }, { kind: 'longText' })).toBe("'''; drop'");
  });
});
