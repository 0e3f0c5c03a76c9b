import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { emptySqlite } from '#test/support/empty-sqlite.ts';
import { sqliteTarget } from '#test/support/sqlite-target.ts';
import type { Session } from '../contract.ts';
import type { Change, Column, ColumnType, ForeignKey, Table } from '../schema.ts';
import { engine } from './engine.ts';

let session: Session;
beforeAll(async () => {
  session = await engine.connect(sqliteTarget());
});
afterAll(() => session.close());
/** Every test begins with an empty database. */
afterEach(() => emptySqlite(session));

const run = async (sql: string) => (await session.run({ sql, parameters: [] })).rows;
const table = async (name: string) => (await engine.introspect(session, { schema: null, tables: [name] })).tables[0]!;
const column = (name: string, type: ColumnType, rest: Partial<Column> = {}): Column => ({
  name,
  type,
  native: engine.types.native(type),
  nullable: true,
  default: null,
  generated: null,
  comment: null,
  ...rest,
});
const numbered = (name: string, kind: 'integer' | 'bigint' = 'integer') =>
  column(name, { kind }, { nullable: false, generated: 'increment' });
const plain = (name: string, columns: Column[], rest: Partial<Table> = {}): Table => ({
  name,
  kind: 'table',
  columns,
  primaryKey: { name: null, columns: [columns[0]!.name] },
  indexes: [],
  foreignKeys: [],
  comment: null,
  ...rest,
});
/** As a deploy runs it: the table as it stands, all statements in one transaction. */
async function apply(change: Change): Promise<void> {
  const name = change.kind === 'create-table' ? null : change.table;
  const context = { schema: null, capabilities: session.capabilities, table: name && (await table(name)) };
  await session.begin();
  try {
    for (const statement of engine.ddl(change, { ...context, table: context.table || null }))
      await session.run(statement);
  } catch (error) {
    await session.rollback();
    throw error;
  }
  await session.commit();
}

const ALL = plain(
  'everything',
  [
    numbered('id', 'bigint'),
    column('t', { kind: 'text', length: 20 }, { nullable: false, default: { kind: 'literal', value: "it's" } }),
    column('l', { kind: 'longText' }),
    column('i', { kind: 'integer' }, { default: { kind: 'literal', value: -7 } }),
    column('b', { kind: 'bigint' }, { default: { kind: 'literal', value: '9223372036854775807' } }),
    column('d', { kind: 'decimal', precision: 10, scale: 2 }, { default: { kind: 'literal', value: '0.5' } }),
    column('r', { kind: 'double' }, { default: { kind: 'literal', value: 1.5 } }),
    column('o', { kind: 'boolean' }, { nullable: false, default: { kind: 'literal', value: true } }),
    column('da', { kind: 'date' }, { default: { kind: 'now' } }),
    column('ti', { kind: 'time' }, { default: { kind: 'now' } }),
    column('dt', { kind: 'datetime' }, { default: { kind: 'now' } }),
    column('ins', { kind: 'instant' }, { default: { kind: 'now' } }),
    column('u', { kind: 'uuid' }, { default: { kind: 'uuid' } }),
    column('j', { kind: 'json' }),
    column('bin', { kind: 'binary' }),
  ],
  {
    indexes: [
      { name: 'everything_i', columns: ['i', 'b'], unique: false },
      { name: 'everything_t', columns: ['t'], unique: true },
    ],
  },
);

describe('introspection', () => {
  it('gives back the table that was made', async () => {
    await apply({
      kind: 'create-table',
      table: plain('parent', [column('code', { kind: 'integer' }, { nullable: false })]),
    });
    const made = { ...ALL, columns: [...ALL.columns, column('p', { kind: 'integer' })] };
    made.foreignKeys = [
      {
        name: 'to_parent',
        columns: ['p'],
        toSchema: null,
        toTable: 'parent',
        toColumns: ['code'],
        onDelete: 'cascade',
        onUpdate: 'setNull',
      },
      {
        name: 'to_self',
        columns: ['i'],
        toSchema: null,
        toTable: 'everything',
        toColumns: ['id'],
        onDelete: 'restrict',
        onUpdate: 'noAction',
      },
    ];
    await apply({ kind: 'create-table', table: made });
    const { kept, ...found } = await table('everything');
    expect(found).toEqual(made);
    expect(kept).toHaveLength(1);
    // a key that is not numbered does not become the row id by accident
    expect((await table('parent')).columns[0]).toMatchObject({ generated: null, native: 'INTEGER', nullable: false });
  });

  it('fills defaults that fit their types', async () => {
    await apply({ kind: 'create-table', table: ALL });
    const [row] = await run('insert into everything default values returning *');
    expect(row).toMatchObject({ id: 1, t: "it's", i: -7, b: '9223372036854775807', d: 0.5, r: 1.5, o: 1, l: null });
    expect(row!.u).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u);
    expect(row!.da).toMatch(/^\d{4}-\d\d-\d\d$/u);
    expect(row!.ins).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/u);
  });

  it('reads tables of other makers: views, implied targets, computed columns, names of all kinds', async () => {
    await run('create table [Odd "p"] (a integer primary key, b text, unique (b, a))');
    await run(
      'create table c (x int, y text collate nocase, z generated always as (x * 2) stored, foreign key (x) references [Odd "p"])',
    );
    await run('create index part on c (x) where x > 1');
    await run('create view v as select x, count(*) as n from c group by x');
    const { tables } = await engine.introspect(session, { schema: null });
    expect(tables.map(({ name, kind }) => [name, kind])).toEqual([
      ['Odd "p"', 'table'],
      ['c', 'table'],
      ['v', 'view'],
    ]);
    expect(tables[0]!.indexes).toEqual([{ name: 'Odd "p"_b_a_key', columns: ['b', 'a'], unique: true }]);
    expect(tables[1]!.foreignKeys).toMatchObject([
      { name: 'c_x_fkey', toTable: 'Odd "p"', toColumns: ['a'], onDelete: 'noAction' },
    ]);
    expect(tables[1]!.columns[2]).toMatchObject({ name: 'z', generated: 'computed' });
    expect(tables[1]).toMatchObject({ primaryKey: null, indexes: [] });
    expect(tables[2]!.columns.map(({ name }) => name)).toEqual(['x', 'n']);
  });

  it('leaves out a view that does not work, and nothing else', async () => {
    await run('create table t (a int)');
    await run('create view good as select a from t');
    await run('create view bad as select b from missing');
    const { tables } = await engine.introspect(session, { schema: null });
    expect(tables.map(({ name }) => name)).toEqual(['t', 'good']);
    expect(tables[1]!.columns).toHaveLength(1);
  });

  it('asks as many questions for three tables as for a hundred', async () => {
    const asked = async () => {
      let questions = 0;
      const counting = new Proxy(session, {
        get: (own, key) => {
          if (key === 'run') questions += 1;
          const value: unknown = Reflect.get(own, key, own);
          return typeof value === 'function' ? value.bind(own) : value;
        },
      });
      await engine.introspect(counting, { schema: null });
      return questions;
    };
    for (let i = 0; i < 3; i += 1) await run(`create table t${i} (id integer primary key)`);
    const few = await asked();
    for (let i = 3; i < 100; i += 1) await run(`create table t${i} (id integer primary key)`);
    expect(await asked()).toBe(few);
  });
});

describe('ddl', () => {
  /** A parent with a child that cascades, a trigger, a view, a partial index and a check: all that a rebuild may lose. */
  async function family(): Promise<void> {
    await run(
      `create table p (id integer primary key autoincrement, name text collate nocase check (name <> ''), note varchar(5), twice int generated always as (id * 2), check (note is null or name is not null))`,
    );
    await run('create table c (id integer primary key, p int references p (id) on delete cascade)');
    await run('create table loose (a text, b int)');
    await run("insert into p (name, note) values ('a', 'x'), ('b', null), ('gone', null)");
    await run('insert into c (p) values (1), (2), (2)');
    await run('delete from p where id = 3');
    await run('create table log (what text)');
    await run('create trigger tell after update on p begin insert into log values (new.name); end');
    await run('create view v as select p.id, count(*) as n from p join c on c.p = p.id group by p.id');
    await run('create index part on p (name) where note is not null');
  }

  it('makes a table anew and loses nothing', async () => {
    await family();
    const from = (await table('p')).columns[2]!;
    const to = column('note', { kind: 'text', length: 50 }, { default: { kind: 'literal', value: 'none' } });
    await apply({ kind: 'alter-column', table: 'p', from, to });
    expect((await table('p')).columns[2]).toEqual(to);
    expect(await run('select id, name, note, twice from p')).toEqual([
      { id: 1, name: 'a', note: 'x', twice: 2 },
      { id: 2, name: 'b', note: null, twice: 4 },
    ]);
    // the children are there, the view and the trigger work, the counter goes on, checks and collation hold
    expect(await run('select * from v')).toEqual([
      { id: 1, n: 1 },
      { id: 2, n: 2 },
    ]);
    await run("update p set name = 'A2' where id = 1");
    expect(await run('select what from log')).toEqual([{ what: 'A2' }]);
    expect(await run("insert into p (name) values ('n') returning id, note")).toEqual([{ id: 4, note: 'none' }]);
    await expect(run("insert into p (name) values ('')")).rejects.toMatchObject({ kind: 'check' });
    await expect(run("insert into p (name, note) values (null, 'y')")).rejects.toMatchObject({ kind: 'check' });
    expect(await run("select id from p where name = 'B'")).toEqual([{ id: 2 }]);
    expect(await run("select count(*) as n from sqlite_schema where name = 'part'")).toEqual([{ n: 1 }]);
    await expect(run('insert into c (p) values (77)')).rejects.toMatchObject({ kind: 'foreign-key' });
    await run('delete from p where id = 2');
    expect(await run('select count(*) as n from c')).toEqual([{ n: 1 }]);
  });

  it('keeps hidden row ids', async () => {
    await run('create table loose (a text, b int)');
    await run("insert into loose (rowid, a) values (7, 'x'), (99, 'y')");
    await apply({
      kind: 'alter-column',
      table: 'loose',
      from: (await table('loose')).columns[1]!,
      to: column('b', { kind: 'longText' }),
    });
    expect(await run('select rowid as id, a from loose')).toEqual([
      { id: 7, a: 'x' },
      { id: 99, a: 'y' },
    ]);
  });

  it('refuses to make anew what would lose rows: outside a transaction, or of a table that changed since', async () => {
    await family();
    const stale = await table('p');
    const change: Change = {
      kind: 'alter-column',
      table: 'p',
      from: stale.columns[2]!,
      to: column('note', { kind: 'longText' }),
    };
    const statements = engine.ddl(change, { schema: null, capabilities: session.capabilities, table: stale });
    await expect(session.run(statements[0]!)).rejects.toMatchObject({ code: 'REFUSED' });
    await run('alter table p add column later text');
    await session.begin();
    await expect(session.run(statements[0]!)).rejects.toThrow(/columns of p/u);
    await session.rollback();
    expect(await run('select count(*) as n from c')).toEqual([{ n: 3 }]);
  });

  it('adds and drops foreign keys, and takes none that rows break', async () => {
    await run('create table p (id integer primary key)');
    await run('create table c (id integer primary key, p int)');
    await run('insert into c (p) values (5)');
    const foreignKey: ForeignKey = {
      name: 'c_p',
      columns: ['p'],
      toSchema: null,
      toTable: 'p',
      toColumns: ['id'],
      onDelete: 'setNull',
      onUpdate: 'noAction',
    };
    const add: Change = { kind: 'add-foreign-key', table: 'c', foreignKey };
    await expect(apply(add)).rejects.toMatchObject({ kind: 'foreign-key' });
    expect((await table('c')).foreignKeys).toEqual([]);
    await run('insert into p values (5)');
    await apply(add);
    expect((await table('c')).foreignKeys).toEqual([foreignKey]);
    await apply({ kind: 'drop-foreign-key', table: 'c', foreignKey });
    expect((await table('c')).foreignKeys).toEqual([]);
  });

  it('does not blame a change for rows that broke a key before', async () => {
    await run('create table p (id integer primary key)');
    await run('create table c (id integer primary key, p int references p (id), t text)');
    await run('pragma foreign_keys = off');
    await run('insert into c (p) values (5)');
    await run('pragma foreign_keys = on');
    await apply({
      kind: 'alter-column',
      table: 'c',
      from: (await table('c')).columns[2]!,
      to: column('t', { kind: 'text', length: 9 }),
    });
    expect((await table('c')).columns[2]!.native).toBe('VARCHAR(9)');
  });

  it('adds, renames and drops columns, also those in keys and indexes', async () => {
    await apply({ kind: 'create-table', table: ALL });
    await run("insert into everything (t) values ('one')");
    await apply({
      kind: 'add-column',
      table: 'everything',
      column: column('more', { kind: 'integer' }, { nullable: false, default: { kind: 'literal', value: 3 } }),
    });
    await apply({
      kind: 'add-column',
      table: 'everything',
      column: column('made', { kind: 'uuid' }, { default: { kind: 'uuid' } }),
    });
    const [row] = await run('select more, made from everything');
    expect(row).toMatchObject({ more: 3, made: expect.stringMatching(/-4/u) });
    await apply({ kind: 'rename-column', table: 'everything', column: 'more', to: 'less' });
    await apply({ kind: 'drop-column', table: 'everything', column: 'less' });
    await apply({ kind: 'drop-column', table: 'everything', column: 'i' });
    const after = await table('everything');
    expect(after.columns.map(({ name }) => name)).not.toContain('less');
    expect(after.indexes.map(({ name }) => name)).toEqual(['everything_t']);
    await apply({ kind: 'rename-table', table: 'everything', to: 'all of it' });
    expect(await run('select count(*) as n from "all of it"')).toEqual([{ n: 1 }]);
  });

  it('changes nullability in place, and refuses it on rows that have nulls', async () => {
    await run('create table t (id integer primary key, a text)');
    await run('insert into t (a) values (null)');
    const from = (await table('t')).columns[1]!;
    await expect(
      apply({ kind: 'alter-column', table: 't', from, to: { ...from, nullable: false } }),
    ).rejects.toMatchObject({ name: 'DatabaseFailure' });
    await run("update t set a = 'x'");
    await apply({ kind: 'alter-column', table: 't', from, to: { ...from, nullable: false } });
    expect((await table('t')).columns[1]!.nullable).toBe(false);
    await apply({ kind: 'alter-column', table: 't', from: { ...from, nullable: false }, to: from });
    expect((await table('t')).columns[1]!.nullable).toBe(true);
  });

  it('changes the primary key, indexes and unique constraints', async () => {
    await run('create table t (a integer primary key, b text not null, c text, constraint uc unique (c))');
    await run("insert into t values (1, 'x', 'c')");
    await apply({ kind: 'drop-index', table: 't', index: { name: 'uc', columns: ['c'], unique: true } });
    expect((await table('t')).indexes).toEqual([]);
    await apply({ kind: 'create-index', table: 't', index: { name: 't_c', columns: ['c'], unique: false } });
    await apply({ kind: 'drop-index', table: 't', index: { name: 't_c', columns: ['c'], unique: false } });
    await apply({ kind: 'set-primary-key', table: 't', from: ['a'], to: ['a', 'b'] });
    expect((await table('t')).primaryKey).toEqual({ name: null, columns: ['a', 'b'] });
    expect(await run('select * from t')).toEqual([{ a: 1, b: 'x', c: 'c' }]);
    await apply({ kind: 'drop-table', table: 't' });
    expect((await engine.introspect(session, { schema: null })).tables).toEqual([]);
  });
});
