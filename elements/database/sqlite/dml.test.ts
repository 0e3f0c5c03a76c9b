import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { emptySqlite } from '#test/support/empty-sqlite.ts';
import { sqliteTarget } from '#test/support/sqlite-target.ts';
import type { Session } from '../contract.ts';
import type { ColumnRef, Filter, Order, Projection, Value } from '../query.ts';
import type { ColumnType } from '../schema.ts';
import { engine } from './engine.ts';

let session: Session;
beforeAll(async () => {
  session = await engine.connect(sqliteTarget());
});
afterAll(() => session.close());
/** Every test begins with an empty database. */
afterEach(() => emptySqlite(session));

const run = async (sql: string) => (await session.run({ sql, parameters: [] })).rows;
const of = (column: string, kind: string = 'integer'): ColumnRef => ({ column, type: { kind } as ColumnType });
const field = (column: string, kind?: string, as = column): Projection => ({ as, column: of(column, kind) });
const ref = (table: string) => ({ schema: null, table });
const order = (column: string, direction: Order['direction'] = 'asc', nulls: Order['nulls'] = 'last'): Order => ({
  column: of(column),
  direction,
  nulls,
});
const select = (
  table: string,
  fields: Projection[],
  rest: { filter?: Filter; order?: Order[]; limit?: number; offset?: number; count?: boolean } = {},
) =>
  engine.select(session, {
    from: ref(table),
    fields,
    filter: null,
    order: [],
    limit: null,
    offset: 0,
    count: false,
    ...rest,
  });
const insert = (
  table: string,
  columns: ColumnRef[],
  rows: (Value | undefined)[][],
  returning: Projection[] | null = null,
) => engine.insert(session, { into: ref(table), columns, rows, returning, key: [], increment: null });

describe('values', () => {
  const CASES: [string, string, Value, string][] = [
    ['VARCHAR(20)', 'text', `quote " back \\ line \n 😀 '`, JSON.stringify(`quote " back \\ line \n 😀 '`)],
    ['VARCHAR(20)', 'text', '007', '"007"'],
    ['INTEGER', 'integer', -42, '-42'],
    ['BIGINT', 'bigint', '9223372036854775807', '9223372036854775807'],
    ['BIGINT', 'bigint', '-9223372036854775808', '-9223372036854775808'],
    ['DECIMAL(15,2)', 'decimal', '0.99', '0.99'],
    ['DECIMAL(15,2)', 'decimal', '1234567890123.45', '1234567890123.45'],
    ['DECIMAL(15,2)', 'decimal', '-0.07', '-0.07'],
    ['DOUBLE', 'double', 0.1, '0.1'],
    ['DOUBLE', 'double', 1.7976931348623157e308, '1.7976931348623157e+308'],
    ['BOOLEAN', 'boolean', true, 'true'],
    ['BOOLEAN', 'boolean', false, 'false'],
    ['DATE', 'date', '2026-01-31', '"2026-01-31"'],
    ['TIME', 'time', '13:45:00', '"13:45:00"'],
    ['DATETIME', 'datetime', '2026-01-31T13:45:00', '"2026-01-31T13:45:00"'],
    ['DATETIME', 'datetime', '2026-01-31T13:45:00.125', '"2026-01-31T13:45:00.125"'],
    ['TIMESTAMPTZ', 'instant', '2026-01-31T13:45:00Z', '"2026-01-31T13:45:00+00:00"'],
    ['UUID', 'uuid', '12345678-1234-4234-8234-123456789012', '"12345678-1234-4234-8234-123456789012"'],
    ['JSONTEXT', 'json', '{"a":[1,null,"x"],"n":12345678901234567890}', '{"a":[1,null,"x"],"n":12345678901234567890}'],
    ['JSONTEXT', 'json', '1.10', '1.10'],
    ['BLOB', 'binary', '\\x00ff10', '"\\\\x00ff10"'],
  ];

  it.each(CASES)('%s keeps %s %j', async (declared, kind, value, json) => {
    await run(`create table t (v ${declared})`);
    expect((await insert('t', [of('v', kind)], [[value]], [field('v', kind)])).body).toBe(`[{"v":${json}}]`);
    expect((await select('t', [field('v', kind)])).body).toBe(`[{"v":${json}}]`);
    const same = await select('t', [field('v', kind)], {
      filter: { op: 'eq', column: of('v', kind), value: value as string },
    });
    expect(same.rows).toBe(1);
  });

  it.each(CASES)('%s keeps a null', async (declared, kind) => {
    await run(`create table t (v ${declared})`);
    await insert('t', [of('v', kind)], [[null]]);
    expect((await select('t', [field('v', kind)])).body).toBe('[{"v":null}]');
  });

  it('reads what other programs write', async () => {
    await run('create table t (d DATETIME, i TIMESTAMPTZ, j JSON, n MONEY)');
    await run(`insert into t values ('2009-01-01 00:00:00', '2009-01-01 00:00:00Z', 'no json', x'0a')`);
    await run(`insert into t values ('2009-01-01T00:00:00', '2009-01-01T02:00:00+02:00', '{"a": 1}', 5)`);
    const { body } = await select('t', [
      field('d', 'datetime'),
      field('i', 'instant'),
      field('j', 'json'),
      field('n', 'native'),
    ]);
    expect(JSON.parse(body)).toEqual([
      { d: '2009-01-01T00:00:00', i: '2009-01-01T00:00:00+00:00', j: 'no json', n: '\\x0a' },
      { d: '2009-01-01T00:00:00', i: '2009-01-01T02:00:00+02:00', j: { a: 1 }, n: 5 },
    ]);
  });
});

describe('select', () => {
  const name = of('name', 'text');
  beforeEach(async () => {
    await run('create table artist (id integer primary key, name text)');
    await run(
      'create table album (id integer primary key, title text, artist_id int references artist (id), live boolean)',
    );
    await run(`insert into artist values (1, 'AC/DC'), (2, 'Zoë'), (3, null), (4, '100% *[x]?_')`);
    await run(`insert into album values (1, 'Back', 1, 0), (2, 'Aa', 1, 1), (3, 'Lost', null, null)`);
  });
  const ids = async (filter: Filter) =>
    (
      JSON.parse((await select('artist', [field('id')], { filter, order: [order('id')] })).body) as { id: number }[]
    ).map(({ id }) => id);

  it('filters', async () => {
    expect(await ids({ op: 'eq', column: of('id'), value: 2 })).toEqual([2]);
    expect(await ids({ op: 'in', column: name, values: ['Zoë', 'AC/DC'] })).toEqual([1, 2]);
    expect(await ids({ op: 'is', column: name, value: null })).toEqual([3]);
    expect(await ids({ op: 'not', of: { op: 'gte', column: of('id'), value: 3 } })).toEqual([1, 2]);
    expect(
      await ids({
        op: 'or',
        of: [
          { op: 'lt', column: of('id'), value: 2 },
          { op: 'gt', column: of('id'), value: 3 },
        ],
      }),
    ).toEqual([1, 4]);
  });

  it('matches with and without case', async () => {
    expect(await ids({ op: 'like', column: name, pattern: 'ac%' })).toEqual([]);
    expect(await ids({ op: 'like', column: name, pattern: 'AC_DC' })).toEqual([1]);
    expect(await ids({ op: 'ilike', column: name, pattern: 'ac%' })).toEqual([1]);
    for (const op of ['like', 'ilike'] as const) {
      expect(await ids({ op, column: name, pattern: '100\\% *[x]?\\_' })).toEqual([4]);
      expect(await ids({ op, column: name, pattern: '%*[x]?%' })).toEqual([4]);
      expect(await ids({ op, column: name, pattern: 'Z__' })).toEqual([2]);
    }
  });

  it('tests booleans', async () => {
    const is = (value: boolean) =>
      select('album', [field('id')], { filter: { op: 'is', column: of('live', 'boolean'), value } });
    expect((await is(true)).body).toBe('[{"id":2}]');
    expect((await is(false)).body).toBe('[{"id":1}]');
  });

  it('orders, pages and counts', async () => {
    const names = async (direction: Order['direction'], nulls: Order['nulls']) =>
      JSON.parse((await select('artist', [field('id')], { order: [order('name', direction, nulls)] })).body) as unknown;
    expect(await names('asc', 'last')).toEqual([{ id: 4 }, { id: 1 }, { id: 2 }, { id: 3 }]);
    expect(await names('desc', 'first')).toEqual([{ id: 3 }, { id: 2 }, { id: 1 }, { id: 4 }]);
    const page = await select('artist', [field('id')], {
      order: [order('id')],
      limit: 2,
      offset: 1,
      count: true,
      filter: { op: 'gt', column: of('id'), value: 0 },
    });
    expect(page).toEqual({ body: '[{"id":2},{"id":3}]', rows: 2, total: 4 });
    expect(await select('artist', [field('id')], { limit: 0 })).toEqual({ body: '[]', rows: 0, total: null });
  });

  it('embeds one and many', async () => {
    const artist: Projection = {
      as: 'artist',
      embed: {
        kind: 'one',
        from: ref('artist'),
        on: [{ outer: of('artist_id'), inner: of('id') }],
        fields: [field('name', 'text')],
        order: [],
      },
    };
    expect((await select('album', [field('title', 'text', 't"x'), artist], { order: [order('id')] })).body).toBe(
      `[{"t\\"x":"Back","artist":{"name":"AC/DC"}},{"t\\"x":"Aa","artist":{"name":"AC/DC"}},{"t\\"x":"Lost","artist":null}]`,
    );
    const albums: Projection = {
      as: 'albums',
      embed: {
        kind: 'many',
        from: ref('album'),
        on: [{ outer: of('id'), inner: of('artist_id') }],
        fields: [field('title', 'text'), field('live', 'boolean')],
        order: [of('title', 'text')],
      },
    };
    expect((await select('artist', [albums], { order: [order('id')], limit: 2 })).body).toBe(
      '[{"albums":[{"title":"Aa","live":true},{"title":"Back","live":false}]},{"albums":[]}]',
    );
    const written = await insert(
      'album',
      [of('title', 'text'), of('artist_id')],
      [['New', 2]],
      [field('title', 'text'), artist],
    );
    expect(written.body).toBe('[{"title":"New","artist":{"name":"Zoë"}}]');
  });

  it('embeds a table in itself', async () => {
    await run('create table staff (id integer primary key, boss int)');
    await run('insert into staff values (1, null), (2, 1)');
    const boss: Projection = {
      as: 'boss',
      embed: {
        kind: 'one',
        from: ref('staff'),
        on: [{ outer: of('boss'), inner: of('id') }],
        fields: [field('id')],
        order: [],
      },
    };
    const expected = '[{"id":1,"boss":null},{"id":2,"boss":{"id":1}}]';
    expect((await select('staff', [field('id'), boss], { order: [order('id')] })).body).toBe(expected);
    const all: Filter = { op: 'gt', column: of('id'), value: 0 };
    const updated = await engine.update(session, {
      table: ref('staff'),
      set: [{ column: of('id'), value: 2 }],
      filter: { op: 'eq', column: of('id'), value: 2 },
      returning: [field('id'), boss],
      key: [],
    });
    expect(updated.body).toBe('[{"id":2,"boss":{"id":1}}]');
    expect(
      (await engine.delete(session, { from: ref('staff'), filter: all, returning: [field('id')], key: [] })).rows,
    ).toBe(2);
  });
});

describe('writes', () => {
  beforeEach(async () => {
    await run(`create table t (id integer primary key, a text default 'none', b int unique)`);
  });
  const columns = [of('id'), of('a', 'text'), of('b')];

  it('inserts many rows in their order, each with its own defaults', async () => {
    const rows = [
      [5, 'x', 1],
      [undefined, undefined, 2],
      [9, undefined, 3],
      [7, 'y', undefined],
      [undefined, undefined, undefined],
    ];
    const { body, rows: count } = await insert('t', columns, rows, [field('id'), field('a', 'text'), field('b')]);
    expect(count).toBe(5);
    expect(JSON.parse(body)).toMatchObject([
      { id: 5, a: 'x' },
      { a: 'none', b: 2 },
      { id: 9, a: 'none' },
      { id: 7, b: null },
      { a: 'none', b: null },
    ]);
    expect(await insert('t', columns, [[20, 'z', 9]])).toEqual({ body: '[]', rows: 1, total: null });
  });

  it('inserts all rows or none', async () => {
    await expect(
      insert('t', columns, [
        [1, 'x', 1],
        [2, undefined, 2],
        [3, 'y', 1],
      ]),
    ).rejects.toMatchObject({ kind: 'unique', columns: ['b'] });
    expect((await select('t', [field('id')])).body).toBe('[]');
  });

  it('takes part in a transaction that is under way', async () => {
    await session.begin();
    await insert('t', columns, [
      [1, 'x', 1],
      [2, 'y', 2],
    ]);
    await session.rollback();
    expect((await select('t', [field('id')])).rows).toBe(0);
  });

  it('inserts thousands of rows at once', async () => {
    const rows = Array.from({ length: 5_000 }, (_, index) => [index + 1, `row ${index}`, index]);
    expect((await insert('t', columns, rows)).rows).toBe(5_000);
    expect(await engine.countRows(session, null, 't')).toBe(5_000);
  });

  it('updates and deletes what passes the filter', async () => {
    await insert('t', columns, [
      [1, 'x', 1],
      [2, 'y', 2],
    ]);
    const filter: Filter = { op: 'eq', column: of('id'), value: 2 };
    const set = [{ column: of('a', 'text'), value: null }];
    const update = { table: ref('t'), set, filter, key: [] };
    expect(await engine.update(session, { ...update, returning: null })).toEqual({ body: '[]', rows: 1, total: null });
    expect((await engine.update(session, { ...update, returning: [field('id'), field('a', 'text')] })).body).toBe(
      '[{"id":2,"a":null}]',
    );
    expect((await engine.delete(session, { from: ref('t'), filter, returning: null, key: [] })).rows).toBe(1);
    expect((await engine.delete(session, { from: ref('t'), filter, returning: [field('id')], key: [] })).body).toBe(
      '[]',
    );
  });
});
