import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#lib/access/actor.ts';
import { Secret } from '#lib/core/secret.ts';
import { activeRelease } from '#lib/deploy/active-release.ts';
import type { Source } from '#lib/source/source.ts';
import { store } from '#lib/store/store.ts';
import { postgresBench } from '#test/support/server-benches.ts';
import type { ServerBench } from '#test/support/server-benches.ts';
import { seedApp, seedRelease } from '#test/support/seed-app.ts';
import { ownStore } from '#test/support/store.ts';
import { benchSource, PASSWORD_KEY } from '#test/support/trial.ts';
import { setValues } from '#lib/variables/set-values.ts';
import { unsetValue } from '#lib/variables/unset-value.ts';
import { applyValues, proveValues } from './apply-values.ts';
import { poolOrigin } from './pool-origin.ts';
import { drainAll, poolFigures, poolFor } from './pools.ts';

const own = ownStore();
const owner: Actor = {
  userId: 'u_owner',
  email: 'owner@example.org',
  role: 'owner',
  scope: 'full',
  tokenId: null,
  onlyApp: null,
  onlyEnvironment: null,
};
let bench: ServerBench;
let environmentId: string;

beforeAll(async () => {
  await own.ready();
  bench = await postgresBench();
  const source = benchSource(bench, { host: { $env: 'DB_HOST' }, schema: { $env: 'DB_SCHEMA' } });
  source.variables['DB_HOST'] = { type: 'text' };
  source.variables['DB_SCHEMA'] = { type: 'text' };
  const values = { [PASSWORD_KEY]: new Secret(bench.password), DB_HOST: 'localhost' };
  const seeded = await seedApp(source, { development: { values } });
  environmentId = seeded.environments['development']!;
  await seedRelease(seeded.appId, source, [environmentId]);
  await setValues(owner, { app: 'shop', env: 'development', values: { [PASSWORD_KEY]: bench.password } });
});
afterAll(async () => {
  await drainAll();
  await bench.stop();
  await own.remove();
});

const environment = () => store().environment.findFirstOrThrow();
const prove = async (changes: Record<string, string | null>, confirmTargets = false) =>
  proveValues(owner, 'shop', await environment(), changes, { confirmTargets });
const set = (values: Record<string, string>, more: { force?: boolean; confirmTargets?: boolean } = {}) =>
  setValues(owner, { app: 'shop', env: 'development', values, ...more });

/** One statement as the data API runs it. */
async function query(): Promise<number> {
  const active = (await activeRelease('shop', 'development'))!;
  const resolved = active.resolved.get('databases.Main')!;
  const { version, release } = active;
  const key = { environmentId, release: release.id, element: 'databases.Main', version };
  const pool = poolFor(key, () => poolOrigin(resolved, { app: 'shop', environment: 'development' }));
  return pool.use(async (session) => {
    const { rows } = await session.run({ sql: 'select pg_backend_pid() as pid', parameters: [] });
    return Number(rows[0]?.['pid']);
  });
}

test('setting a secret bound it to where the release sends it', async () => {
  expect(await store().secretTarget.findMany()).toMatchObject([
    { key: PASSWORD_KEY, host: 'localhost', port: bench.port, user: bench.user, tlsMode: 'verify-full' },
  ]);
});

describe('before a value is written', () => {
  test('one that works, or that no database uses, is let through', async () => {
    expect(await prove({ [PASSWORD_KEY]: bench.password })).toEqual({ targets: [], failures: [] });
    expect(await prove({ OTHER: 'x' })).toEqual({ targets: [], failures: [] });
  });

  test('one that does not is told with field and variable', async () => {
    const { failures } = await prove({ [PASSWORD_KEY]: 'wrong' });
    expect(failures).toMatchObject([
      { element: 'databases.Main', field: 'password', variable: PASSWORD_KEY, code: 'wrong-login' },
    ]);
    expect(JSON.stringify(failures)).not.toContain(bench.password);
  });

  test('a failure that the old value has too is no objection', async () => {
    await bench.changePassword('rotated');
    expect(await prove({ [PASSWORD_KEY]: 'still wrong' })).toEqual({ targets: [], failures: [] });
    expect(await prove({ [PASSWORD_KEY]: 'rotated' })).toEqual({ targets: [], failures: [] });
    await bench.repair();
  });

  test('a host that would lead the stored password elsewhere needs a confirmation', async () => {
    const { targets } = await prove({ DB_HOST: '127.0.0.1' });
    expect(targets).toMatchObject([{ field: 'password', variable: PASSWORD_KEY, code: 'secret-target' }]);
    expect(await prove({ DB_HOST: '127.0.0.1', [PASSWORD_KEY]: bench.password })).toMatchObject({
      targets: [],
    });
    expect(await prove({ DB_HOST: '127.0.0.1' }, true)).toEqual({ targets: [], failures: [] });
  });

  test('a refused address is a failure, and what no longer resolves is not tried', async () => {
    const { failures } = await prove({ DB_HOST: '169.254.169.254' }, true);
    expect(failures).toMatchObject([{ field: 'host', code: 'address-not-allowed' }]);
    expect(await prove({ DB_HOST: null })).toEqual({ targets: [], failures: [] });
  });

  test('setting an optional value that was absent counts as a use', async () => {
    expect(await prove({ DB_SCHEMA: 'sales' })).toEqual({ targets: [], failures: [] });
  });
});

test('a written value takes effect at once: requests that run finish on the old connection', async () => {
  const before = await query();
  expect(await query()).toBe(before);
  await expect(set({ DB_HOST: '127.0.0.1' })).resolves.toEqual({ set: ['DB_HOST'], warnings: [] });
  const after = await query();
  expect(after).not.toBe(before);
  await expect.poll(() => bench.sessions()).toBe(1);
  expect(poolFigures()).toHaveLength(1);
});

test('a request that began with the old values can not bring them back', async () => {
  const stale = (await activeRelease('shop', 'development'))!;
  await applyValues('shop', await environment());
  const key = { environmentId, release: stale.release.id, element: 'databases.Main' };
  const place = { app: 'shop', environment: 'development' };
  const old = poolFor({ ...key, version: stale.version }, () =>
    poolOrigin(stale.resolved.get('databases.Main')!, place),
  );
  await query();
  await expect(old.acquire()).rejects.toMatchObject({ why: 'drained' });
  expect(
    poolFor({ ...key, version: stale.version }, () => poolOrigin(stale.resolved.get('databases.Main')!, place)),
  ).not.toBe(old);
});

test('setting is refused where what runs would fail, and done where it is forced', async () => {
  const wrong = { [PASSWORD_KEY]: 'wrong' };
  await expect(set(wrong)).rejects.toMatchObject({
    code: 'refused',
    reasons: [{ code: 'wrong-login', field: 'password' }],
  });
  expect(await query()).toBeGreaterThan(0);
  expect(await set(wrong, { force: true })).toMatchObject({ warnings: [{ code: 'wrong-login' }] });
  await expect(query()).rejects.toMatchObject({ why: 'wrong-login' });
  await set({ [PASSWORD_KEY]: bench.password });
  expect(await query()).toBeGreaterThan(0);
});

test('a stored secret does not follow a host to a new place, by a value or by a default', async () => {
  await expect(set({ DB_HOST: '127.0.0.2' }, { force: true })).rejects.toMatchObject({ code: 'secret-target' });
  await store().variable.updateMany({ where: { key: 'DB_HOST' }, data: { default: JSON.stringify('127.0.0.3') } });
  const release = await store().release.findFirstOrThrow();
  const content = JSON.parse(release.content) as Source;
  content.variables['DB_HOST'] = { type: 'text', default: '127.0.0.3' };
  await store().release.update({ where: { id: release.id }, data: { content: JSON.stringify(content) } });
  await applyValues('shop', await environment());
  const unset = unsetValue(owner, { app: 'shop', env: 'development', key: 'DB_HOST', confirm: true });
  await expect(unset).rejects.toMatchObject({ code: 'secret-target' });
});
