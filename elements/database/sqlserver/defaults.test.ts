import { expect, test } from 'vitest';
import type { ColumnType, Default } from '../schema.ts';
import { readDefault, settleDefault, writeDefault } from './defaults.ts';

const literal = (value: string | number | boolean): Default => ({ kind: 'literal', value });

/** as sys.default_constraints spells what was written (Transact-SQL reference, sys.default_constraints) */
test.each<[string, ColumnType, Default | null]>([
  ['((0))', { kind: 'integer' }, literal(0)],
  ['((-1))', { kind: 'integer' }, literal(-1)],
  ['((9007199254740993.))', { kind: 'bigint' }, literal('9007199254740993')],
  ['((1.50))', { kind: 'decimal', precision: 5, scale: 2 }, literal(1.5)],
  ['((1))', { kind: 'boolean' }, literal(true)],
  ["(N'it''s (new)')", { kind: 'text', length: 20 }, literal("it's (new)")],
  ["('2026-01-31T10:00:00')", { kind: 'datetime' }, literal('2026-01-31T10:00:00')],
  ["(N'2026-01-31 10:00:00.500+00:00')", { kind: 'instant' }, literal('2026-01-31T10:00:00.5+00:00')],
  ['(getdate())', { kind: 'datetime' }, { kind: 'now' }],
  ['(sysutcdatetime())', { kind: 'instant' }, { kind: 'now' }],
  ['(CONVERT([date],getdate()))', { kind: 'date' }, { kind: 'now' }],
  ['(newid())', { kind: 'uuid' }, { kind: 'uuid' }],
  ['(newsequentialid())', { kind: 'uuid' }, { kind: 'uuid' }],
  ['(0xDEAD)', { kind: 'binary' }, literal('0xdead')],
  ['(NULL)', { kind: 'integer' }, null],
  ['(NEXT VALUE FOR [dbo].[s])', { kind: 'integer' }, { kind: 'expression', sql: '(NEXT VALUE FOR [dbo].[s])' }],
  ['((1)+(2))', { kind: 'integer' }, { kind: 'expression', sql: '((1)+(2))' }],
  ['(getdate())', { kind: 'text', length: 30 }, { kind: 'expression', sql: '(getdate())' }],
])('%s of %o is read as %o', (definition, type, value) => {
  expect(readDefault(definition, type)).toEqual(value);
});

test.each<[Default, ColumnType, string]>([
  [literal("it's"), { kind: 'text', length: 9 }, "N'it''s'"],
  [literal(true), { kind: 'boolean' }, '1'],
  [literal('12345678901234567890'), { kind: 'decimal', precision: 20, scale: 0 }, '12345678901234567890'],
  [literal('not a number'), { kind: 'integer' }, "N'not a number'"],
  [literal('\\xDEAD'), { kind: 'binary' }, '0xdead'],
  [literal('2026-01-31T10:00:00Z'), { kind: 'instant' }, "N'2026-01-31T10:00:00+00:00'"],
  [{ kind: 'now' }, { kind: 'date' }, 'sysutcdatetime()'],
  [{ kind: 'uuid' }, { kind: 'uuid' }, 'newid()'],
  [{ kind: 'expression', sql: '(getdate())' }, { kind: 'datetime' }, '(getdate())'],
])('%o of %o is written %s', (value, type, sql) => {
  expect(writeDefault(value, type)).toBe(sql);
});

test('what is written and read again is the same', () => {
  for (const [value, type] of [
    [literal('2026-01-31T10:00:00.250Z'), { kind: 'instant' }],
    [literal('A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'), { kind: 'uuid' }],
    [literal(0.1), { kind: 'double' }],
    [literal('5.500'), { kind: 'decimal', precision: 9, scale: 3 }],
  ] as const) {
    const settled = settleDefault(value, type);
    expect(readDefault(`(${writeDefault(value, type)})`, type)).toEqual(settled);
  }
});
