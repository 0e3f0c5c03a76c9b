import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '#test/support/postgres-server.ts';
import { type TargetWish, serverTarget } from '#test/support/server-target.ts';
import type { Session } from '../contract.ts';
import type { Change, Column, ColumnType, Table } from '../schema.ts';
import { engine } from './engine.ts';

let server: PostgresServer;
let session: Session;

const target = (wish: Partial<TargetWish> = {}) =>
  serverTarget({ port: server.port, user: server.user, password: server.password, schema: 'public', ...wish });

beforeAll(async () => {
  server = await startPostgres();
  session = await engine.connect(target());
});
afterAll(async () => {
  await session?.close();
  await server?.stop();
});

const types: ColumnType[] = [
  { kind: 'text', length: 40 },
  { kind: 'text', length: null },
  { kind: 'integer' },
  { kind: 'bigint' },
  { kind: 'decimal', precision: 30, scale: 10 },
  { kind: 'double' },
  { kind: 'boolean' },
  { kind: 'date' },
  { kind: 'time' },
  { kind: 'datetime' },
  { kind: 'instant' },
  { kind: 'uuid' },
  { kind: 'json' },
  { kind: 'binary' },
  { kind: 'native', native: 'inet' },
];

function column(name: string, type: ColumnType, rest: Partial<Column> = {}): Column {
  return {
    name,
    type,
    native: engine.types.native(type),
    nullable: true,
    default: null,
    generated: null,
    comment: null,
    ...rest,
  };
}
function table(name: string, columns: Column[], rest: Partial<Table> = {}): Table {
  return { name, kind: 'table', columns, primaryKey: null, indexes: [], foreignKeys: [], comment: null, ...rest };
}
async function apply(change: Change, before: Table | null = null, schema: string | null = 'public') {
  for (const statement of engine.ddl(change, { schema, capabilities: session.capabilities, table: before })) {
    await session.run(statement);
  }
}
const introspected = async (name: string) =>
  (await engine.introspect(session, { schema: 'public', tables: [name] })).tables[0]!;

describe('schema', () => {
  const everything = table(
    'every "thing"',
    [
      column('id', { kind: 'integer' }, { nullable: false, generated: 'increment', comment: "it's the key" }),
      ...types.map((type, index) => column(`c${index}`, type)),
      column('made', { kind: 'instant' }, { nullable: false, default: { kind: 'now' } }),
      column('day', { kind: 'date' }, { default: { kind: 'now' } }),
      column('wall', { kind: 'datetime' }, { default: { kind: 'now' } }),
      column('ref', { kind: 'uuid' }, { default: { kind: 'uuid' } }),
      column('price', { kind: 'decimal', precision: 10, scale: 2 }, { default: { kind: 'literal', value: '-1.50' } }),
      column('word', { kind: 'text', length: 20 }, { default: { kind: 'literal', value: "o'clock \\ ::text" } }),
      column('yes', { kind: 'boolean' }, { default: { kind: 'literal', value: true } }),
      column('n', { kind: 'integer' }, { default: { kind: 'literal', value: -7 } }),
      column('big', { kind: 'bigint' }, { default: { kind: 'literal', value: '9007199254740993' } }),
      column('f', { kind: 'double' }, { default: { kind: 'literal', value: 0.1 } }),
      column('j', { kind: 'json' }, { default: { kind: 'literal', value: '{"a":[1,2]}' } }),
      column('moment', { kind: 'datetime' }, { default: { kind: 'literal', value: '2026-01-31T13:45:00.5' } }),
      column('utc', { kind: 'instant' }, { default: { kind: 'literal', value: '2026-01-31T13:45:00Z' } }),
      column('at', { kind: 'time' }, { default: { kind: 'literal', value: '13:45:00' } }),
      column('self', { kind: 'integer' }),
    ],
    {
      primaryKey: { name: 'every thing_pkey', columns: ['id'] },
      indexes: [
        { name: 'thing_by_c2', columns: ['c2', 'c0'], unique: false },
        { name: 'thing_one_c3', columns: ['c3'], unique: true },
      ],
      foreignKeys: [
        {
          name: 'thing_self',
          columns: ['self'],
          toSchema: null,
          toTable: 'every "thing"',
          toColumns: ['id'],
          onDelete: 'setNull',
          onUpdate: 'cascade',
        },
      ],
      comment: 'all of it',
    },
  );

  it('introspects what ddl made as the same value', async () => {
    await apply({ kind: 'create-table', table: everything });
    expect(await introspected(everything.name)).toEqual(everything);
  });

  it('plans nothing on what it made: settled defaults equal introspected ones', () => {
    for (const { default: value, type } of everything.columns) {
      expect(value && engine.types.settleDefault(value, type)).toEqual(value);
    }
  });

  it('makes every change', async () => {
    const id = column('id', { kind: 'integer' }, { nullable: false });
    const name = column('name', { kind: 'text', length: 20 }, { default: { kind: 'literal', value: '7' } });
    const plain = table('changing', [id, name], { primaryKey: { name: 'odd_key', columns: ['id'] } });
    await apply({ kind: 'create-table', table: plain });
    await session.run({ sql: 'insert into changing (id) values (1), (2)', parameters: [] });
    const bigId = { ...id, type: { kind: 'bigint' as const }, native: 'bigint', generated: 'increment' as const };
    const number = {
      ...name,
      type: { kind: 'integer' as const },
      native: 'integer',
      nullable: false,
      default: { kind: 'literal' as const, value: 8 },
      comment: "how o'many",
    };
    const extra = column('extra', { kind: 'json' }, { comment: 'more' });
    const index = { name: 'changing_name', columns: ['name'], unique: true };
    const key = {
      name: 'changing_up',
      columns: ['up'],
      toSchema: null,
      toTable: 'changing',
      toColumns: ['id'],
      onDelete: 'cascade' as const,
      onUpdate: 'noAction' as const,
    };
    const before = () => introspected('changing');
    await apply({ kind: 'alter-column', table: 'changing', from: name, to: number }, await before());
    await apply({ kind: 'alter-column', table: 'changing', from: id, to: bigId }, await before());
    await apply({ kind: 'add-column', table: 'changing', column: extra });
    await apply({ kind: 'add-column', table: 'changing', column: column('up', { kind: 'bigint' }) });
    await expect(apply({ kind: 'create-index', table: 'changing', index })).rejects.toMatchObject({ kind: 'unique' });
    await session.run({ sql: 'update changing set name = id', parameters: [] });
    await apply({ kind: 'create-index', table: 'changing', index });
    await apply({ kind: 'add-foreign-key', table: 'changing', foreignKey: key });
    await apply({ kind: 'set-table-comment', table: 'changing', comment: 'it changes' });
    expect(await before()).toEqual({
      ...plain,
      columns: [bigId, number, extra, column('up', { kind: 'bigint' })],
      indexes: [index],
      foreignKeys: [key],
      comment: 'it changes',
    });

    await apply({ kind: 'drop-foreign-key', table: 'changing', foreignKey: key });
    await apply({ kind: 'set-primary-key', table: 'changing', from: ['id'], to: ['id', 'name'] }, await before());
    await apply({ kind: 'drop-index', table: 'changing', index });
    await apply({ kind: 'alter-column', table: 'changing', from: bigId, to: { ...bigId, generated: null } });
    await apply({
      kind: 'alter-column',
      table: 'changing',
      from: number,
      to: { ...number, default: null, comment: null },
    });
    await apply({ kind: 'rename-column', table: 'changing', column: 'name', to: 'Amount' });
    await apply({ kind: 'drop-column', table: 'changing', column: 'extra' });
    await apply({ kind: 'set-table-comment', table: 'changing', comment: null });
    await apply({ kind: 'rename-table', table: 'changing', to: 'changed' });
    expect(await introspected('changed')).toEqual({
      ...plain,
      name: 'changed',
      primaryKey: { name: 'changing_pkey', columns: ['id', 'Amount'] },
      columns: [
        { ...bigId, generated: null },
        { ...number, name: 'Amount', default: null, comment: null },
        column('up', { kind: 'bigint' }),
      ],
    });
    await apply({ kind: 'drop-table', table: 'changed' });
    expect(await introspected('changed')).toBeUndefined();
  });

  it('widens a numbered column, and drops an index that a constraint made', async () => {
    await session.run({ sql: 'create table serials (id serial primary key, code int unique)', parameters: [] });
    const [id, code] = (await introspected('serials')).columns as [Column, Column];
    expect(id).toMatchObject({ generated: 'increment', default: null, native: 'integer' });
    const index = (await introspected('serials')).indexes[0]!;
    expect(index).toEqual({ name: 'serials_code_key', columns: ['code'], unique: true });
    await apply({ kind: 'drop-index', table: 'serials', index });
    await apply({
      kind: 'alter-column',
      table: 'serials',
      from: id,
      to: { ...id, native: 'bigint', type: { kind: 'bigint' } },
    });
    await apply({
      kind: 'alter-column',
      table: 'serials',
      from: code,
      to: { ...code, generated: 'increment', nullable: false },
    });
    const after = await introspected('serials');
    expect(after.indexes).toEqual([]);
    expect(after.columns.map((each) => [each.native, each.generated])).toEqual([
      ['bigint', 'increment'],
      ['integer', 'increment'],
    ]);
  });

  it('reads what others have made', async () => {
    await session.run({ sql: 'create schema "Other"', parameters: [] });
    const statements = [
      "create type mood as enum ('sad', 'happy')",
      'create table "Other".target (a int, b int, primary key (a, b))',
      "create table foreigner (x int, y int, m mood default 'sad', c char(3), n numeric, v varchar, s smallint, r real, j json, " +
        "t timestamp(3), arr int[], total int generated always as (x + y) stored, w timestamptz default timezone('utc', now()), " +
        'u uuid default gen_random_uuid(), e int default (1 + 1), nothing text default null, ' +
        'foreign key (y, x) references "Other".target (a, b) on delete set null)',
      'create index plain on foreigner (x) include (y)',
      'create index partial on foreigner (x) where y > 0',
      'create index computed on foreigner (lower(v))',
      'create view looking as select x, v from foreigner',
      'create materialized view looked as select x from foreigner',
      'create table parted (id int primary key, at date) partition by range (id)',
      'create table parted_1 partition of parted for values from (0) to (9)',
    ];
    for (const sql of statements) await session.run({ sql, parameters: [] });
    const { tables } = await engine.introspect(session, { schema: 'public' });
    const named = (name: string) => tables.find((each) => each.name === name);
    expect(named('looking')).toMatchObject({ kind: 'view', columns: [{ name: 'x' }, { name: 'v' }] });
    expect(named('looked')).toMatchObject({ kind: 'view' });
    expect(named('parted')).toMatchObject({ kind: 'table', primaryKey: { columns: ['id'] } });
    expect(named('parted_1')).toBeUndefined();
    const { columns, indexes, foreignKeys } = named('foreigner')!;
    expect(indexes).toEqual([{ name: 'plain', columns: ['x'], unique: false }]);
    expect(foreignKeys).toMatchObject([
      { columns: ['y', 'x'], toSchema: 'Other', toTable: 'target', toColumns: ['a', 'b'], onDelete: 'setNull' },
    ]);
    expect(Object.fromEntries(columns.map((each) => [each.name, [each.native, each.type.kind, each.default]]))).toEqual(
      {
        x: ['integer', 'integer', null],
        y: ['integer', 'integer', null],
        m: ['mood', 'native', { kind: 'literal', value: 'sad' }],
        c: ['character(3)', 'text', null],
        n: ['numeric', 'decimal', null],
        v: ['character varying', 'text', null],
        s: ['smallint', 'integer', null],
        r: ['real', 'double', null],
        j: ['json', 'json', null],
        t: ['timestamp(3) without time zone', 'datetime', null],
        arr: ['integer[]', 'native', null],
        total: ['integer', 'integer', { kind: 'expression', sql: '(x + y)' }],
        w: ['timestamp with time zone', 'instant', { kind: 'now' }],
        u: ['uuid', 'uuid', { kind: 'uuid' }],
        e: ['integer', 'integer', { kind: 'expression', sql: '(1 + 1)' }],
        nothing: ['text', 'text', null],
      },
    );
    const other = await engine.introspect(session, { schema: 'Other' });
    expect(other.tables.map(({ name }) => name)).toEqual(['target']);
    expect(await engine.introspect(session, { schema: 'nowhere' })).toEqual({ tables: [] });
  });
});

describe('administration', () => {
  it('tells facts and identity', async () => {
    const facts = await engine.facts(session);
    expect(facts).toMatchObject({ user: server.user, encoding: 'UTF8', unicode: true, connectionLimit: 100 });
    expect(Math.abs(Date.parse(facts.now) - Date.now())).toBeLessThan(2_000);
    const own = await engine.identity(session, target());
    const again = await engine.connect(target({ host: 'localhost' }));
    expect(await engine.identity(again, target())).toBe(own);
    expect(await engine.identity(again, target({ schema: 'other' }))).not.toBe(own);
    await again.close();
  });

  it('lists, finds and makes databases and schemas', async () => {
    for (const statement of [...engine.createDatabase('My "db"'), ...engine.createSchema('My schema')]) {
      await session.run(statement);
    }
    expect(await engine.listDatabases(session)).toEqual(
      expect.arrayContaining([
        { name: 'My "db"', system: false },
        { name: 'postgres', system: true },
      ]),
    );
    expect(await engine.listSchemas(session)).toEqual(
      expect.arrayContaining([
        { name: 'My schema', system: false },
        { name: 'public', system: false },
        { name: 'pg_catalog', system: true },
      ]),
    );
    expect(await engine.schemaExists(session, 'My schema')).toBe(true);
    expect(await engine.schemaExists(session, 'my schema')).toBe(false);
  });

  it('locks by name until released, or until the session ends', async () => {
    const other = await engine.connect(target());
    const release = await engine.lock(session, 'shop', 0);
    expect(await engine.lock(other, 'shop', 120)).toBeNull();
    expect(await engine.lock(other, 'another', 0)).not.toBeNull();
    const waiting = engine.lock(other, 'shop', 5_000);
    await release!();
    expect(await waiting).not.toBeNull();
    expect(await engine.lock(session, 'shop', 0)).toBeNull();
    other.destroy();
    expect(await engine.lock(session, 'shop', 5_000)).not.toBeNull();
  });

  it('counts rows and duplicates', async () => {
    await session.run({ sql: 'create table counted (a int, b text)', parameters: [] });
    const values = "(1, 'x'), (1, 'x'), (1, 'y'), (2, 'x'), (2, 'x'), (null, null), (null, null)";
    await session.run({ sql: `insert into counted values ${values}`, parameters: [] });
    expect(await engine.countRows(session, 'public', 'counted')).toBe(7);
    expect(await engine.countRows(session, 'public', 'counted', 'b')).toBe(2);
    expect(await engine.countDuplicates(session, 'public', 'counted', ['a', 'b'])).toBe(2);
    expect(await engine.countDuplicates(session, 'public', 'counted', ['a'])).toBe(2);
  });
});

describe('rights', () => {
  async function rightsOf(user: string, wish: Partial<TargetWish> = {}) {
    const own = target({ user, password: 'secret', schema: 'office', ...wish });
    const visitor = await engine.connect(own);
    try {
      const { read, write, ddl, excess } = await engine.rights(visitor, own);
      return { read: read.right, write: write.right, ddl: ddl.right, excess };
    } finally {
      await visitor.close();
    }
  }
  beforeAll(async () => {
    await server.execute(`
      create schema office; create table office.desk (id int primary key);
      create role stranger login password 'secret';
      create role reader login password 'secret'; grant usage on schema office to reader; grant select on office.desk to reader;
      create role writer login password 'secret'; grant usage on schema office to writer;
      grant select, insert, update, delete on office.desk to writer;
      create role maker login password 'secret'; grant usage, create on schema office to maker; grant all on office.desk to maker;
      create role mighty login createdb createrole bypassrls password 'secret'; grant pg_write_all_data to mighty`);
  });

  it('are those of the user', async () => {
    expect(await rightsOf('stranger')).toEqual({ read: 'no', write: 'no', ddl: 'no', excess: [] });
    expect(await rightsOf('reader')).toEqual({ read: 'yes', write: 'no', ddl: 'no', excess: [] });
    expect(await rightsOf('writer')).toEqual({ read: 'yes', write: 'yes', ddl: 'no', excess: [] });
    expect(await rightsOf('maker')).toEqual({ read: 'yes', write: 'yes', ddl: 'yes', excess: [] });
    expect(await rightsOf('maker', { schema: 'nowhere' })).toMatchObject({ read: 'no', write: 'no', ddl: 'no' });
  });

  it('show what goes beyond', async () => {
    expect((await rightsOf('mighty')).excess).toEqual([
      'create database',
      'create role',
      'bypass row security',
      'pg_write_all_data',
    ]);
    expect((await rightsOf(server.user, { password: server.password })).excess).toContain('superuser');
  });
});
