import { afterAll, beforeAll, expect, test } from 'vitest';
import { startMariadb } from '#test/support/mariadb-server.ts';
import type { Mariadb } from '#test/support/mariadb-server.ts';
import { mysqlTarget } from '#test/support/mysql-target.ts';
import type { Session } from '../contract.ts';
import { DatabaseFailure } from '../contract.ts';
import type { Statement } from '../schema.ts';
import { engine } from './engine.ts';

let server: Mariadb;

beforeAll(async () => {
  server = await startMariadb();
  await server.execute('CREATE DATABASE shop');
  await server.execute('CREATE TABLE t (id int PRIMARY KEY, n int NOT NULL)', 'shop');
});

afterAll(() => server?.stop());

const plain = (sql: string): Statement => ({ sql, parameters: [] });

const connect = (statementTimeoutMs = 10_000) =>
  engine.connect(mysqlTarget({ port: server.port, database: 'shop', statementTimeoutMs }));

async function idOf(session: Session): Promise<number> {
  const { rows } = await session.run(plain('SELECT connection_id() AS id'));
  return Number(rows[0]?.['id']);
}

/** Statements of others that run now. */
async function running(text: string): Promise<number> {
  const rows = await server.execute('SHOW FULL PROCESSLIST');
  return rows.filter((row) => String(row['Info']).includes(text) && row['Info'] !== 'SHOW FULL PROCESSLIST').length;
}

/** What happens to a session between the kill and the next look at it. */
const LIVES: Record<string, (session: Session) => Promise<{ after: () => Promise<unknown> }>> = {
  idle: async (session) => ({ after: () => session.run(plain('SELECT 1')) }),
  'idle with a prepared statement': async (session) => {
    const statement = { sql: 'SELECT n FROM t WHERE id = ?', parameters: [1] };
    await session.run(statement, { prepared: true });
    return { after: () => session.run(statement, { prepared: true }) };
  },
  'in a query': async (session) => {
    const query = session.run(plain('SELECT sleep(30) AS loss_in_query')).catch((error: unknown) => error);
    await expect.poll(() => running('loss_in_query')).toBe(1);
    return { after: async () => Promise.reject((await query) as Error) };
  },
  'in a transaction': async (session) => {
    await session.begin();
    await session.run({ sql: 'INSERT INTO t VALUES (?, 1)', parameters: [77] });
    return { after: () => session.commit() };
  },
};

test.each(Object.entries(LIVES))('25 kills %s are lost connections, and the process lives', async (_name, live) => {
  for (let round = 0; round < 25; round++) {
    const session = await connect();
    const id = await idOf(session);
    const { after } = await live(session);
    await server.execute(`KILL ${id}`);
    await expect(after()).rejects.toMatchObject({ name: 'DatabaseFailure', kind: 'connection-lost' });
    expect(session.usable).toBe(false);
    await expect(session.run(plain('SELECT 1'))).rejects.toMatchObject({ kind: 'connection-lost' });
    await session.close();
  }
  expect(await server.execute('SELECT * FROM t', 'shop')).toEqual([]);
});

test('an idle session that is killed knows without being asked', async () => {
  const session = await connect();
  await server.execute(`KILL ${await idOf(session)}`);
  await expect.poll(() => session.usable).toBe(false);
});

test('a killed query leaves the session usable', async () => {
  const session = await connect();
  const id = await idOf(session);
  const query = session
    .run(plain('SELECT sum(sqrt(seq)) AS kill_query FROM seq_1_to_1000000000'))
    .catch((error: unknown) => error);
  await expect.poll(() => running('kill_query')).toBe(1);
  await server.execute(`KILL QUERY ${id}`);
  expect(await query).toMatchObject({ kind: 'cancelled', code: '1317' });
  expect(session.usable).toBe(true);
  await session.close();
});

test('the server ends a statement at its deadline, and the session goes on', async () => {
  const session = await connect();
  const started = performance.now();
  const slow = session.run(plain('SELECT sleep(30) AS server_deadline'), { timeoutMs: 200 });
  await expect(slow).rejects.toMatchObject({ kind: 'timeout' });
  expect(performance.now() - started).toBeLessThan(1_000);
  expect(session.usable).toBe(true);
  expect(await running('server_deadline')).toBe(0);
  expect((await session.run(plain('SELECT sleep(0.4) AS s'))).rows).toEqual([{ s: 0 }]);
  await session.close();
});

test('without a deadline on the server the socket is cut, and the statement ended from outside', async () => {
  const session = await connect();
  await session.run(plain('SELECT 1'));
  // As on MySQL for everything but reads: the server is told of no deadline.
  await session.run(plain('SET SESSION max_statement_time = 0'));
  const slow = session.run(plain('SELECT sleep(30) AS socket_deadline'), { timeoutMs: 10_000 });
  await expect.poll(() => running('socket_deadline')).toBe(1);
  session.destroy();
  await expect(slow).rejects.toMatchObject({ kind: 'connection-lost' });
  await expect.poll(() => running('socket_deadline'), { timeout: 2_000 }).toBe(0);
});

test('a server that stops answering does not hold a statement past its deadline', async () => {
  const session = await connect(300);
  await session.run(plain('SELECT 1'));
  await session.run(plain('SET SESSION max_statement_time = 0'));
  const started = performance.now();
  await expect(session.run(plain('SELECT sleep(30) AS no_answer'))).rejects.toMatchObject({ kind: 'timeout' });
  expect(performance.now() - started).toBeLessThan(1_500);
  expect(session.usable).toBe(false);
  await expect.poll(() => running('no_answer'), { timeout: 2_000 }).toBe(0);
});

test('sessions that are closed or destroyed leave no connection on the server', async () => {
  const sessions = await Promise.all(Array.from({ length: 20 }, () => connect()));
  const [first] = sessions;
  await first?.begin();
  await Promise.all(sessions.map((session, at) => (at % 2 ? session.close() : session.destroy())));
  await Promise.all(sessions.map((session) => session.close()));
  const others = "SELECT count(*) AS n FROM information_schema.PROCESSLIST WHERE DB = 'shop'";
  await expect.poll(async () => Number((await server.execute(others))[0]?.['n'])).toBe(0);
});

test('a server that goes away', async () => {
  const own = await startMariadb();
  const session = await engine.connect(mysqlTarget({ port: own.port }));
  const query = session.run(plain('SELECT sleep(30)')).catch((error: unknown) => error);
  await own.stop();
  expect(await query).toBeInstanceOf(DatabaseFailure);
  expect(await query).toMatchObject({ kind: 'connection-lost' });
  await expect(engine.connect(mysqlTarget({ port: own.port }))).rejects.toMatchObject({ why: 'refused' });
});

test('an answer without end is cut', async () => {
  const session = await connect();
  const endless = plain("SELECT repeat('x', 1000000) AS x FROM seq_1_to_1000000");
  await expect(session.run(endless)).rejects.toMatchObject({ code: 'ANSWER_TOO_LONG' });
  expect(session.usable).toBe(false);
});

test('prepared statements are kept to a bound', async () => {
  const session = await connect();
  for (let i = 0; i < 250; i++) await session.run({ sql: `SELECT ${i} AS n FROM t WHERE id = ?`, parameters: [i] });
  const { rows } = await session.run(plain("SHOW SESSION STATUS LIKE 'Com_stmt_close'"));
  expect(Number(rows[0]?.['Value'])).toBeGreaterThanOrEqual(149);
  await session.close();
});
