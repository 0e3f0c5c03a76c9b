import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor, Role } from '#lib/access/actor.ts';
import { actorOfToken } from '#lib/access/actor-of-token.ts';
import { Secret } from '#lib/core/secret.ts';
import type { Problem, TestEverywhereEvent } from '#lib/http/api.ts';
import type { FieldTree, SourceElement } from '#lib/source/source.ts';
import { store } from '#lib/store/store.ts';
import { api, people } from '#test/support/api.ts';
import { freePort } from '#test/support/free-port.ts';
import { startPostgres } from '#test/support/postgres-server.ts';
import type { PostgresServer } from '#test/support/postgres-server.ts';
import { seedApp } from '#test/support/seed-app.ts';
import { ownStore } from '#test/support/store.ts';
import { sourceOf } from '#test/support/trial.ts';
import { testEverywhere } from './test-everywhere.ts';

const own = ownStore();
let tokens: Record<Role, string>;
let server: PostgresServer;

const element = (family: 'connections' | 'databases', name: string, type: string, body: FieldTree) =>
  ({
    id: `e_${name}`,
    fullName: `${family}.${name}`,
    type: `${family}.${type}`,
    title: name,
    family,
    body,
  }) as SourceElement;

/** a server with one database on it and a file; in production, which is protected, the port leads nowhere */
beforeAll(async () => {
  await own.ready();
  [tokens, server] = await Promise.all([people(), startPostgres()]);
  await server.execute('create database orders');
  const login = { host: server.host, port: { $env: 'PORT' }, user: server.user, password: { $env: 'MAIN_PASSWORD' } };
  const source = sourceOf(
    [
      element('connections', 'Primary', 'PgSqlType', login),
      element('databases', 'Files', 'SqliteType', { file: 'files.db' }),
      element('databases', 'Orders', 'PgSqlType', { connection: 'connections.Primary', database: 'orders' }),
    ],
    { PORT: { type: 'number' } },
  );
  const password = new Secret(server.password);
  await seedApp(
    { ...source, app: { ...source.app, name: 'shop' } },
    {
      development: { values: { MAIN_PASSWORD: password, PORT: server.port } },
      production: { protected: true, values: { MAIN_PASSWORD: password, PORT: await freePort() } },
    },
  );
  for (const environment of ['development', 'production']) {
    const folder = join(own.home, 'data/shop', environment);
    mkdirSync(folder, { recursive: true });
    new DatabaseSync(join(folder, 'files.db')).exec('create table t (id integer)');
  }
}, 60_000);
afterAll(async () => {
  await Promise.all([server?.stop(), own.remove()]);
});
beforeEach(() => {
  // limits have a test of their own
  delete (globalThis as unknown as Record<symbol, unknown>)[Symbol.for('mooring.test-limits')];
});

const ask = async (token: string, body: object = {}) => {
  const answer = await api<TestEverywhereEvent[] | Problem>('POST', '/apps/shop/test', { token, body });
  const events = Array.isArray(answer.body) ? answer.body : [];
  const reports = events.flatMap((event) => (event.event === 'report' ? [event.report] : []));
  const outcomes = reports.map(({ element: of, environment, state, stages }) =>
    [of, environment, state, stages.find((stage) => stage.state === 'failed')?.code].filter(Boolean).join(' '),
  );
  return { ...answer, events, reports, outcomes: outcomes.toSorted() };
};

const ALL = [
  'connections.Primary development ok',
  'connections.Primary production failed refused',
  'databases.Files development ok',
  'databases.Files production ok',
  'databases.Orders development warning',
  'databases.Orders production failed refused',
];

describe('everything in every environment', () => {
  test('is told as it ends, after what is to come', async () => {
    const { events, reports, outcomes } = await ask(tokens.owner);
    expect(events[0]).toMatchObject({
      event: 'start',
      environments: [
        { name: 'development', protected: false },
        { name: 'production', protected: true },
      ],
    });
    expect(events[0]?.event === 'start' && events[0].tests).toHaveLength(6);
    expect(outcomes).toEqual(ALL);
    expect(events.at(-1)).toEqual({ event: 'end' });
    const broken = reports.find((report) => report.element === 'databases.Orders' && report.state === 'failed');
    expect(broken?.reasons).toMatchObject([{ environment: 'production', field: 'port', variable: 'PORT' }]);
    // as with any test of what is saved, the result is kept
    expect(await store().testResult.count()).toBe(6);
    expect(JSON.stringify(events)).not.toContain(server.password);
  });

  test('or what is asked for alone, as far as it is there', async () => {
    const only = [
      { element: 'databases.Orders', environment: 'production' },
      { element: 'databases.Gone', environment: 'production' },
    ];
    expect((await ask(tokens.owner, { only })).outcomes).toEqual(['databases.Orders production failed refused']);
  });

  test('counts as one test of ten in a minute', async () => {
    const only: object[] = [];
    for (let n = 0; n < 10; n++) expect((await ask(tokens.owner, { only })).status).toBe(200);
    expect(await ask(tokens.owner, { only })).toMatchObject({ status: 429, body: { code: 'too-many' } });
  });
});

describe('whoever cancels', () => {
  test('starts no more; what has begun ends and gives its place back', async () => {
    const actor = (await actorOfToken(tokens.owner)) as Actor;
    const begun = () => store().audit.count({ where: { action: 'element.test' } });
    const before = await begun();
    const leaving = new AbortController();
    const events = testEverywhere(actor, { app: 'shop' }, leaving.signal);
    expect((await events.next()).value).toMatchObject({ event: 'start' });
    const first = events.next();
    leaving.abort();
    await first;
    await events.return(undefined);
    const limits = (globalThis as unknown as Record<symbol, { inFlight: Map<string, number> }>)[
      Symbol.for('mooring.test-limits')
    ];
    await expect.poll(() => limits?.inFlight.size, { timeout: 12_000 }).toBe(0);
    expect((await begun()) - before).toBe(3);
  });
});

describe('rights', () => {
  test('a viewer tests nothing', async () => {
    expect(await ask(tokens.viewer)).toMatchObject({ status: 403, body: { code: 'no-right' } });
  });

  test('a developer uses no secret of a protected environment', async () => {
    await store().secretTarget.deleteMany();
    const { outcomes } = await ask(tokens.developer);
    expect(outcomes).toEqual(ALL.map((each) => each.replace('failed refused', 'failed secret-target')));
  });

  test('a token of one environment tests there alone', async () => {
    const body = { scope: 'full', app: 'shop', env: 'development' };
    const made = await api<{ token: string }>('POST', '/tokens', { token: tokens.owner, body });
    const { events, outcomes } = await ask(made.body.token);
    expect(outcomes).toEqual(ALL.filter((each) => each.includes('development')));
    expect(JSON.stringify(events)).not.toContain('production');
  });
});
