import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { mysqlServers } from '#test/support/mysql-servers.ts';
import type { ServerUnderTest } from '#test/support/mysql-servers.ts';
import { mysqlTarget } from '#test/support/mysql-target.ts';
import type { Session } from '../contract.ts';
import type { ColumnRef, Filter, Insert, Order, Projection, Select, Value } from '../query.ts';
import type { ColumnType } from '../schema.ts';
import { engine } from './engine.ts';
import { nativeOf } from './types.ts';

const ref = (column: string, type: ColumnType): ColumnRef => ({ column, type });
const field = (column: ColumnRef, as = column.column): Projection => ({ as, column });
const table = (name: string) => ({ schema: null, table: name });

const id = ref('id', { kind: 'bigint' });
const TYPES: ColumnType[] = [
  { kind: 'text', length: 200 },
  { kind: 'longText' },
  { kind: 'integer' },
  { kind: 'bigint' },
  { kind: 'decimal', precision: 65, scale: 30 },
  { kind: 'double' },
  { kind: 'boolean' },
  { kind: 'date' },
  { kind: 'time' },
  { kind: 'datetime' },
  { kind: 'instant' },
  { kind: 'uuid' },
  { kind: 'json' },
  { kind: 'binary' },
  { kind: 'choice', options: ['a', 'b'] },
];
/** What other people keep instants in; ours are a `datetime` in the session's zone. */
const stamp = ref('stamp', { kind: 'instant' });
const columns = Object.fromEntries(TYPES.map((type) => [type.kind, ref(`c_${type.kind}`, type)])) as Record<
  ColumnType['kind'],
  ColumnRef
>;

describe.each(mysqlServers)('on %s', (_name, start) => {
  let server: ServerUnderTest;
  let session: Session;

  beforeAll(async () => {
    server = await start();
    const own = TYPES.map((type) => `c_${type.kind} ${nativeOf(type)} NULL`).join(', ');
    await server.execute(
      `CREATE TABLE all_types (id bigint AUTO_INCREMENT PRIMARY KEY, stamp timestamp(6) NULL, ${own})`,
    );
    await server.execute(
      'CREATE TABLE person (id bigint PRIMARY KEY, name varchar(50) COLLATE utf8mb4_bin, boss bigint)',
    );
    await server.execute('CREATE TABLE seat (line int, no varchar(5), who varchar(50), PRIMARY KEY (line, no))');
    await server.execute('CREATE TABLE badge (id char(36) PRIMARY KEY DEFAULT (uuid()), name varchar(50) NOT NULL)');
    await server.execute('CREATE TABLE note (line varchar(50))');
    session = await connect();
  });

  afterAll(async () => {
    await session?.close();
    await server?.stop();
  });

  beforeEach(async () => {
    for (const name of ['all_types', 'person', 'seat', 'badge', 'note']) await server.execute(`TRUNCATE ${name}`);
  });

  const connect = (options = {}) =>
    engine.connect(mysqlTarget({ ...server, ip: server.host, database: server.database, options }));

  const select = (more: Partial<Select>, own = session) =>
    engine.select(own, {
      from: table('all_types'),
      fields: [field(id)],
      filter: null,
      order: [{ column: id, direction: 'asc', nulls: 'last' }],
      limit: null,
      offset: 0,
      count: false,
      ...more,
    });

  const insert = (more: Partial<Insert>, own = session) =>
    engine.insert(own, {
      into: table('all_types'),
      columns: [],
      rows: [[]],
      returning: null,
      key: [id],
      increment: id,
      ...more,
    });

  /** A session as on a server that gives nothing back. */
  async function withoutReturning(): Promise<Session> {
    const own = await connect();
    const returning = { insert: false, update: false, delete: false };
    return Object.assign(own, { capabilities: { ...own.capabilities, returning } });
  }

  describe('values', () => {
    /** The text that stands in the JSON for a value that was written. */
    async function roundTrip(column: ColumnRef, value: Value): Promise<string> {
      const { body } = await insert({ columns: [column], rows: [[value]], returning: [field(column, 'v')] });
      return /^\[\{"v":(.*)\}\]$/s.exec(body)?.[1] ?? body;
    }

    test.each<[ColumnType['kind'], Value, string]>([
      ['integer', -2147483648, '-2147483648'],
      ['integer', 2147483647, '2147483647'],
      ['bigint', '-9223372036854775808', '-9223372036854775808'],
      ['bigint', '9223372036854775807', '9223372036854775807'],
      [
        'decimal',
        '12345678901234567890123456789012345.123456789012345678901234567890',
        '12345678901234567890123456789012345.123456789012345678901234567890',
      ],
      ['decimal', '-0.5', '-0.500000000000000000000000000000'],
      ['double', 0.1 + 0.2, '0.30000000000000004'],
      ['double', 5e-324, '5e-324'],
      ['double', 1.7976931348623157e308, '1.7976931348623157e308'],
      ['double', 12, '12'],
      ['boolean', true, 'true'],
      ['boolean', false, 'false'],
      ['date', '0001-01-01', '"0001-01-01"'],
      ['date', '9999-12-31', '"9999-12-31"'],
      ['time', '00:00:00', '"00:00:00"'],
      ['time', '23:59:59.999999', '"23:59:59.999999"'],
      ['time', '10:20:30.500', '"10:20:30.5"'],
      ['datetime', '2026-01-31T13:45:00', '"2026-01-31T13:45:00"'],
      ['datetime', '2026-01-31T13:45:00.120000', '"2026-01-31T13:45:00.12"'],
      ['datetime', '9999-12-31T23:59:59.999999', '"9999-12-31T23:59:59.999999"'],
      ['instant', '1970-01-01T00:00:01Z', '"1970-01-01T00:00:01+00:00"'],
      ['instant', '2026-10-25T00:30:00.000100Z', '"2026-10-25T00:30:00.0001+00:00"'],
      ['uuid', 'a456f684-e58e-41f1-9495-02fc00000001', '"a456f684-e58e-41f1-9495-02fc00000001"'],
      ['binary', '\\x00ff5c22', '"\\\\x00ff5c22"'],
      ['binary', '\\x', '"\\\\x"'],
      ['choice', 'a', '"a"'],
      ['text', '', '""'],
      ['text', 'null', '"null"'],
      ['longText', 'a\\b"c\n\t😀\u2028', JSON.stringify('a\\b"c\n\t😀\u2028')],
    ])('%s %s', async (kind, value, text) => {
      expect(await roundTrip(columns[kind], value)).toBe(text);
    });

    test.each(TYPES.map((type) => type.kind))('null as %s', async (kind) => {
      expect(await roundTrip(columns[kind], null)).toBe('null');
    });

    test('JSON stays JSON, whatever is in it', async () => {
      const value = '{"a": [1, 2.50, null, true, "x\\"\\u0000"], "b": {}}';
      expect(JSON.parse(await roundTrip(columns.json, value))).toEqual(JSON.parse(value));
    });

    test('any text comes back as it went in', async () => {
      const texts = await fc.sample(fc.string({ unit: 'binary', maxLength: 100 }), 150);
      const rows = [...texts, '\u0000\u0001\u001f\u007f', '\\u0041', '%_?', '\'`"$1'].map((text) => [
        text.toWellFormed(),
      ]);
      const { body } = await insert({ columns: [columns.longText], rows, returning: [field(columns.longText, 'v')] });
      expect((JSON.parse(body) as { v: string }[]).map(({ v }) => v)).toEqual(rows.flat());
    });

    test('any double comes back as it went in', async () => {
      const values = fc.sample(fc.double({ noNaN: true, noDefaultInfinity: true }), 200).map((value) => value || 0);
      const rows = values.map((value) => [value]);
      const { body } = await insert({ columns: [columns.double], rows, returning: [field(columns.double, 'v')] });
      expect((JSON.parse(body) as { v: number }[]).map(({ v }) => v)).toEqual(values);
    });

    test('too much, too long and the wrong form are failures', async () => {
      const wrong: [ColumnRef, Value][] = [
        [columns.integer, 2147483648],
        [columns.text, 'x'.repeat(201)],
        [columns.date, '2026-02-30'],
        [columns.bigint, '9223372036854775808'],
        [stamp, '2400-01-01T00:00:00Z'],
      ];
      for (const [column, value] of wrong) {
        await expect(insert({ columns: [column], rows: [[value]] })).rejects.toMatchObject({
          kind: 'value',
          columns: [column.column],
        });
      }
    });

    test('a session in another zone reads and writes the same instants', async () => {
      const elsewhere = await connect({ timeZone: '+05:30' });
      const value = '2026-01-31T10:00:00.5Z';
      const body = '[{"v":"2026-01-31T10:00:00.5+00:00"}]';
      const cases: [ColumnRef, Session[]][] = [
        [stamp, [session, elsewhere]],
        [columns.instant, [elsewhere]],
      ];
      for (const [at, readers] of cases) {
        const write = { columns: [at], rows: [[value]], returning: [field(at, 'v')] };
        expect((await insert(write, elsewhere)).body).toBe(body);
        const filter: Filter = { op: 'eq', column: at, value };
        for (const own of readers) expect((await select({ fields: [field(at, 'v')], filter }, own)).body).toBe(body);
      }
      await elsewhere.close();
    });

    test('bits, enumerations, unsigned and other types of other people', async () => {
      await server.execute(
        "CREATE TABLE odd (b bit(1), e enum('x','y'), s set('p','q'), u bigint unsigned, y year, f float, t tinyint, c char(3), vb varbinary(4))",
      );
      await server.execute("INSERT INTO odd VALUES (1, 'y', 'p,q', 18446744073709551615, 2026, 0.1, -5, 'ab', 'AB')");
      const { tables } = await engine.introspect(session, { schema: null, tables: ['odd'] });
      const fields = (tables[0]?.columns ?? []).map(({ name, type }) => field(ref(name, type)));
      const { body } = await select({ from: table('odd'), fields, order: [] });
      expect(body).toBe(
        '[{"b":true,"e":"y","s":"p,q","u":18446744073709551615,"y":2026,"f":0.1,"t":-5,"c":"ab","vb":"\\\\x4142"}]',
      );
      await server.execute('DROP TABLE odd');
    });

    test('types without a text of their own are read and written in words', async () => {
      await server.execute('CREATE TABLE native (p point, b bit(8))');
      const own = ['point', 'bit(8)'].map((native, at) => ref(['p', 'b'][at] ?? '', { kind: 'native', native }));
      const row = ['POINT(1 2)', '10100001'];
      await insert({ into: table('native'), columns: own, rows: [row, [null, null]], key: [], increment: null });
      const { body } = await select({ from: table('native'), fields: own.map((each) => field(each)), order: [] });
      expect(JSON.parse(body)).toEqual([
        { p: row[0], b: row[1] },
        { p: null, b: null },
      ]);
      await server.execute('DROP TABLE native');
    });
  });

  describe('filters, order, pages', () => {
    const text = columns.text;
    const number = columns.integer;

    const matching = async (filter: Filter) => {
      const { body } = await select({ filter });
      return (JSON.parse(body) as { id: number }[]).map((row) => row.id);
    };

    beforeEach(async () => {
      await insert({
        columns: [text, number, columns.bigint, columns.boolean],
        rows: [
          ['Anna', 1, '9007199254740993', true],
          ['anna', 2, '9007199254740992', false],
          ['ánna_50%', null, null, null],
          [null, 2, '5', true],
        ],
      });
    });

    test.each<[string, Filter, number[]]>([
      ['equality follows the collation', { op: 'eq', column: text, value: 'anna' }, [1, 2]],
      ['like knows case', { op: 'like', column: text, pattern: 'An%' }, [1]],
      ['ilike does not', { op: 'ilike', column: text, pattern: 'AN%' }, [1, 2]],
      ['accents are no case', { op: 'ilike', column: text, pattern: 'ÁN%' }, [3]],
      ['escaped wildcards', { op: 'like', column: text, pattern: '%a\\_50\\%' }, [3]],
      ['one letter', { op: 'like', column: text, pattern: '_nna' }, [1, 2]],
      ['digits beyond a double', { op: 'eq', column: columns.bigint, value: '9007199254740993' }, [1]],
      ['digits in a list', { op: 'in', column: columns.bigint, values: ['9007199254740992', '5'] }, [2, 4]],
      ['greater', { op: 'gt', column: columns.bigint, value: '9007199254740992' }, [1]],
      ['is null', { op: 'is', column: number, value: null }, [3]],
      ['is true', { op: 'is', column: columns.boolean, value: true }, [1, 4]],
      ['is false', { op: 'is', column: columns.boolean, value: false }, [2]],
      ['not', { op: 'not', of: { op: 'eq', column: number, value: 2 } }, [1]],
      ['nothing', { op: 'in', column: number, values: [] }, []],
      [
        'together',
        {
          op: 'or',
          of: [
            {
              op: 'and',
              of: [
                { op: 'eq', column: number, value: 2 },
                { op: 'is', column: text, value: null },
              ],
            },
            { op: 'lte', column: number, value: 1 },
          ],
        },
        [1, 4],
      ],
    ])('%s', async (_what, filter, ids) => {
      expect(await matching(filter)).toEqual(ids);
    });

    test.each<[Order['direction'], Order['nulls'], (number | null)[]]>([
      ['asc', 'last', [1, 2, 2, null]],
      ['asc', 'first', [null, 1, 2, 2]],
      ['desc', 'first', [null, 2, 2, 1]],
      ['desc', 'last', [2, 2, 1, null]],
    ])('%s, nulls %s', async (direction, nulls, expected) => {
      const { body } = await select({ fields: [field(number, 'n')], order: [{ column: number, direction, nulls }] });
      expect((JSON.parse(body) as { n: number | null }[]).map(({ n }) => n)).toEqual(expected);
    });

    test('pages, with the number of all rows', async () => {
      expect(await select({ limit: 2, offset: 1, count: true })).toEqual({
        body: '[{"id":2},{"id":3}]',
        rows: 2,
        total: 4,
      });
      expect(await select({ limit: 9, offset: 3, count: true })).toMatchObject({ rows: 1, total: 4 });
      expect(await select({ limit: 9, offset: 9, count: true })).toEqual({ body: '[]', rows: 0, total: 4 });
      expect(await select({ limit: 0, count: true })).toMatchObject({ rows: 0, total: 4 });
      expect(await select({ offset: 2 })).toMatchObject({ rows: 2, total: null });
    });
  });

  describe('embedded rows', () => {
    const key = ref('id', { kind: 'bigint' });
    const boss = ref('boss', { kind: 'bigint' });
    const name = ref('name', { kind: 'text', length: 50 });
    const embed = (kind: 'one' | 'many', outer: ColumnRef, inner: ColumnRef): Projection => ({
      as: kind,
      embed: { kind, from: table('person'), on: [{ outer, inner }], fields: [field(key), field(name)], order: [key] },
    });

    test('one and many, of different collations', async () => {
      await server.execute("INSERT INTO person VALUES (3, 'C', 1), (1, 'A \"x\"', NULL), (2, 'B', 1)");
      const { body } = await select({
        from: table('person'),
        fields: [field(name), embed('one', boss, key), embed('many', key, boss)],
      });
      expect(JSON.parse(body)).toEqual([
        {
          name: 'A "x"',
          one: null,
          many: [
            { id: 2, name: 'B' },
            { id: 3, name: 'C' },
          ],
        },
        { name: 'B', one: { id: 1, name: 'A "x"' }, many: [] },
        { name: 'C', one: { id: 1, name: 'A "x"' }, many: [] },
      ]);
    });

    test('more rows than the server would put together by itself', async () => {
      const rows = Array.from({ length: 6000 }, (_, at) => [String(at + 2), '😀'.repeat(50), '1']);
      await insert({ into: table('person'), columns: [key, name, boss], rows: [['1', 'A', null], ...rows] });
      const filter: Filter = { op: 'eq', column: key, value: '1' };
      const { body } = await select({ from: table('person'), fields: [embed('many', key, boss)], filter });
      expect((JSON.parse(body) as { many: unknown[] }[])[0]?.many).toHaveLength(6000);
    });

    test('a written row gives its relatives back', async () => {
      await server.execute("INSERT INTO person VALUES (1, 'A', NULL)");
      const returning = [field(key), embed('one', boss, key)];
      const written = await insert({
        into: table('person'),
        columns: [key, name, boss],
        rows: [['2', 'B', '1']],
        returning,
        key: [key],
        increment: null,
      });
      expect(JSON.parse(written.body)).toEqual([{ id: 2, one: { id: 1, name: 'A' } }]);
      const filter: Filter = { op: 'eq', column: key, value: '2' };
      const gone = await engine.delete(session, { from: table('person'), filter, returning, key: [key] });
      expect(JSON.parse(gone.body)).toEqual([{ id: 2, one: { id: 1, name: 'A' } }]);
      expect((await select({ from: table('person'), fields: [field(key)] })).rows).toBe(1);
    });
  });

  describe.each([
    ['as the server is', () => connect()],
    ['as if the server gave nothing back', withoutReturning],
  ])('writes, %s', (_how, make) => {
    let own: Session;
    const text = columns.text;
    const seat = {
      line: ref('line', { kind: 'integer' }),
      no: ref('no', { kind: 'text', length: 5 }),
      who: ref('who', text.type),
    };
    const all = Object.values(seat);

    beforeAll(async () => {
      own = await make();
    });

    afterAll(() => own?.close());

    test('insert gives back what the server has made of it', async () => {
      const written = await insert(
        { columns: [text], rows: [['a'], [undefined], [null]], returning: [field(id), field(text, 't')] },
        own,
      );
      expect(written).toEqual({ body: '[{"id":1,"t":"a"},{"id":2,"t":null},{"id":3,"t":null}]', rows: 3, total: null });
      expect(await insert({ rows: [[], []] }, own)).toEqual({ body: '[]', rows: 2, total: null });
      expect(await insert({ rows: [] }, own)).toEqual({ body: '[]', rows: 0, total: null });
    });

    test('a key of two columns, a key made by the server', async () => {
      const key = [seat.line, seat.no];
      const into = { into: table('seat'), columns: all, key, increment: null };
      const written = await insert(
        {
          ...into,
          rows: [
            [1, 'b', 'x'],
            [1, 'a', 'y'],
          ],
          returning: all.map((each) => field(each)),
        },
        own,
      );
      expect(JSON.parse(written.body)).toHaveLength(2);
      const badge = { id: ref('id', { kind: 'uuid' }), name: ref('name', text.type) };
      const made = await insert(
        {
          into: table('badge'),
          columns: [badge.name],
          rows: [['n']],
          returning: [field(badge.id)],
          key: [badge.id],
          increment: null,
        },
        own,
      );
      expect(made.body).toMatch(/^\[\{"id":"[0-9a-f-]{36}"\}\]$/);
    });

    test('several rows are written all or none', async () => {
      const key = [seat.line, seat.no];
      const rows: Value[][] = [
        [1, 'a', 'x'],
        [1, 'a', 'y'],
      ];
      for (const returning of [null, [field(seat.who)]]) {
        await expect(
          insert({ into: table('seat'), columns: all, rows, key, increment: null, returning }, own),
        ).rejects.toMatchObject({ kind: 'unique', constraint: 'PRIMARY' });
      }
      expect((await select({ from: table('seat'), fields: [field(seat.no)], order: [] })).rows).toBe(0);
    });

    test('more values than one statement takes', async () => {
      const rows = Array.from({ length: 35_000 }, (_, at) => [at, 'a', 'x']);
      const written = await insert(
        { into: table('seat'), columns: all, rows, key: [seat.line, seat.no], increment: null },
        own,
      );
      expect(written.rows).toBe(35_000);
    });

    test('update gives back the rows as they are then, under a new key too', async () => {
      await insert(
        {
          into: table('seat'),
          columns: all,
          rows: [
            [1, 'a', 'x'],
            [1, 'b', 'x'],
            [2, 'a', 'z'],
          ],
        },
        own,
      );
      const base = { table: table('seat'), key: [seat.line, seat.no] };
      const filter: Filter = { op: 'eq', column: seat.who, value: 'x' };
      const set = [
        { column: seat.who, value: 'new' },
        { column: seat.line, value: 9 },
      ];
      const changed = await engine.update(own, { ...base, set, filter, returning: all.map((each) => field(each)) });
      expect(changed).toMatchObject({ rows: 2 });
      expect(JSON.parse(changed.body)).toEqual([
        { line: 9, no: 'a', who: 'new' },
        { line: 9, no: 'b', who: 'new' },
      ]);
      expect(await engine.update(own, { ...base, set, filter, returning: [field(seat.no)] })).toEqual({
        body: '[]',
        rows: 0,
        total: null,
      });
    });

    test('an update counts the rows it found, changed or not', async () => {
      await insert(
        {
          into: table('seat'),
          columns: all,
          rows: [
            [1, 'a', 'x'],
            [1, 'b', 'y'],
          ],
        },
        own,
      );
      const filter: Filter = { op: 'eq', column: seat.line, value: 1 };
      const update = {
        table: table('seat'),
        set: [{ column: seat.who, value: 'x' }],
        filter,
        returning: null,
        key: [],
      };
      expect(await engine.update(own, update)).toEqual({ body: '[]', rows: 2, total: null });
    });

    test('delete gives back what is gone', async () => {
      await insert(
        {
          into: table('seat'),
          columns: all,
          rows: [
            [1, 'a', 'x'],
            [1, 'b', 'y'],
            [2, 'a', 'z'],
          ],
        },
        own,
      );
      const filter: Filter = { op: 'eq', column: seat.line, value: 1 };
      const base = { from: table('seat'), filter, key: [seat.line, seat.no] };
      const gone = await engine.delete(own, { ...base, returning: [field(seat.who, 'w')] });
      expect(JSON.parse(gone.body)).toEqual(expect.arrayContaining([{ w: 'x' }, { w: 'y' }]));
      expect(gone.rows).toBe(2);
      expect(await engine.delete(own, { ...base, returning: null })).toEqual({ body: '[]', rows: 0, total: null });
    });

    test('a failure names the constraint and leaves the session usable', async () => {
      const base = { into: table('badge'), key: [ref('id', { kind: 'uuid' })], increment: null };
      const nothing = insert({ ...base, columns: [ref('name', text.type)], rows: [[null]] }, own);
      await expect(nothing).rejects.toMatchObject({ kind: 'not-null', columns: ['name'] });
      expect(own.usable).toBe(true);
    });
  });

  test('a table without a key takes writes, but gives no updated rows back', async () => {
    const line = ref('line', columns.text.type);
    await insert({ into: table('note'), columns: [line], rows: [['x']], key: [], increment: null });
    const update = {
      table: table('note'),
      set: [{ column: line, value: 'y' }],
      filter: { op: 'is' as const, column: line, value: null },
      key: [],
    };
    await expect(engine.update(session, { ...update, returning: [field(line)] })).rejects.toMatchObject({
      code: 'NO_KEY',
    });
    expect((await engine.update(session, { ...update, returning: null })).rows).toBe(0);
  });
});
