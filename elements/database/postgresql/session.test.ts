import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '#test/support/postgres-server.ts';
import { type TargetWish, serverTarget } from '#test/support/server-target.ts';
import { type TcpProxy, startTcpProxy } from '#test/support/tcp-server.ts';
import type { Session } from '../contract.ts';
import { engine } from './engine.ts';

let server: PostgresServer;
let admin: Session;
const sessions: Session[] = [];

beforeAll(async () => {
  server = await startPostgres();
  admin = await engine.connect(target());
});
afterEach(async () => {
  await Promise.all(sessions.splice(0).map((session) => session.close()));
});
afterAll(async () => {
  await admin?.close();
  await server?.stop();
});

const target = (wish: Partial<TargetWish> = {}) =>
  serverTarget({ port: server.port, user: server.user, password: server.password, ...wish });

async function connect(wish: Partial<TargetWish> = {}): Promise<Session> {
  const session = await engine.connect(target(wish));
  sessions.push(session);
  return session;
}

const sql = (text: string, ...parameters: (string | number)[]) => ({ sql: text, parameters });
const failure = (work: Promise<unknown>) => work.catch((error: unknown) => error);
const pidOf = async (session: Session) =>
  (await session.run(sql('select pg_backend_pid() as pid'))).rows[0]!['pid'] as number;
const runs = async (pid: number) =>
  (await admin.run(sql("select 1 from pg_stat_activity where pid = $1 and state = 'active'", pid))).rows.length > 0;
const until = async (wanted: boolean, condition: () => Promise<boolean>) => {
  while ((await condition()) !== wanted);
};

const lives = async (pid: number) =>
  (await admin.run(sql('select 1 from pg_stat_activity where pid = $1', pid))).rows.length > 0;
async function kill(pid: number) {
  await admin.run(sql('select pg_terminate_backend($1)', pid));
  await until(false, () => lives(pid));
}

describe('a killed backend', () => {
  const lost = { name: 'DatabaseFailure', kind: 'connection-lost' };
  const ways: Record<string, (session: Session, pid: number) => Promise<void>> = {
    idle: async (session, pid) => {
      await kill(pid);
      await expect(session.run(sql('select 1'))).rejects.toMatchObject(lost);
    },
    'between two statements': async (session, pid) => {
      await session.run(sql('select 1'));
      await kill(pid);
      await expect(session.run(sql('select 1'), { prepared: true })).rejects.toMatchObject(lost);
    },
    'in a query': async (session, pid) => {
      const running = failure(session.run(sql('select pg_sleep(60)')));
      await until(true, () => runs(pid));
      await kill(pid);
      expect(await running).toMatchObject(lost);
    },
    'in a transaction': async (session, pid) => {
      await session.begin();
      await session.run(sql('select 1'));
      await kill(pid);
      await expect(session.commit()).rejects.toMatchObject(lost);
    },
  };

  it.each(Object.keys(ways))('%s, 25 times', async (way) => {
    for (let round = 0; round < 25; round++) {
      const session = await engine.connect(target());
      await ways[way]!(session, await pidOf(session));
      expect(session.usable).toBe(false);
      await expect(session.run(sql('select 1'))).rejects.toMatchObject(lost);
      await expect(session.rollback()).rejects.toMatchObject(lost);
      await session.close();
      session.destroy();
    }
  });
});

describe('deadlines', () => {
  let proxy: TcpProxy | null = null;
  afterEach(async () => {
    await proxy?.stop();
    proxy = null;
  });

  it('cancels a statement on the server and keeps the session', async () => {
    const session = await connect();
    const pid = await pidOf(session);
    const startedAt = performance.now();
    await expect(session.run(sql('select pg_sleep(60)'), { timeoutMs: 100 })).rejects.toMatchObject({
      kind: 'timeout',
    });
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    expect(await runs(pid)).toBe(false);
    expect(session.usable).toBe(true);
    expect(await pidOf(session)).toBe(pid);
  });

  it('has the server end it too, at the deadline of the target', async () => {
    const session = await connect({ statementTimeoutMs: 100 });
    await expect(session.run(sql('select pg_sleep(60)'))).rejects.toMatchObject({ kind: 'timeout', code: '57014' });
    expect(session.usable).toBe(true);
  });

  it('lets one statement run longer than the others, and forgets that on a rollback', async () => {
    const session = await connect({ statementTimeoutMs: 100 });
    await session.begin();
    await session.run(sql('select pg_sleep(0.3)'), { timeoutMs: 5_000 });
    await session.rollback();
    await session.run(sql('select pg_sleep(0.3)'), { timeoutMs: 5_000 });
    expect(session.usable).toBe(true);
  });

  it('cuts a connection on which nothing comes back', async () => {
    proxy = await startTcpProxy(server.port);
    const session = await connect({ port: proxy.port });
    await session.run(sql('select 1'));
    proxy.freeze();
    const startedAt = performance.now();
    await expect(session.run(sql('select 1'), { timeoutMs: 200 })).rejects.toMatchObject({ kind: 'timeout' });
    expect(performance.now() - startedAt).toBeLessThan(3_000);
    expect(session.usable).toBe(false);
  });

  it('closes within a second where nobody answers', async () => {
    proxy = await startTcpProxy(server.port);
    const session = await connect({ port: proxy.port });
    proxy.freeze();
    const startedAt = performance.now();
    await session.close();
    expect(performance.now() - startedAt).toBeLessThan(1_500);
  });

  it('cancels what runs when the session is destroyed', async () => {
    const session = await connect();
    const pid = await pidOf(session);
    const running = failure(session.run(sql('select pg_sleep(60)')));
    await until(true, () => runs(pid));
    session.destroy();
    expect(await running).toMatchObject({ kind: 'connection-lost' });
    await until(false, () => runs(pid));
  });
});

describe('transactions', () => {
  it('says that a commit was a rollback', async () => {
    const session = await connect();
    await session.begin();
    await expect(session.run(sql('select 1/0'))).rejects.toMatchObject({ kind: 'value' });
    await expect(session.commit()).rejects.toMatchObject({ code: '25P02' });
    await session.begin();
    await session.commit();
  });
});

describe('prepared statements', () => {
  const kept = async (session: Session) =>
    (await session.run(sql('select count(*)::int as n from pg_prepared_statements'))).rows[0]!['n'];

  it('are kept by their text, up to a bound', async () => {
    const session = await connect();
    for (let round = 0; round < 3; round++) await session.run(sql('select $1::int as n', 1), { prepared: true });
    expect(await kept(session)).toBe(1);
    for (let n = 0; n < 300; n++) {
      const { rows } = await session.run(sql(`select $1::int + ${n} as n`, 1), { prepared: true });
      expect(rows).toEqual([{ n: n + 1 }]);
    }
    expect(await kept(session)).toBe(200);
  });

  it('survive a change of the table and a server that has forgotten them', async () => {
    const session = await connect();
    await session.run(sql('create temp table changing (a int)'));
    const read = () => session.run(sql('select * from changing'), { prepared: true });
    await session.run(sql('insert into changing values (1)'));
    expect((await read()).rows).toEqual([{ a: 1 }]);
    await session.run(sql('alter table changing add b text'));
    expect((await read()).rows).toEqual([{ a: 1, b: null }]);
    expect((await read()).rows).toEqual([{ a: 1, b: null }]);
    await session.run(sql('deallocate all'));
    expect((await read()).rows).toEqual([{ a: 1, b: null }]);
    expect((await read()).rows).toEqual([{ a: 1, b: null }]);
  });
});

it('notices that a column has another type since a statement was prepared', async () => {
  const session = await connect();
  await session.run(sql('create temp table retyped (a text)'));
  const read = (value: number) => session.run(sql('select a from retyped where a = $1', value), { prepared: true });
  await read(1);
  await session.run(sql('alter table retyped alter a type int using a::int'));
  await session.run(sql('insert into retyped values (7)'));
  expect((await read(7)).rows).toEqual([{ a: 7 }]);
  expect((await read(7)).rows).toEqual([{ a: 7 }]);
  await session.run(sql('alter table retyped alter a type uuid using null::uuid'));
  await session.begin();
  await expect(read(7)).rejects.toMatchObject({ code: '42883' });
  await session.rollback();
  // it was forgotten: what is wrong now is the value
  await expect(read(7)).rejects.toMatchObject({ code: '22P02' });
});

it('runs statements one after the other, whoever asks', async () => {
  const session = await connect();
  const answers = await Promise.all([1, 2, 3].map((n) => session.run(sql('select $1::int as n', n))));
  expect(answers.map(({ rows }) => rows[0]!['n'])).toEqual([1, 2, 3]);
});

it('takes one statement at a time and no more in one text', async () => {
  const session = await connect();
  await expect(session.run(sql('select 1; select 2'))).rejects.toMatchObject({ code: '42601' });
});
