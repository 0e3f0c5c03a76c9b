import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor, Role } from '#lib/access/actor.ts';
import { Secret } from '#lib/core/secret.ts';
import type { ConnectionReach, ElementDetail, Problem, RetestEvent } from '#lib/http/api.ts';
import type { Source, SourceElement } from '#lib/source/source.ts';
import { store } from '#lib/store/store.ts';
import { developer } from '#test/support/actors.ts';
import { api, people } from '#test/support/api.ts';
import { freePort } from '#test/support/free-port.ts';
import { startPostgres } from '#test/support/postgres-server.ts';
import type { PostgresServer } from '#test/support/postgres-server.ts';
import { seedApp, seedRelease } from '#test/support/seed-app.ts';
import { ownStore } from '#test/support/store.ts';
import { sourceOf } from '#test/support/trial.ts';
import { listAllConnections } from './list-connections.ts';

const own = ownStore();
let tokens: Record<Role, string>;
let server: PostgresServer;
let app = '';
let source: Source;

beforeAll(async () => {
  await own.ready();
  [tokens, server] = await Promise.all([people(), startPostgres()]);
  await server.execute('create database orders');
  await server.execute('create database stock');
}, 60_000);
afterAll(async () => {
  await Promise.all([server?.stop(), own.remove()]);
});

const element = (family: 'connections' | 'databases', name: string, body: object, id = `e_${name}`) =>
  ({ id, fullName: `${family}.${name}`, type: `${family}.PgSqlType`, title: name, family, body }) as SourceElement;

let count = 0;
let seeded: Awaited<ReturnType<typeof seedApp>>;
beforeEach(async () => {
  // limits have a test of their own
  delete (globalThis as unknown as Record<symbol, unknown>)[Symbol.for('mooring.test-limits')];
  app = `shop${++count}`;
  const password = { $env: 'MAIN_PASSWORD' };
  const elements = [
    element('connections', 'Primary', { host: server.host, port: { $env: 'PORT' }, user: server.user, password }),
    element('connections', 'Spare', { host: { $env: 'SPARE_HOST' }, user: 'u', password }),
    element('databases', 'Orders', { connection: 'connections.Primary', database: 'orders' }),
    element('databases', 'Stock', { connection: 'connections.Primary', database: 'stock' }),
    {
      ...element('databases', 'Orders', {}),
      id: 'e_order',
      fullName: 'models.Order',
      type: 'models.NormalType',
      family: 'models',
      body: {
        database: 'databases.Orders',
        table: 'order',
        fields: [{ id: 'f_id', name: 'id', type: 'integer', primaryKey: true }],
      },
    } as SourceElement,
  ];
  const variables = { PORT: { type: 'number' }, SPARE_HOST: { type: 'text' } } as const;
  source = sourceOf(elements, variables);
  const values = { MAIN_PASSWORD: new Secret(server.password), PORT: server.port };
  seeded = await seedApp(
    { ...source, app: { ...source.app, name: app } },
    { development: { values }, production: { protected: true, values } },
  );
});

const path = (rest = '') => `/apps/${app}${rest}`;

describe('list', () => {
  test('shows where each leads with the values of development, and no secret', async () => {
    await api('POST', path('/environments/development/test'), {
      token: tokens.owner,
      body: { element: 'connections.Spare' },
    });
    const answer = await api('GET', path('/connections'), { token: tokens.viewer });
    expect(answer.body).toMatchObject({
      connections: [
        {
          app,
          fullName: 'connections.Primary',
          host: server.host,
          text: `postgresql://${server.user}:••••@${server.host}:${server.port}`,
          databases: [
            { fullName: 'databases.Orders', database: 'orders', schema: 'public' },
            { fullName: 'databases.Stock', database: 'stock', schema: 'public' },
          ],
          tests: {},
        },
        {
          fullName: 'connections.Spare',
          host: '{{SPARE_HOST}}',
          text: 'postgresql://u:••••@{{SPARE_HOST}}:5432',
          databases: [],
          tests: { development: { state: 'failed', message: expect.stringContaining('SPARE_HOST') } },
        },
      ],
    });
    expect(JSON.stringify(answer.body)).not.toContain(server.password);
  });

  test('over all apps: a token narrowed to one sees that one, and no id of another', async () => {
    const all = await listAllConnections(developer);
    expect(new Set(all.connections.map((row) => row.app))).toContain('shop1');
    const narrowed: Actor = { ...developer, tokenId: 't', onlyApp: app };
    const { connections } = await listAllConnections(narrowed);
    expect(new Set(connections.map((row) => row.app))).toEqual(new Set([app]));
  });
});

describe('reach', () => {
  const reach = () =>
    api<ConnectionReach>('GET', path('/connections/connections.Primary/reach'), { token: tokens.viewer });

  test('names databases, models, and the environments whose release holds it', async () => {
    const renamed = { ...source, elements: source.elements.filter(({ fullName }) => fullName !== 'databases.Stock') };
    await seedRelease(seeded.appId, renamed, [seeded.environments['production'] ?? '']);
    expect((await reach()).body).toEqual({
      databases: [
        { fullName: 'databases.Orders', models: ['models.Order'] },
        { fullName: 'databases.Stock', models: [] },
      ],
      environments: [
        { name: 'development', protected: false, mayTest: false, serves: null },
        {
          name: 'production',
          protected: true,
          mayTest: false,
          serves: { number: 1, deployment: null, databases: ['databases.Orders'] },
        },
      ],
    });
  });

  test('is of connections alone', async () => {
    const answer = await api('GET', path('/connections/databases.Orders/reach'), { token: tokens.owner });
    expect(answer.status).toBe(404);
  });
});

const detail = async (fullName: string) =>
  (await api<ElementDetail>('GET', path(`/elements/${fullName}`), { token: tokens.owner })).body;
const save = async (fullName: string, body: object, more = {}) => {
  const { revision } = await detail(fullName);
  return api<Problem>('PUT', path(`/elements/${fullName}`), { token: tokens.owner, body: { revision, body, ...more } });
};
const auditOf = async (action: string) => {
  const row = await store().audit.findFirst({ where: { action, appName: app }, orderBy: { seq: 'desc' } });
  return row && (JSON.parse(row.detail) as unknown);
};

describe('a changed connection', () => {
  const retest = async (draft: object) => {
    const { body } = await api<RetestEvent[]>('POST', path('/connections/connections.Primary/retest'), {
      token: tokens.owner,
      body: { draft: { type: 'connections.PgSqlType', ...draft }, confirmTargets: true },
    });
    return body.flatMap((event) => (event.event === 'result' ? [event.result] : []));
  };
  const outcomes = (results: Awaited<ReturnType<typeof retest>>) =>
    results.map(({ database, environment, outcome }) => `${database} ${environment} ${outcome}`).toSorted();

  test('is tried on each database in each environment; what works now would break, and is saved only if asked again', async () => {
    await server.execute('drop database stock');
    const { body } = await detail('connections.Primary');
    const wrong = { ...body, port: await freePort() };
    expect(outcomes(await retest({ body: wrong }))).toEqual([
      'databases.Orders development breaks',
      'databases.Orders production breaks',
      'databases.Stock development broken',
      'databases.Stock production broken',
    ]);
    const refused = await save('connections.Primary', wrong);
    expect(refused).toMatchObject({ status: 422, body: { code: 'confirmation-needed' } });
    expect(refused.body.reasons.map(({ element: of, environment, code }) => [of, environment, code])).toEqual([
      ['databases.Orders', expect.any(String), 'would-break'],
      ['databases.Orders', expect.any(String), 'would-break'],
    ]);
    expect((await save('connections.Primary', wrong, { acknowledged: true })).status).toBe(200);
    expect(await auditOf('connection.change')).toMatchObject({
      databases: ['databases.Orders', 'databases.Stock'],
      tested: true,
      wouldBreak: [{ element: 'databases.Orders' }, { element: 'databases.Orders' }],
    });
    await server.execute('create database stock');
  });

  test('that works is saved without a question; one that was not tried is recorded as that', async () => {
    const { body } = await detail('connections.Primary');
    const literal = { ...body, port: server.port };
    expect(new Set((await retest({ body: literal })).map(({ outcome }) => outcome))).toEqual(new Set(['works']));
    expect((await save('connections.Primary', literal)).status).toBe(200);
    expect(await auditOf('connection.change')).toMatchObject({ tested: true, wouldBreak: [] });
    expect((await save('connections.Primary', { ...literal, port: await freePort() })).status).toBe(200);
    expect(await auditOf('connection.change')).toMatchObject({ tested: false, wouldBreak: [] });
  });

  test('a password typed with it counts in development alone', async () => {
    const { body } = await detail('connections.Primary');
    const typed = { body: { ...body, password: { $env: 'NEW_PASSWORD' } }, secrets: { password: server.password } };
    const results = await retest(typed);
    expect(outcomes(results)).toEqual([
      'databases.Orders development works',
      'databases.Orders production breaks',
      'databases.Stock development works',
      'databases.Stock production breaks',
    ]);
    const inProduction = results.find(({ environment }) => environment === 'production');
    expect(inProduction?.reasons).toMatchObject([{ code: 'missing-variable', variable: 'NEW_PASSWORD' }]);
    const other = { secrets: { password: { key: 'NEW_PASSWORD', text: 'another one' } }, force: true };
    // another password is another trial
    expect((await save('connections.Primary', typed.body, other)).status).toBe(200);
    expect(await auditOf('connection.change')).toMatchObject({ tested: false });
  });
});

describe('a database moves', () => {
  const moved = { connection: 'connections.Spare', database: 'orders' };

  test('after a test, or if asked again', async () => {
    const refused = await save('databases.Orders', moved);
    expect(refused.body).toMatchObject({ code: 'confirmation-needed', reasons: [{ code: 'not-tested' }] });
    expect((await save('databases.Orders', moved, { acknowledged: true })).status).toBe(200);
    expect(await auditOf('database.move')).toEqual({
      from: 'connections.Primary',
      to: 'connections.Spare',
      tested: false,
      wouldBreak: [],
    });
    const back = { connection: 'connections.Primary', database: 'orders' };
    await api('POST', path('/environments/development/test'), {
      token: tokens.owner,
      body: { element: 'databases.Orders', draft: { type: 'databases.PgSqlType', body: back } },
    });
    expect((await save('databases.Orders', back)).status).toBe(200);
    expect(await auditOf('database.move')).toMatchObject({ tested: true, wouldBreak: [] });
  });

  test('where its test failed, it asks again', async () => {
    await api('POST', path('/environments/development/test'), {
      token: tokens.owner,
      body: { element: 'databases.Orders', draft: { type: 'databases.PgSqlType', body: moved } },
    });
    expect((await save('databases.Orders', moved)).body).toMatchObject({
      code: 'confirmation-needed',
      reasons: [{ code: 'missing-variable', variable: 'SPARE_HOST' }],
    });
  });

  test('never to a connection of another engine, and never by changing its own', async () => {
    const body = { host: 'h', user: 'u', password: { $env: 'MAIN_PASSWORD' } };
    const made = { fullName: 'connections.Other', type: 'connections.MySQLType', body };
    expect((await api('POST', path('/elements'), { token: tokens.owner, body: made })).status).toBe(201);
    const refused = await save('databases.Orders', { ...moved, connection: 'connections.Other' });
    expect(refused.body.detail).toBe(
      'connections.Other: expected a connection of PostgreSQL, found one of MySQL. Choose another connection, or make this one.',
    );
    const { body: pulled } = await api<{ files: Record<string, string>; base: string }>('GET', path('/source'), {
      token: tokens.owner,
    });
    const heading = 'connections/Spare/e.json';
    const files = { ...pulled.files, [heading]: (pulled.files[heading] ?? '').replace('PgSqlType', 'MySQLType') };
    const pushed = await api<Problem>('POST', path('/source'), {
      token: tokens.owner,
      body: { files, base: pulled.base },
    });
    expect(pushed.body).toMatchObject({ code: 'refused', reasons: [{ code: 'fixed-type' }] });
  });
});

test('a clone keeps the references; no secret is copied, and none may go anywhere new', async () => {
  const before = await store().secretTarget.count();
  const answer = await api<ElementDetail>('POST', path('/elements/connections.Primary/duplicate'), {
    token: tokens.developer,
    body: { to: 'connections.Copy' },
  });
  const original = await detail('connections.Primary');
  expect(answer.body.body).toEqual(original.body);
  expect(answer.body.usedBy).toEqual([]);
  expect(JSON.stringify(answer.body)).not.toContain(server.password);
  expect(await store().secretTarget.count()).toBe(before);
  expect(await store().variable.count({ where: { app: { name: app } } })).toBe(3);
});
