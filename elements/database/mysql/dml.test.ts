import { describe, expect, test } from 'vitest';
import type { ColumnRef, Filter, Insert, Select } from '../query.ts';
import type { ColumnType } from '../schema.ts';
import {
  countRows,
  deleteByKeys,
  deleteRows,
  insertRows,
  lockKeys,
  selectByKeys,
  selectRows,
  updateRows,
} from './dml.ts';

const UTC = '+00:00';
const ref = (column: string, type: ColumnType): ColumnRef => ({ column, type });
const id = ref('id', { kind: 'bigint' });
const name = ref('name', { kind: 'text', length: 50 });
const paid = ref('paid', { kind: 'boolean' });
const at = ref('at', { kind: 'instant' });
const price = ref('price', { kind: 'decimal', precision: 12, scale: 2 });

const query = (more: Partial<Select> = {}): Select => ({
  from: { schema: null, table: 'bill' },
  fields: [{ as: 'id', column: id }],
  filter: null,
  order: [],
  limit: null,
  offset: 0,
  count: false,
  ...more,
});

const filtered = (filter: Filter) => {
  const { sql, parameters } = selectRows(query({ filter }), UTC);
  return [sql.replace(/.* where /, ''), parameters];
};

describe('select', () => {
  test('a row is written as JSON by the server', () => {
    const { sql, parameters } = selectRows(
      query({
        fields: [
          { as: 'a"b', column: id },
          { as: 'paid', column: paid },
          { as: "it's", column: name },
        ],
      }),
      UTC,
    );
    expect(sql).toBe(
      "select concat('{\"a\\\\\"b\":', ifnull(`t`.`id`, 'null'), ',\"paid\":', " +
        "case when `t`.`paid` is null then 'null' when `t`.`paid` then 'true' else 'false' end, " +
        "',\"it''s\":', ifnull(json_quote(convert(`t`.`name` using utf8mb4)), 'null'), '}') as j from `bill` as `t`",
    );
    expect(parameters).toEqual([]);
  });

  test('order and page', () => {
    const { sql, parameters } = selectRows(
      query({
        order: [
          { column: name, direction: 'asc', nulls: 'last' },
          { column: at, direction: 'desc', nulls: 'first' },
          { column: id, direction: 'asc', nulls: 'first' },
        ],
        limit: 5,
        offset: 10,
      }),
      UTC,
    );
    expect(sql).toMatch(
      / order by `t`\.`name` is null, `t`\.`name` asc, `t`\.`at` is null desc, `t`\.`at` desc, `t`\.`id` asc limit \? offset \?$/,
    );
    expect(parameters).toEqual([5, 10]);
    expect(selectRows(query({ offset: 3 }), UTC).sql).toMatch(/limit 18446744073709551615 offset \?$/);
  });

  test('no name breaks out of its quotes', () => {
    const wild = ref('a`; drop', { kind: 'integer' });
    const { sql } = selectRows(
      query({ from: { schema: 'x`y', table: 't`' }, fields: [{ as: 'x', column: wild }] }),
      UTC,
    );
    expect(sql).toContain('`t`.`a``; drop`');
    expect(sql).toContain('from `x``y`.`t``` as `t`');
  });

  test('embedded rows are subqueries', () => {
    const on = [{ outer: ref('rep', { kind: 'bigint' }), inner: id }];
    const from = { schema: null, table: 'person' };
    const inner = { from, on, fields: [{ as: 'id', column: id }], order: [id] };
    const { sql } = selectRows(
      query({
        fields: [
          { as: 'one', embed: { kind: 'one', ...inner } },
          { as: 'many', embed: { kind: 'many', ...inner } },
        ],
      }),
      UTC,
    );
    expect(sql).toContain(
      "ifnull((select concat('{\"id\":', ifnull(`e0`.`id`, 'null'), '}') from `person` as `e0` where `e0`.`id` = `t`.`rep` limit 1), 'null')",
    );
    expect(sql).toContain(
      "order by `e1`.`id` separator ','), ''), ']') from `person` as `e1` where `e1`.`id` = `t`.`rep`)",
    );
  });

  test('a count has the same condition and nothing else', () => {
    const filter: Filter = { op: 'eq', column: name, value: 'x' };
    expect(countRows(query({ filter, limit: 5 }), UTC)).toEqual({
      sql: 'select count(*) as total from `bill` as `t` where `t`.`name` = ?',
      parameters: ['x'],
    });
  });
});

describe('filters', () => {
  test.each<[Filter, string, unknown[]]>([
    [{ op: 'eq', column: id, value: '9007199254740993' }, '`t`.`id` = ?', ['9007199254740993']],
    [{ op: 'gt', column: price, value: '1.005' }, '`t`.`price` > cast(? as decimal(65,30))', ['1.005']],
    [{ op: 'eq', column: paid, value: true }, '`t`.`paid` = ?', [1]],
    [{ op: 'is', column: paid, value: false }, '`t`.`paid` is false', []],
    [{ op: 'is', column: name, value: null }, '`t`.`name` is null', []],
    [{ op: 'lt', column: at, value: '2026-01-31T10:00:00.5Z' }, '`t`.`at` < ?', ['2026-01-31 10:00:00.5']],
    [{ op: 'in', column: name, values: ['a', 'b'] }, '`t`.`name` in (?, ?)', ['a', 'b']],
    [{ op: 'in', column: name, values: [] }, '1 = 0', []],
    [{ op: 'eq', column: ref('raw', { kind: 'binary' }), value: '\\x00ff' }, '`t`.`raw` = ?', [Buffer.from([0, 255])]],
    [
      { op: 'like', column: name, pattern: 'A%' },
      "convert(`t`.`name` using utf8mb4) collate utf8mb4_bin like ? escape '\\\\'",
      ['A%'],
    ],
  ])('%o', (filter, sql, parameters) => {
    expect(filtered(filter)).toEqual([sql, parameters]);
  });

  test('the same shape gives the same text', () => {
    const shape = (value: string) =>
      selectRows(query({ filter: { op: 'eq', column: name, value }, limit: 1 }), UTC).sql;
    expect(shape("'; drop table bill; --")).toBe(shape('x'));
  });

  test('instants are turned where the session is not in UTC', () => {
    const filter: Filter = { op: 'eq', column: at, value: '2026-01-31T10:00:00Z' };
    const { sql } = selectRows(query({ fields: [{ as: 'at', column: at }], filter }), '+05:00');
    expect(sql).toContain("convert_tz(`t`.`at`, @@session.time_zone, '+00:00')");
    expect(sql).toContain("`t`.`at` = convert_tz(?, '+00:00', @@session.time_zone)");
  });
});

describe('writes', () => {
  const insert: Insert = {
    into: { schema: null, table: 'bill' },
    columns: [name, paid],
    rows: [
      ['a', true],
      [null, undefined],
    ],
    returning: null,
    key: [id],
    increment: id,
  };

  test('insert', () => {
    expect(insertRows(insert, null, UTC)).toEqual({
      sql: 'insert into `bill` (`name`, `paid`) values (?, ?), (?, default)',
      parameters: ['a', 1, null],
    });
    expect(insertRows(insert, [{ as: 'id', column: id }], UTC).sql).toMatch(
      / returning concat\('\{"id":', ifnull\(`id`, 'null'\), '\}'\) as j$/,
    );
    expect(insertRows({ ...insert, columns: [], rows: [[], []] }, null, UTC).sql).toBe(
      'insert into `bill` () values (), ()',
    );
  });

  test('update and delete', () => {
    const filter: Filter = { op: 'eq', column: name, value: 'a' };
    const table = { schema: null, table: 'bill' };
    const update = { table, set: [{ column: paid, value: null }], filter, returning: null, key: [id] };
    expect(updateRows(update, UTC)).toEqual({
      sql: 'update `bill` set `paid` = ? where `name` = ?',
      parameters: [null, 'a'],
    });
    const remove = { from: table, filter, returning: null, key: [id] };
    expect(deleteRows(remove, null, UTC).sql).toBe('delete from `bill` where `name` = ?');
  });

  test('rows are found again by their keys', () => {
    const table = { schema: null, table: 'bill' };
    const fields = [{ as: 'id', column: id }];
    expect(lockKeys(table, [id], { op: 'eq', column: name, value: 'a' }, UTC).sql).toBe(
      'select cast(`id` as char) as k0 from `bill` where `name` = ? for update',
    );
    expect(selectByKeys(table, fields, [id], [['1'], ['2']], UTC)).toMatchObject({
      sql: expect.stringMatching(/ where `t`\.`id` in \(\?, \?\) order by `t`\.`id`$/),
      parameters: ['1', '2'],
    });
    const pair = { from: table, filter: { op: 'and' as const, of: [] }, returning: null, key: [id, name] };
    expect(
      deleteByKeys(
        pair,
        [
          ['1', 'a'],
          ['2', 'b'],
        ],
        UTC,
      ),
    ).toEqual({
      sql: 'delete from `bill` where (`id` = ? and `name` = ?) or (`id` = ? and `name` = ?)',
      parameters: ['1', 'a', '2', 'b'],
    });
  });
});
