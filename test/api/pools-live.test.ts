/** Pools on real servers: killed backends, drains, floods, and a thousand tests that leave no socket. */
import { readdirSync, readlinkSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { DatabaseFailure } from '#elements/database/contract.ts';
import type { Session } from '#elements/database/contract.ts';
import { loadEngine } from '#elements/database/engines.ts';
import { Pool } from '#lib/connections/pool.ts';
import { poolSettings } from '#lib/connections/pool-settings.ts';
import type { PoolSettings } from '#lib/connections/pool-settings.ts';
import { makeTarget } from '#lib/connections/target.ts';
import { runStages } from '#lib/connections/test/run-stages.ts';
import type { FieldTree } from '#lib/source/source.ts';
import { resolve } from '#lib/variables/resolve.ts';
import { freePort } from '#test/support/free-port.ts';
import { mariadbBench, postgresBench } from '#test/support/server-benches.ts';
import type { ServerBench } from '#test/support/server-benches.ts';
import { TcpGate } from '#test/support/tcp-gate.ts';
import { benchSource, benchValues } from '#test/support/trial.ts';

const place = { app: 'shop', environment: 'development' };
const surroundings = {
  policy: { mode: 'local' as const, allow: [], portalPort: 3000 },
  home: '/nowhere',
  forbidden: [],
};

const one = { sql: 'select 1 as one', parameters: [] };

/** Sockets and pipes of this process, where the system tells. */
const openSockets = () =>
  readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).startsWith('socket:');
    } catch {
      return false;
    }
  }).length;

describe.each([
  ['PostgreSQL', postgresBench, 'select pg_sleep(0.2)'],
  ['MariaDB', mariadbBench, 'select sleep(0.2)'],
])('%s', (_name, start, slow) => {
  let bench: ServerBench;
  const pools: Pool[] = [];
  beforeAll(async () => {
    bench = await start();
  });
  afterEach(async () => {
    await Promise.all(pools.splice(0).map((pool) => pool.close(1000)));
  });
  afterAll(() => bench.stop());

  async function poolOf(figures: Partial<PoolSettings>, more: FieldTree = {}): Promise<Pool> {
    const { elements } = resolve(benchSource(bench, more), benchValues(bench), { only: ['databases.Main'] });
    const engine = await loadEngine(bench.engine);
    const pool = new Pool({
      settings: poolSettings(figures),
      async connect() {
        const outcome = await makeTarget(elements[0]!, place, { surroundings });
        if (!outcome.ok) throw new Error(outcome.reason.message);
        return engine.connect(outcome.target);
      },
    });
    pools.push(pool);
    return pool;
  }

  const fine = async (pool: Pool) => expect((await pool.use((session) => session.run(one))).rows).toHaveLength(1);

  test('100 kills, idle, checked out, in a statement and in a transaction: the process and the pool live on', async () => {
    const pool = await poolOf({ max: 4 });
    const states: ((session: Session) => Promise<unknown>)[] = [
      async (session) => session.run(one),
      async (session) => {
        await bench.killSessions();
        return session.run(one);
      },
      async (session) => Promise.all([session.run({ sql: slow, parameters: [] }), bench.killSessions()]),
      async (session) => {
        await session.begin();
        await session.run(one);
        await bench.killSessions();
        return session.commit();
      },
    ];
    const failures: unknown[] = [];
    for (let round = 0; round < 25; round++) {
      for (const state of states) {
        const outcome = await pool.use(state).then(
          () => null,
          (error: unknown) => error,
        );
        if (outcome !== null) failures.push(outcome);
        await bench.killSessions();
      }
    }
    await expect
      .poll(() =>
        fine(pool).then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
    // told to the caller whose session it was, and to nobody else
    expect(failures.length).toBeGreaterThan(50);
    expect(failures.every((each) => each instanceof DatabaseFailure)).toBe(true);
    expect(pool.figures.inUse).toBe(0);
  });

  test('a drain fails no request that runs or waits', async () => {
    const pool = await poolOf({ max: 2 });
    const running = Array.from({ length: 6 }, () => pool.use((session) => session.run({ sql: slow, parameters: [] })));
    await expect.poll(() => pool.figures.inUse).toBe(2);
    await pool.drain();
    expect((await Promise.allSettled(running)).map(({ status }) => status)).toEqual(Array(6).fill('fulfilled'));
    await expect(pool.use((session) => session.run(one))).rejects.toMatchObject({ why: 'drained' });
    await expect.poll(() => bench.sessions()).toBe(0);
  });

  test('a flood is bounded: what does not fit is turned away at once, the rest is served', async () => {
    const pool = await poolOf({ max: 4, queueLimit: 10 });
    const flood = Array.from({ length: 200 }, () => pool.use((session) => session.run(one)));
    const outcomes = await Promise.allSettled(flood);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(14);
    const refused = outcomes.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []));
    expect(refused).toEqual(Array(186).fill(expect.objectContaining({ why: 'queue-full', retryAfterSeconds: 1 })));
    expect(await bench.sessions()).toBeLessThanOrEqual(4);
  });

  test('a server that comes back is served from within two seconds', async () => {
    const gate = await TcpGate.open(bench.port);
    const pool = await poolOf({ max: 4 }, { port: gate.port });
    await fine(pool);
    await gate.shut();
    for (let i = 0; i < 50; i++) {
      await expect(pool.use((session) => session.run(one))).rejects.toBeInstanceOf(Error);
    }
    await gate.reopen();
    const back = performance.now();
    await expect
      .poll(
        () =>
          fine(pool).then(
            () => true,
            () => false,
          ),
        { timeout: 5000, interval: 20 },
      )
      .toBe(true);
    expect(performance.now() - back).toBeLessThan(2000);
    await pool.close(1000);
    await gate.shut();
  });

  test('1,000 tests leave no socket behind', { timeout: 120_000 }, async () => {
    const closed = await freePort();
    const input = { values: benchValues(bench), element: 'databases.Main', place, options: { surroundings } };
    const kinds = [
      benchSource(bench),
      benchSource(bench, { user: 'nobody' }),
      benchSource(bench, { port: closed }),
      benchSource(bench, { tls: { mode: 'verify-full', ca: bench.authority.ca, serverName: 'other.example' } }),
    ];
    await runStages({ ...input, source: kinds[0]! });
    await expect.poll(() => bench.sessions()).toBe(0);
    const before = openSockets();
    for (let round = 0; round < 25; round++) {
      await Promise.all(Array.from({ length: 40 }, (_, at) => runStages({ ...input, source: kinds[at % 4]! })));
    }
    await expect.poll(() => bench.sessions()).toBe(0);
    await expect.poll(openSockets).toBeLessThanOrEqual(before);
  });
});
