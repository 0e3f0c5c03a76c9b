import { expect, it } from 'vitest';
import type { ColumnRef, Select } from '../query.ts';
import { insert, remove, select, update } from './dml.ts';

const ref = (column: string, type: ColumnRef['type'] = { kind: 'integer' }): ColumnRef => ({ column, type });
const from = { schema: 's', table: 't' };
const one = (value: number, rest: Partial<Select> = {}): Select => ({
  from,
  fields: [{ as: 'Id', column: ref('id') }],
  filter: { op: 'eq', column: ref('id'), value },
  order: [],
  limit: null,
  offset: 0,
  count: false,
  ...rest,
});
const utc = { utc: true };

it('reads one row by its key with as little as there is', () => {
  expect(select(one(7), utc)).toEqual({
    sql: 'select row_to_json(r)::text as body from (select t."id" as "Id" from "s"."t" t where t."id" = $1) r',
    parameters: [7],
  });
});

it('gives the same text for the same shape, with no value in it', () => {
  const filter = (value: string, list: number[]): Select['filter'] => ({
    op: 'or',
    of: [
      { op: 'like', column: ref('name', { kind: 'text', length: null }), pattern: value },
      { op: 'in', column: ref('id'), values: list },
    ],
  });
  const secret = "'; drop table t --";
  const first = select(one(0, { filter: filter(secret, [1]), offset: 5, count: true }), utc);
  const second = select(one(0, { filter: filter('x', [1, 2, 3]), offset: 9, count: true }), utc);
  expect(first.sql).toBe(second.sql);
  expect(first.sql).not.toContain('drop');
  expect(first.parameters).toEqual([secret, '{"1"}', 5]);
});

it('spells instants in UTC where the session is elsewhere', () => {
  const at = one(1, { fields: [{ as: 'at', column: ref('at', { kind: 'instant' }) }] });
  expect(select(at, utc).sql).toContain('t."at" as "at"');
  expect(select(at, { utc: false }).sql).toContain("at time zone 'UTC'");
});

it('never passes the number of parameters that the protocol can count', () => {
  const columns = Array.from({ length: 400 }, (_, n) => ref(`c${n}`));
  const rows = Array.from({ length: 1_000 }, () => columns.map(() => 1));
  const statements = insert({ into: from, columns, rows, returning: null, key: [], increment: null }, utc);
  expect(statements.map(({ parameters }) => parameters.length / 400)).toEqual([163, 163, 163, 163, 163, 163, 22]);
});

it('writes defaults, changes and what they answer', () => {
  const returning = [{ as: 'id', column: ref('id') }];
  const body = ' returning (select row_to_json(r)::text from (select t."id" as "id") r) as body';
  const base = { into: from, columns: [ref('a'), ref('b')], key: [], increment: null };
  expect(insert({ ...base, rows: [[1, undefined]], returning }, utc)).toEqual([
    { sql: `insert into "s"."t" as t ("a", "b") values ($1, default)${body}`, parameters: [1] },
  ]);
  const filter = { op: 'is' as const, column: ref('a'), value: null };
  expect(update({ table: from, set: [{ column: ref('a'), value: 2 }], filter, returning, key: [] }, utc)).toEqual({
    sql: `update "s"."t" as t set "a" = $1 where t."a" is null${body}`,
    parameters: [2],
  });
  expect(remove({ from, filter, returning: null, key: [] }, utc)).toEqual({
    sql: 'delete from "s"."t" as t where t."a" is null',
    parameters: [],
  });
});
