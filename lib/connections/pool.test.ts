import { afterEach, expect, test, vi } from 'vitest';
import { ConnectFailure } from '#elements/database/contract.ts';
import { FakeSession } from '#test/support/fake-session.ts';
import { PoolExhausted } from './pool-failures.ts';
import { poolSettings } from './pool-settings.ts';
import type { PoolSettings } from './pool-settings.ts';
import { Pool } from './pool.ts';

afterEach(() => vi.useRealTimers());

function poolOf(figures: Partial<PoolSettings>) {
  const sessions: FakeSession[] = [];
  const state = { down: null as Error | null, attempts: 0 };
  const connect = async () => {
    state.attempts += 1;
    await Promise.resolve();
    if (state.down) throw state.down;
    const session = new FakeSession();
    sessions.push(session);
    return session;
  };
  return { pool: new Pool({ settings: poolSettings(figures), connect }), sessions, state };
}

const failure = new ConnectFailure('refused', 'connection refused');

test('an idle session comes back without a promise, the last one released first', async () => {
  const { pool } = poolOf({ max: 2 });
  const [first, second] = [await pool.acquire(), await pool.acquire()];
  pool.release(first);
  pool.release(second);
  expect(pool.acquire()).toBe(second);
  expect(pool.acquire()).toBe(first);
});

test('requests are served in the order they came, and never more than max are open', async () => {
  const { pool, sessions } = poolOf({ max: 2 });
  const order: number[] = [];
  await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      pool.use(async () => {
        order.push(at);
        await Promise.resolve();
      }),
    ),
  );
  expect(order).toEqual(Array.from({ length: 20 }, (_, at) => at));
  expect(sessions).toHaveLength(2);
  expect(pool.figures).toMatchObject({ inUse: 0, idle: 2, waiting: 0, waited: 20, opened: 2 });
});

test('a full queue is refused at once', async () => {
  const { pool } = poolOf({ max: 1, queueLimit: 2 });
  const held = await pool.acquire();
  const waiting = [pool.acquire(), pool.acquire()];
  await expect(pool.acquire()).rejects.toMatchObject({ why: 'queue-full', retryAfterSeconds: 1 });
  pool.release(held);
  pool.release(await waiting[0]!);
  pool.release(await waiting[1]!);
  expect(pool.figures).toMatchObject({ refused: 1, idle: 1 });
});

test('a request waits no longer than acquireTimeoutMs', async () => {
  vi.useFakeTimers();
  const { pool } = poolOf({ max: 1, acquireTimeoutMs: 5000 });
  const held = await pool.acquire();
  const late = Promise.resolve(pool.acquire()).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(3000);
  const inTime = pool.acquire();
  await vi.advanceTimersByTimeAsync(2001);
  expect(await late).toMatchObject({ name: 'PoolExhausted', why: 'acquire-timeout' });
  pool.release(held);
  expect(await inTime).toBe(held);
});

test('a broken session never comes back, whether it broke in use or idle', async () => {
  const { pool, sessions } = poolOf({ max: 1 });
  const first = (await pool.acquire()) as FakeSession;
  first.usable = false;
  pool.release(first);
  const second = (await pool.acquire()) as FakeSession;
  expect(second).not.toBe(first);
  pool.release(second);
  second.usable = false;
  expect(await pool.acquire()).toBe(sessions[2]);
  expect(first.ended).toBe('destroyed');
});

test('whoever waits gets a new session when the one in use breaks', async () => {
  const { pool, sessions } = poolOf({ max: 1 });
  const first = (await pool.acquire()) as FakeSession;
  const waiting = pool.acquire();
  first.usable = false;
  pool.release(first);
  expect(await waiting).toBe(sessions[1]);
});

test('releasing twice gives nobody a session that another one holds', async () => {
  const { pool } = poolOf({ max: 1 });
  const session = await pool.acquire();
  pool.release(session);
  pool.release(session);
  expect(pool.figures.idle).toBe(1);
});

test('a session is replaced after its life, and an idle one is closed after its time down to min', async () => {
  vi.useFakeTimers();
  const { pool, sessions } = poolOf({ max: 3, min: 1, idleTimeoutMs: 1000, maxLifetimeMs: 60_000 });
  const held = await Promise.all([pool.acquire(), pool.acquire(), pool.acquire()]);
  for (const session of held) pool.release(session);
  await vi.advanceTimersByTimeAsync(2000);
  expect(pool.figures).toMatchObject({ idle: 1 });
  expect(sessions.filter(({ ended }) => ended === 'closed')).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(61_000);
  expect(sessions.slice(0, 3).every(({ ended }) => ended === 'closed')).toBe(true);
  expect(pool.figures).toMatchObject({ idle: 1, opened: 4 });
});

test('draining serves what runs and waits, refuses what comes later, and closes all', async () => {
  const { pool, sessions } = poolOf({ max: 1 });
  const running = await pool.acquire();
  const waiting = pool.acquire();
  let drained = false;
  const draining = pool.drain().then(() => (drained = true));
  await expect(pool.acquire()).rejects.toMatchObject({ why: 'drained' });
  pool.release(running);
  const served = await waiting;
  expect(drained).toBe(false);
  pool.release(served);
  await draining;
  expect(sessions.every(({ ended }) => ended === 'closed')).toBe(true);
});

test('closing cuts what does not end in time', async () => {
  const { pool, sessions } = poolOf({ max: 1 });
  await pool.acquire();
  await pool.close(5);
  expect(sessions[0]?.ended).toBe('destroyed');
});

test('a failed connect reaches the request it was made for', async () => {
  const { pool, state } = poolOf({ max: 1 });
  state.down = failure;
  await expect(pool.acquire()).rejects.toBe(failure);
  expect(pool.figures).toMatchObject({ connectErrors: 1, trouble: 'refused: connection refused', waiting: 0 });
});

test('a database that is down is asked twice a second, not once per request, and serves again when it is back', async () => {
  vi.useFakeTimers();
  const { pool, state } = poolOf({ max: 4 });
  state.down = failure;
  for (let i = 0; i < 100; i++) await expect(pool.acquire()).rejects.toBe(failure);
  expect(state.attempts).toBe(3);
  await vi.advanceTimersByTimeAsync(600);
  await expect(pool.acquire()).rejects.toBe(failure);
  expect(state.attempts).toBe(4);
  state.down = null;
  await vi.advanceTimersByTimeAsync(600);
  const session = await pool.acquire();
  pool.release(session);
  expect(pool.figures).toMatchObject({ trouble: null, idle: 1 });
});

test('an attempt that hangs does not keep the next one away', async () => {
  vi.useFakeTimers();
  let mode: 'refuse' | 'hang' | 'work' = 'refuse';
  const connect = () => {
    if (mode === 'refuse') return Promise.reject(failure);
    return mode === 'hang' ? new Promise<FakeSession>(() => {}) : Promise.resolve(new FakeSession());
  };
  const pool = new Pool({ settings: poolSettings({ max: 4, acquireTimeoutMs: 400 }), connect });
  for (let i = 0; i < 3; i++) await expect(pool.acquire()).rejects.toBe(failure);
  mode = 'hang';
  await vi.advanceTimersByTimeAsync(600);
  const stuck = Promise.resolve(pool.acquire()).catch((error: unknown) => error);
  mode = 'work';
  await vi.advanceTimersByTimeAsync(600);
  expect(await stuck).toMatchObject({ why: 'acquire-timeout' });
  const next = Promise.resolve(pool.acquire()).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(600);
  expect(await next).toBeInstanceOf(FakeSession);
});

test('while some sessions work, requests wait for them although no more can be opened', async () => {
  const { pool, state } = poolOf({ max: 5 });
  const held = await pool.acquire();
  state.down = new ConnectFailure('too-many-connections', 'too many clients');
  const waiting = Promise.all(Array.from({ length: 4 }, () => pool.use(async (session) => session)));
  await vi.waitFor(() => expect(pool.figures.connectErrors).toBeGreaterThan(0));
  pool.release(held);
  expect(await waiting).toEqual([held, held, held, held]);
});

test('acquiring and releasing an idle session costs a few microseconds at most', async () => {
  const { pool } = poolOf({ max: 1 });
  pool.release(await pool.acquire());
  const rounds = 200_000;
  const started = performance.now();
  for (let i = 0; i < rounds; i++) pool.release(pool.acquire() as FakeSession);
  expect(((performance.now() - started) * 1000) / rounds).toBeLessThan(5);
});

test('PoolExhausted says when to come back', () => {
  expect(new PoolExhausted('queue-full', 'full')).toMatchObject({ retryAfterSeconds: 1, message: 'full' });
});
