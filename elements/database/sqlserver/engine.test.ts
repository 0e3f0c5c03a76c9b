// The engine over a fake of its driver; canned answers follow the pages that they name (learn.microsoft.com/sql).
import { beforeEach, expect, test, vi } from 'vitest';
import { type Asked, type Canned, fake } from '#test/support/fake-tedious.ts';
import { PASSWORD, sqlserverTarget } from '#test/support/sqlserver-target.ts';
import type { ColumnRef, Insert } from '../query.ts';
import { engine } from './engine.ts';

vi.mock('tedious', async () => (await import('#test/support/fake-tedious.ts')).tedious);

const target = sqlserverTarget({ port: 1433, statementTimeoutMs: 50 });

/** "t-sql/functions/serverproperty": ProductVersion and EngineEdition of SQL Server 2022, and "sys.databases": its level */
const FACTS = { version: '16.0.4095.4', edition: 3, level: 160 };

let answer: (asked: Asked) => Canned;

beforeEach(() => {
  Object.assign(fake, { asked: [], config: null, connections: [], signIn: null });
  answer = () => ({});
  fake.answer = (asked) => {
    if (asked.sql.includes('ProductVersion')) return { rows: [FACTS] };
    return asked.sql.includes('lock_timeout') ? {} : answer(asked);
  };
});

/** A session, with the questions of its making forgotten. */
async function open() {
  const session = await engine.connect(target);
  fake.asked = [];
  return session;
}

test('signs in with settings of its own for all that a statement’s meaning hangs on', async () => {
  const session = await engine.connect(
    sqlserverTarget({ port: 1433, options: { applicationName: 'shop', lockTimeoutMs: 7 } }),
  );
  expect(session.server).toEqual({ product: 'SQL Server', version: FACTS.version, tls: null });
  expect(fake.config).toMatchObject({
    server: 'localhost',
    authentication: { type: 'default', options: { userName: 'app', password: PASSWORD } },
    options: {
      database: 'shop',
      appName: 'shop',
      encrypt: false,
      abortTransactionOnError: true,
      maxRetriesOnTransientErrors: 0,
      language: 'us_english',
      dateFormat: 'ymd',
    },
  });
  expect(fake.asked.at(-1)).toMatchObject({ call: 'execSqlBatch', sql: expect.stringContaining('lock_timeout 7') });
  await session.close();
  expect(fake.connections.every(({ closed }) => closed)).toBe(true);
});

test('binds each kind of value as what the server reads it as', async () => {
  const session = await open();
  const parameters = ['ä', null, true, 7, 0.5, new Uint8Array([1])];
  await session.run({ sql: 'select 1', parameters });
  expect(fake.asked).toEqual([
    {
      call: 'execSql',
      sql: 'select 1',
      parameters: [
        { name: 'p1', type: 'NVarChar', value: 'ä' },
        { name: 'p2', type: 'NVarChar', value: null },
        { name: 'p3', type: 'Bit', value: true },
        { name: 'p4', type: 'BigInt', value: 7 },
        { name: 'p5', type: 'Float', value: 0.5 },
        { name: 'p6', type: 'VarBinary', value: Buffer.from([1]) },
      ],
    },
  ]);
});

test('sends one request at a time', async () => {
  const session = await open();
  answer = ({ sql }) => ({ rows: [{ sql }] });
  const all = await Promise.all(['a', 'b', 'c'].map((sql) => session.run({ sql, parameters: [] })));
  expect(all.map(({ rows }) => rows[0]?.['sql'])).toEqual(['a', 'b', 'c']);
});

test('cancels at the deadline, and cuts what does not end then', async () => {
  const session = await open();
  answer = () => 'silence';
  await expect(session.run({ sql: 'waitfor', parameters: [] })).rejects.toMatchObject({ kind: 'timeout' });
  expect(session.usable).toBe(true);
  const connection = fake.connections[0]!;
  connection.cancel = () => true;
  await expect(session.run({ sql: 'waitfor', parameters: [] })).rejects.toMatchObject({ kind: 'timeout' });
  expect(session.usable).toBe(false);
  expect(connection.closed).toBe(true);
});

/** "relational-databases/errors-events", 3902 and 3903: with XACT_ABORT on, a failed statement has rolled back already */
test('a transaction that the server has rolled back can not be committed, and is rolled back for sure', async () => {
  const session = await open();
  const gone = (number: number, what: string) => ({
    error: {
      code: 'EREQUEST',
      number,
      message: `The ${what} TRANSACTION request has no corresponding BEGIN TRANSACTION.`,
    },
  });
  answer = ({ call }) => {
    if (call === 'commitTransaction') return gone(3902, 'COMMIT');
    return call === 'rollbackTransaction' ? gone(3903, 'ROLLBACK') : {};
  };
  await session.begin();
  expect(session.inTransaction).toBe(true);
  await expect(session.commit()).rejects.toMatchObject({ code: '3902' });
  await session.begin();
  await session.rollback();
  expect(session).toMatchObject({ inTransaction: false, usable: true });
});

/** "t-sql/functions/sysutcdatetime", "max-connections-transact-sql", "databasepropertyex" */
test('facts of a database', async () => {
  const session = await open();
  const collation = 'Latin1_General_100_CI_AS_SC_UTF8';
  answer = () => ({ rows: [{ user: 'app', now: '2026-01-31T10:00:00.250Z', collation, most: 32767 }] });
  expect(await engine.facts(session)).toEqual({
    user: 'app',
    now: '2026-01-31T10:00:00.250Z',
    encoding: `UTF-16, collation ${collation}`,
    unicode: true,
    connectionLimit: 32767,
  });
});

/** "sys.databases": service_broker_guid, create_date, group_database_id */
test('the identity is the database’s own, and that of its group where it is in one', async () => {
  const session = await open();
  const copy = { group: null, broker: 'B', made: '2026-01-01T00:00:00', name: 'shop', schema: 'dbo' };
  const identityOf = (row: object) => {
    answer = () => ({ rows: [{ ...copy, ...row }] });
    return engine.identity(session, target);
  };
  expect(await identityOf({})).toBe(await identityOf({}));
  expect(await identityOf({})).not.toBe(await identityOf({ made: '2026-02-02T00:00:00' }));
  expect(await identityOf({ group: 'G' })).toBe(await identityOf({ group: 'G', made: '2026-02-02T00:00:00' }));
  expect(await identityOf({})).not.toBe(await identityOf({ schema: 'other' }));
});

/** "sp_getapplock": 0 and 1 when it was granted, -1 when it timed out */
test.each([
  [0, true],
  [1, true],
  [-1, false],
])('the lock: %i', async (taken, held) => {
  const session = await open();
  answer = () => ({ rows: [{ taken }] });
  const release = await engine.lock(session, 'shop dbo', 25);
  expect(release !== null).toBe(held);
  expect(fake.asked[0]!.parameters[1]).toMatchObject({ type: 'BigInt', value: 25 });
  await release?.();
  expect(fake.asked.at(-1)!.sql).toMatch(held ? /sp_releaseapplock/ : /sp_getapplock/);
});

/** "count-big-transact-sql": a bigint, which the driver gives as digits ("api-datatypes") */
test('counts', async () => {
  const session = await open();
  answer = () => ({ rows: [{ n: '3' }] });
  expect(await engine.countRows(session, 'dbo', 'bill', 'name')).toBe(3);
  expect(fake.asked[0]!.sql).toBe('select count_big(*) as n from [dbo].[bill] where [name] is null');
  expect(await engine.countDuplicates(session, 'dbo', 'bill', ['a', 'b'])).toBe(3);
  expect(fake.asked[1]!.sql).toBe(
    'select count_big(*) as n from (select 1 as x from [dbo].[bill] where [a] is not null and [b] is not null group by [a], [b] having count_big(*) > 1) as g',
  );
});

const id: ColumnRef = { column: 'id', type: { kind: 'integer' } };
const name: ColumnRef = { column: 'name', type: { kind: 'text', length: 9 } };
const bill = { schema: 'dbo', table: 'bill' };

test('pages, with a second question only where the total is not known', async () => {
  const session = await open();
  const page = { from: bill, fields: [{ as: 'id', column: id }], filter: null, order: [], offset: 0, count: true };
  answer = ({ sql }) => ({
    rows: sql.includes('count_big') ? [{ total: '9' }] : [{ j: '{"id":1}' }, { j: '{"id":2}' }],
  });
  expect(await engine.select(session, { ...page, limit: 5 })).toEqual({
    body: '[{"id":1},{"id":2}]',
    rows: 2,
    total: 2,
  });
  expect(fake.asked).toHaveLength(1);
  expect(await engine.select(session, { ...page, limit: 2 })).toMatchObject({ rows: 2, total: 9 });
});

test('writes: one statement by itself, several in one transaction', async () => {
  const session = await open();
  answer = ({ call }) => (call === 'execSql' ? { rows: [{ n: 1000 }] } : {});
  const insert = (rows: number): Insert => ({
    into: bill,
    columns: [name],
    rows: Array.from({ length: rows }, () => ['x']),
    returning: null,
    key: [id],
    increment: id,
  });
  expect(await engine.insert(session, insert(1000))).toEqual({ body: '[]', rows: 1000, total: null });
  expect(fake.asked.map(({ call }) => call)).toEqual(['execSql']);
  fake.asked = [];
  expect(await engine.insert(session, insert(2000))).toMatchObject({ rows: 2000 });
  expect(fake.asked.map(({ call }) => call)).toEqual(['beginTransaction', 'execSql', 'execSql', 'commitTransaction']);
});

test('a delete that gives related rows back reads them before they go', async () => {
  const session = await open();
  answer = ({ sql }) => ({ rows: sql.startsWith('select') ? [{ j: '{"lines":[]}' }] : [{ n: 1 }] });
  const lines = { kind: 'many' as const, from: bill, on: [{ outer: id, inner: id }], fields: [], order: [] };
  const query = { from: bill, filter: { op: 'eq' as const, column: id, value: 1 }, key: [id] };
  const gone = await engine.delete(session, { ...query, returning: [{ as: 'lines', embed: lines }] });
  expect(gone).toEqual({ body: '[{"lines":[]}]', rows: 1, total: null });
  expect(fake.asked.map(({ call, sql }) => [call, sql.split(' ')[0]])).toEqual([
    ['beginTransaction', ''],
    ['execSql', 'select'],
    ['execSql', 'delete'],
    ['commitTransaction', ''],
  ]);
});

test('rights, on the server only where there is one', async () => {
  const session = await open();
  answer = ({ sql }) => ({
    rows: sql.includes('sysadmin') ? [{ 'system administrator': 1 }] : sql.includes('db_owner') ? [{ owner: 0 }] : [],
  });
  expect(await engine.rights(session, target)).toMatchObject({
    read: { right: 'no', detail: 'the schema does not exist' },
    excess: ['system administrator'],
  });
});

test('a schema is made alone, and a database', () => {
  expect(engine.createSchema('a]b')).toEqual([{ sql: 'create schema [a]]b]', parameters: [] }]);
  expect(engine.createDatabase('shop')).toEqual([{ sql: 'create database [shop]', parameters: [] }]);
});
