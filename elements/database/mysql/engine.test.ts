import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { mysqlServers } from '#test/support/mysql-servers.ts';
import type { ServerUnderTest } from '#test/support/mysql-servers.ts';
import { mysqlTarget } from '#test/support/mysql-target.ts';
import type { Session } from '../contract.ts';
import type { Change, Column, ColumnType, ForeignKey, Schema, Statement, Table } from '../schema.ts';
import { engine } from './engine.ts';
import { settleDefault } from './defaults.ts';
import { nativeOf } from './types.ts';

const plain = (sql: string): Statement => ({ sql, parameters: [] });

function column(name: string, type: ColumnType, more: Partial<Column> = {}): Column {
  const base = { nullable: true, default: null, generated: null, comment: null, ...more };
  return { name, type, native: nativeOf(type), ...base, default: base.default && settleDefault(base.default, type) };
}

const literal = (value: string | number | boolean) => ({ kind: 'literal' as const, value });
const id = column('id', { kind: 'bigint' }, { nullable: false, generated: 'increment' });

const person: Table = {
  name: 'person',
  kind: 'table',
  columns: [id, column('name', { kind: 'text', length: 50 }, { nullable: false })],
  primaryKey: { name: null, columns: ['id'] },
  indexes: [],
  foreignKeys: [],
  comment: null,
};

const toPerson: ForeignKey = {
  name: 'bill_rep',
  columns: ['rep'],
  toSchema: null,
  toTable: 'person',
  toColumns: ['id'],
  onDelete: 'setNull',
  onUpdate: 'cascade',
};

const bill: Table = {
  name: 'bill',
  kind: 'table',
  columns: [
    id,
    column('no', { kind: 'text', length: 20 }, { nullable: false, comment: "it's \\ the number" }),
    column('rep', { kind: 'bigint' }),
    column('day', { kind: 'date' }, { default: { kind: 'now' } }),
    column('at', { kind: 'instant' }, { nullable: false, default: { kind: 'now' } }),
    column('local', { kind: 'datetime' }, { default: literal('2026-01-31T10:00:00.5') }),
    column('hour', { kind: 'time' }, { default: literal('08:30:00') }),
    column('total', { kind: 'decimal', precision: 12, scale: 2 }, { default: literal('0.50') }),
    column('weight', { kind: 'double' }, { default: literal(1.25) }),
    column('count', { kind: 'integer' }, { default: literal(-3) }),
    column('big', { kind: 'bigint' }, { default: literal('9223372036854775807') }),
    column('paid', { kind: 'boolean' }, { nullable: false, default: literal(false) }),
    column('token', { kind: 'uuid' }, { default: { kind: 'uuid' } }),
    column('state', { kind: 'choice', options: ['new', 'old'] }, { default: literal("it's new") }),
    column('note', { kind: 'longText' }, { default: literal("a \\ b\n'c'") }),
    column('data', { kind: 'json' }, { default: literal('{"a": 1}') }),
    column('raw', { kind: 'binary' }),
    column('memo', { kind: 'text', length: null }),
    column('word', { kind: 'text', length: 9 }, { default: literal('NULL') }),
  ],
  primaryKey: { name: null, columns: ['id'] },
  indexes: [
    { name: 'bill_no', columns: ['no'], unique: true },
    { name: 'bill_rep_day', columns: ['day', 'rep'], unique: false },
  ],
  foreignKeys: [toPerson],
  comment: "People's bills",
};

/** The logical type is not kept where two share one spelling, so the native text is what is compared. */
const bare = (table: Table | undefined) =>
  table && { ...table, columns: table.columns.map(({ type: _type, ...rest }) => rest) };

describe.each(mysqlServers)('on %s', (_name, start) => {
  let server: ServerUnderTest;
  let session: Session;

  beforeAll(async () => {
    server = await start();
    session = await engine.connect(mysqlTarget({ ...server, ip: server.host, database: server.database }));
  });

  afterAll(async () => {
    await session?.close();
    await server?.stop();
  });

  async function apply(change: Change): Promise<void> {
    const name = change.kind === 'create-table' ? change.table.name : change.table;
    const table = (await read(name)) ?? null;
    for (const statement of engine.ddl(change, { schema: null, capabilities: session.capabilities, table })) {
      await session.run(statement);
    }
  }

  const read = async (name: string): Promise<Table | undefined> =>
    (await engine.introspect(session, { schema: null, tables: [name] })).tables[0];

  describe('tables', () => {
    beforeEach(async () => {
      await server.execute('DROP TABLE IF EXISTS bill, paper, person');
      await apply({ kind: 'create-table', table: person });
      await apply({ kind: 'create-table', table: bill });
    });

    test('come back as they were made', async () => {
      expect(bare(await read('person'))).toEqual(bare(person));
      expect(bare(await read('bill'))).toEqual(bare(bill));
    });

    test('have rows with their defaults', async () => {
      await session.run({ sql: 'INSERT INTO bill (no) VALUES (?)', parameters: ['1'] });
      const { rows } = await session.run(plain('SELECT note, data, word, paid, state FROM bill'));
      expect(rows[0]).toEqual({ note: "a \\ b\n'c'", data: '{"a": 1}', word: 'NULL', paid: 0, state: "it's new" });
    });

    const added = column('added', { kind: 'text', length: 30 }, { default: literal('x'), comment: 'new' });
    const count = bill.columns.find((each) => each.name === 'count')!;
    const longer = { ...added, ...column('added', { kind: 'longText' }, { nullable: false, default: literal('y') }) };

    test.each<[string, Change[], (table: Table) => Partial<Table>]>([
      [
        'a column is added',
        [{ kind: 'add-column', table: 'bill', column: added }],
        ({ columns }) => ({ columns: [...columns, added] }),
      ],
      [
        'a column is changed, and keeps what is not',
        [
          { kind: 'add-column', table: 'bill', column: added },
          { kind: 'alter-column', table: 'bill', from: added, to: longer },
        ],
        ({ columns }) => ({ columns: [...columns, longer] }),
      ],
      [
        'a numbered column keeps its numbering',
        [{ kind: 'alter-column', table: 'bill', from: id, to: { ...id, comment: 'key' } }],
        ({ columns }) => ({ columns: [{ ...id, comment: 'key' }, ...columns.slice(1)] }),
      ],
      [
        'a column is renamed',
        [{ kind: 'rename-column', table: 'bill', column: 'count', to: 'number of' }],
        ({ columns }) => ({
          columns: columns.map((each) => (each === count ? { ...count, name: 'number of' } : each)),
        }),
      ],
      [
        'a column is dropped',
        [{ kind: 'drop-column', table: 'bill', column: 'count' }],
        ({ columns }) => ({ columns: columns.filter((each) => each !== count) }),
      ],
      [
        'an index comes and another goes',
        [
          { kind: 'create-index', table: 'bill', index: { name: 'a', columns: ['paid', 'count'], unique: false } },
          { kind: 'drop-index', table: 'bill', index: bill.indexes[0]! },
        ],
        () => ({ indexes: [{ name: 'a', columns: ['paid', 'count'], unique: false }, bill.indexes[1]!] }),
      ],
      [
        'a foreign key is replaced',
        [
          { kind: 'drop-foreign-key', table: 'bill', foreignKey: toPerson },
          { kind: 'drop-index', table: 'bill', index: { name: 'bill_rep', columns: ['rep'], unique: false } },
          { kind: 'add-foreign-key', table: 'bill', foreignKey: { ...toPerson, name: 'b', onDelete: 'restrict' } },
        ],
        () => ({ foreignKeys: [{ ...toPerson, name: 'b', onDelete: 'restrict' }] }),
      ],
      [
        'the primary key is another',
        [{ kind: 'set-primary-key', table: 'bill', from: ['id'], to: ['id', 'no'] }],
        () => ({ primaryKey: { name: null, columns: ['id', 'no'] } }),
      ],
      ['the comment is gone', [{ kind: 'set-table-comment', table: 'bill', comment: null }], () => ({ comment: null })],
    ])('%s', async (_what, changes, expected) => {
      for (const change of changes) await apply(change);
      expect(bare(await read('bill'))).toEqual(bare({ ...bill, ...expected(bill) }));
    });

    test('a table is renamed, and dropped', async () => {
      await apply({ kind: 'rename-table', table: 'bill', to: 'paper' });
      expect(bare(await read('paper'))).toEqual(bare({ ...bill, name: 'paper' }));
      await apply({ kind: 'drop-table', table: 'paper' });
      expect(await read('paper')).toBeUndefined();
    });

    test('are counted, and their doubles', async () => {
      await server.execute("INSERT INTO person (name) VALUES ('a'), ('a'), ('b')");
      await server.execute("INSERT INTO bill (no, rep) VALUES ('1', NULL), ('2', 1), ('3', 1), ('4', NULL)");
      expect(await engine.countRows(session, null, 'bill')).toBe(4);
      expect(await engine.countRows(session, null, 'bill', 'rep')).toBe(2);
      expect(await engine.countDuplicates(session, null, 'person', ['name'])).toBe(1);
      expect(await engine.countDuplicates(session, null, 'bill', ['rep'])).toBe(1);
      expect(await engine.countDuplicates(session, null, 'bill', ['rep', 'no'])).toBe(0);
    });
  });

  test('tables, views and indexes of other people', async () => {
    await server.execute(
      `CREATE TABLE theirs (
         a int(11) unsigned NOT NULL, b varchar(30) DEFAULT NULL, c text, d enum('x','y''s') DEFAULT 'x',
         s int AS (a + 1) VIRTUAL, p int AS (a * 2) STORED, t timestamp NULL DEFAULT CURRENT_TIMESTAMP,
         z bit(1) DEFAULT b'1', PRIMARY KEY (a), KEY by_b (b(5)), FULLTEXT KEY by_c (c), UNIQUE KEY by_d (d, b)
       ) COMMENT = 'old'`,
    );
    await server.execute('CREATE VIEW seen AS SELECT a, b FROM theirs');
    const { tables } = await engine.introspect(session, { schema: null, tables: ['theirs', 'seen'] });
    const [seen, theirs] = tables;
    expect(seen).toMatchObject({ name: 'seen', kind: 'view', primaryKey: null, comment: null });
    expect(seen?.columns.map(({ name, native }) => [name, native])).toEqual([
      ['a', 'int unsigned'],
      ['b', 'varchar(30)'],
    ]);
    expect(theirs).toMatchObject({
      primaryKey: { columns: ['a'] },
      indexes: [{ name: 'by_d', columns: ['d', 'b'], unique: true }],
      comment: 'old',
    });
    expect(theirs?.columns.map((each) => [each.name, each.type.kind, each.default, each.generated])).toEqual([
      ['a', 'bigint', null, null],
      ['b', 'text', null, null],
      ['c', 'longText', null, null],
      ['d', 'choice', literal('x'), null],
      ['s', 'integer', null, 'computed'],
      ['p', 'integer', null, 'computed'],
      ['t', 'instant', { kind: 'now' }, null],
      ['z', 'boolean', literal(true), null],
    ]);
    await server.execute('DROP VIEW seen');
    await server.execute('DROP TABLE theirs');
  });

  test('reading many tables takes as many queries as reading one', async () => {
    const other = `${server.database}_many`;
    await server.execute(`CREATE DATABASE ${other}`);
    const wide = Array.from({ length: 12 }, (_, at) => `c${at} varchar(20) DEFAULT 'x'`).join(', ');
    const own = await engine.connect(mysqlTarget({ ...server, ip: server.host, database: other }));
    const counted = async (schema: string): Promise<[number, Schema]> => {
      const questions = async () =>
        Number((await own.run(plain("SHOW SESSION STATUS LIKE 'Questions'"))).rows[0]?.['Value']);
      const before = await questions();
      const read = await engine.introspect(own, { schema });
      return [(await questions()) - before, read];
    };
    await own.run(plain(`CREATE TABLE t0 (id int PRIMARY KEY, ${wide}, UNIQUE KEY u (c0), KEY k (c1, c2))`));
    const [queriesForOne] = await counted(other);
    for (let at = 1; at < 300; at++) await own.run(plain(`CREATE TABLE t${at} LIKE t0`));
    const started = performance.now();
    const [queries, { tables }] = await counted(other);
    expect(tables).toHaveLength(300);
    expect(tables[299]).toMatchObject({ columns: { length: 13 }, indexes: { length: 2 } });
    expect(queries).toBe(queriesForOne);
    expect(performance.now() - started).toBeLessThan(5_000);
    await server.execute(`DROP DATABASE ${other}`);
    await own.close();
  }, 60_000);

  describe('rights', () => {
    async function rightsOf(...grants: string[]) {
      const user = `u${process.pid}_${Math.floor(performance.now() * 1000)}`;
      await server.execute(`CREATE USER ${user}@'%' IDENTIFIED BY 'Pass_word_1'`);
      for (const grant of grants)
        await server.execute(grant.replaceAll('USER', `${user}@'%'`).replaceAll('DB', server.database));
      const target = mysqlTarget({
        ...server,
        ip: server.host,
        user,
        password: 'Pass_word_1',
        database: server.database,
      });
      const own = await engine.connect(target);
      const rights = await engine.rights(own, target);
      await own.close();
      await server.execute(`DROP USER ${user}@'%'`);
      return rights;
    }

    test('of a reader', async () => {
      expect(await rightsOf('GRANT SELECT ON DB.* TO USER')).toMatchObject({
        read: { right: 'yes' },
        write: { right: 'no', detail: 'missing: INSERT, UPDATE, DELETE' },
        ddl: { right: 'no' },
        excess: [],
      });
    });

    test('of one who may do all on the database, and of one who may do more', async () => {
      expect(await rightsOf('GRANT ALL PRIVILEGES ON DB.* TO USER')).toMatchObject({
        read: { right: 'yes' },
        write: { right: 'yes' },
        ddl: { right: 'yes' },
        excess: [],
      });
      const { excess } = await rightsOf('GRANT ALL PRIVILEGES ON DB.* TO USER', 'GRANT FILE, SELECT ON *.* TO USER');
      expect(excess).toEqual(['read and write files of the server', 'SELECT on every database']);
    });

    test('that come through a role', async () => {
      const role = `r${process.pid}`;
      await server.execute(`CREATE ROLE ${role}`);
      await server.execute(`GRANT SELECT, INSERT, UPDATE, DELETE ON ${server.database}.* TO ${role}`);
      const mariadb = session.server.product === 'MariaDB';
      const byDefault = mariadb ? `SET DEFAULT ROLE ${role} FOR USER` : `SET DEFAULT ROLE ${role} TO USER`;
      const rights = await rightsOf('GRANT USAGE ON DB.* TO USER', `GRANT ${role} TO USER`, byDefault);
      expect(rights).toMatchObject({ read: { right: 'yes' }, write: { right: 'yes' }, ddl: { right: 'no' } });
      await server.execute(`DROP ROLE ${role}`);
    });
  });

  test('facts and identity', async () => {
    const facts = await engine.facts(session);
    expect(facts).toMatchObject({ encoding: 'utf8mb4', unicode: true });
    expect(facts.connectionLimit).toBeGreaterThan(0);
    expect(Math.abs(Date.parse(facts.now) - Date.now())).toBeLessThan(5_000);
    const target = mysqlTarget({ ...server, database: server.database });
    const identity = await engine.identity(session, target);
    expect(identity).toMatch(/^[\w-]{30,}\/mooring_test_/);
    expect(await engine.identity(session, { ...target, database: 'other' })).not.toBe(identity);
  });

  test('databases', async () => {
    const all = await engine.listDatabases(session);
    expect(all).toContainEqual({ name: server.database, system: false });
    expect(all).toContainEqual({ name: 'information_schema', system: true });
    expect(await engine.schemaExists(session, server.database)).toBe(true);
    expect(await engine.schemaExists(session, 'none')).toBe(false);
    const name = `${server.database}_new`;
    for (const statement of engine.createDatabase(name)) await session.run(statement);
    expect(await engine.schemaExists(session, name)).toBe(true);
    await server.execute(`DROP DATABASE ${name}`);
  });

  describe('the lock', () => {
    const connect = () => engine.connect(mysqlTarget({ ...server, ip: server.host, database: server.database }));

    test('is for one at a time, and for one database', async () => {
      const [one, two] = await Promise.all([connect(), connect()]);
      const elsewhere = await engine.connect(mysqlTarget({ ...server, ip: server.host, database: 'mysql' }));
      const release = await engine.lock(one, 'migrate', 0);
      expect(release).not.toBeNull();
      expect(await engine.lock(two, 'migrate', 100)).toBeNull();
      expect(await engine.lock(two, 'another', 100)).not.toBeNull();
      expect(await engine.lock(elsewhere, 'migrate', 100)).not.toBeNull();
      await release?.();
      expect(await engine.lock(two, 'migrate', 100)).not.toBeNull();
      await Promise.all([one, two, elsewhere].map((each) => each.close()));
    });

    test('waits, and ends with the session', async () => {
      const [one, two] = await Promise.all([connect(), connect()]);
      expect(await engine.lock(one, 'migrate', 0)).not.toBeNull();
      const waiting = engine.lock(two, 'migrate', 5_000);
      one.destroy();
      expect(await waiting).not.toBeNull();
      await two.close();
    });
  });
});
