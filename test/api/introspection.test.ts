/** Lists, tables and creation through the management API, on real servers and a file. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Table } from '#elements/database/schema.ts';
import type { Role } from '#lib/access/actor.ts';
import { Secret } from '#lib/core/secret.ts';
import type { Problem } from '#lib/http/api.ts';
import type { FieldTree } from '#lib/source/source.ts';
import { store } from '#lib/store/store.ts';
import { api, people } from '#test/support/api.ts';
import { seedApp } from '#test/support/seed-app.ts';
import { mariadbBench, postgresBench } from '#test/support/server-benches.ts';
import type { ServerBench } from '#test/support/server-benches.ts';
import { ownStore } from '#test/support/store.ts';
import { benchSource, PASSWORD_KEY, sourceOf } from '#test/support/trial.ts';

const own = ownStore();
let tokens: Record<Role, string>;
beforeAll(async () => {
  await own.ready();
  tokens = await people();
});
afterAll(own.remove);
beforeEach(() => {
  // limits have a test of their own
  delete (globalThis as unknown as Record<symbol, unknown>)[Symbol.for('mooring.test-limits')];
});

const ask = <T>(path: string, body: object, who: Role = 'developer') =>
  api<T & Problem>('POST', `/apps/${path}`, { token: tokens[who], body });

describe.each([
  ['PostgreSQL', postgresBench, 'pg'],
  ['MariaDB', mariadbBench, 'maria'],
])('%s', (_name, start, app) => {
  let bench: ServerBench;
  beforeAll(async () => {
    bench = await start();
    const source = benchSource(bench);
    const values = { [PASSWORD_KEY]: new Secret(bench.password) };
    await seedApp(
      { ...source, app: { ...source.app, name: app } },
      { development: { values }, production: { protected: true, values } },
    );
  });
  afterAll(() => bench.stop());

  const adminDraft = (more: FieldTree = {}) => ({
    type: bench.databaseType,
    body: {
      host: 'localhost',
      port: bench.port,
      user: bench.admin.user,
      tls: { mode: 'verify-full', ca: bench.authority.ca },
      ...more,
    },
    secrets: { password: bench.admin.password },
  });

  test('tables are read, all or some, and an unknown one is named', async () => {
    const all = await ask<{ tables: Table[] }>(`${app}/introspect`, { database: 'databases.Main' });
    expect(all.status).toBe(200);
    expect(all.body.tables.map(({ name, primaryKey }) => [name, primaryKey?.columns])).toEqual([['customer', ['id']]]);
    const some = await ask<{ tables: Table[] }>(`${app}/introspect`, {
      database: 'databases.Main',
      tables: ['customer'],
    });
    expect(some.body.tables).toEqual(all.body.tables);
    const missing = await ask(`${app}/introspect`, { database: 'databases.Main', tables: ['customer', 'ghost'] });
    expect(missing).toMatchObject({ status: 404, body: { detail: expect.stringContaining('ghost') } });
  });

  test('models are proposed for tables that have none, or for those that are named', async () => {
    await bench.execute(
      `create table ${bench.schema === null ? '' : `${bench.schema}.`}PurchaseOrder (id int primary key, customer_id int not null)`,
      bench.database,
    );
    type Models = { models: { fullName: string; body: { table: string; managed: boolean } }[] };
    const fresh = await ask<Models>(`${app}/introspect`, { database: 'databases.Main', models: true });
    expect(fresh.body.models).toMatchObject([
      { body: { managed: false, table: expect.stringMatching(/purchaseorder/i) } },
    ]);
    const both = { database: 'databases.Main', models: true, tables: ['customer'], folder: 'models.sales' };
    const named = await ask<Models>(`${app}/introspect`, both);
    expect(named.body.models.map(({ fullName, body }) => [fullName, body.table])).toEqual([
      ['models.sales.customer', 'customer'],
    ]);
  });

  test('databases and schemas are listed while the own fields are still empty', async () => {
    const { status, body } = await ask<{ databases: { name: string; system: boolean }[] }>(`${app}/databases`, {
      draft: adminDraft(),
      list: true,
    });
    expect(status).toBe(200);
    expect(body.databases).toContainEqual({ name: bench.database, system: false });
    expect(body.databases.some(({ system }) => system)).toBe(true);
    const saved = await ask<{ schemas?: object[] }>(`${app}/databases`, { element: 'databases.Main', list: true });
    const sales = saved.body.schemas?.filter((each) => 'name' in each && each.name === bench.schema);
    expect(sales).toEqual(bench.schema === null ? undefined : [{ name: bench.schema, system: false }]);
  });

  test('a database is created, and once only', async () => {
    const body = { draft: adminDraft({ database: 'made_here' }), what: 'database' };
    expect(await ask(`${app}/databases/create`, body)).toMatchObject({ status: 201, body: { created: 'made_here' } });
    expect(await ask(`${app}/databases/create`, body)).toMatchObject({ status: 409, body: { code: 'exists' } });
    const row = await store().audit.findFirst({ where: { appName: app, action: 'database.create' } });
    expect(JSON.parse(row!.detail)).toMatchObject({ what: 'database', secrets: [] });
    const listed = await ask<{ databases: { name: string }[] }>(`${app}/databases`, {
      draft: adminDraft(),
      list: true,
    });
    expect(listed.body.databases.map(({ name }) => name)).toContain('made_here');
  });

  test('a schema is created where the engine has them', async () => {
    const draft = adminDraft({ database: bench.database, ...(bench.schema === null ? {} : { schema: 'archive' }) });
    const { status } = await ask(`${app}/databases/create`, { draft, what: 'schema' });
    expect(status).toBe(bench.schema === null ? 400 : 201);
  });

  test('a user without the right is told so', async () => {
    const draft = adminDraft({ user: bench.user, database: 'not_mine' });
    const body = { draft: { ...draft, secrets: { password: bench.password } }, what: 'database' };
    const { status, body: problem } = await ask(`${app}/databases/create`, body);
    expect([status, problem.code, problem.reasons[0]?.code]).toEqual([502, 'database-failed', 'permission']);
  });

  test('a wrong password, a refused address and a strange target are told apart', async () => {
    const wrong = { ...adminDraft({ database: 'x' }), secrets: { password: 'nope' } };
    const asked = { what: 'database' };
    expect(await ask(`${app}/databases/create`, { ...asked, draft: wrong })).toMatchObject({
      status: 502,
      body: { reasons: [{ field: 'password', code: 'wrong-login' }] },
    });
    const inside = adminDraft({ database: 'x', host: '169.254.169.254' });
    expect(await ask(`${app}/databases/create`, { ...asked, draft: inside })).toMatchObject({
      status: 422,
      body: { code: 'refused', reasons: [{ field: 'host', code: 'address-not-allowed' }] },
    });
    const stored = { type: bench.databaseType, body: { ...adminDraft().body, password: { $env: PASSWORD_KEY } } };
    expect(await ask(`${app}/databases`, { draft: stored, list: true })).toMatchObject({
      status: 422,
      body: { code: 'secret-target', reasons: [{ field: 'password', variable: PASSWORD_KEY }] },
    });
  });

  test('a viewer may do none of it, and a developer nothing with the secrets of a protected environment', async () => {
    const draft = adminDraft({ database: 'x' });
    const database = 'databases.Main';
    expect((await ask(`${app}/introspect`, { database }, 'viewer')).status).toBe(403);
    expect((await ask(`${app}/databases`, { draft, list: true }, 'viewer')).status).toBe(403);
    expect((await ask(`${app}/databases/create`, { draft, what: 'database' }, 'viewer')).status).toBe(403);
    const environment = 'production';
    expect((await ask(`${app}/databases/create`, { draft, what: 'database', environment })).status).toBe(403);
    expect((await ask(`${app}/introspect`, { database, environment })).body.code).toBe('secret-target');
    expect((await ask(`${app}/introspect`, { database, environment }, 'owner')).status).toBe(200);
  });

  test('nothing stays open on the server', async () => {
    await expect.poll(() => bench.sessions()).toBe(0);
  });
});

describe('SQLite', () => {
  const file = () => join(own.home, 'data/files/development/main.db');
  beforeAll(() => {
    const source = sourceOf([
      {
        id: 'e_main',
        fullName: 'databases.Main',
        type: 'databases.SqliteType',
        title: 'Main',
        family: 'databases',
        body: { file: 'main.db' },
      },
    ]);
    return seedApp({ ...source, app: { ...source.app, name: 'files' } }, { development: {} });
  });

  test('reading never makes a file, creating does', async () => {
    const body = { database: 'databases.Main' };
    expect(await ask('files/introspect', body)).toMatchObject({
      status: 502,
      body: { reasons: [{ code: 'missing-file' }] },
    });
    expect(existsSync(file())).toBe(false);
    const created = await ask('files/databases/create', { element: 'databases.Main', what: 'file' });
    expect(created).toMatchObject({ status: 201, body: { created: 'main.db' } });
    expect(existsSync(file())).toBe(true);
    expect(await ask('files/introspect', body)).toMatchObject({ status: 200, body: { tables: [] } });
  });

  test('models are made from tables, all in one revision or none', async () => {
    const db = new Database(file());
    db.exec('CREATE TABLE Artist (ArtistId INTEGER PRIMARY KEY, Name TEXT)');
    db.exec('CREATE TABLE Album (AlbumId INTEGER PRIMARY KEY, ArtistId INTEGER NOT NULL REFERENCES Artist)');
    db.close();
    const wanted = { database: 'databases.Main', tables: ['Album', 'Artist'] };
    expect((await ask('files/models/from-tables', { ...wanted, tables: ['Album', 'Nothing'] })).status).toBe(404);
    expect(await ask('files/models/from-tables', wanted)).toMatchObject({
      status: 201,
      body: { models: ['models.album', 'models.artist'] },
    });
    const made = await api('GET', '/apps/files/elements/models.album', { token: tokens.viewer });
    expect(made.body).toMatchObject({
      body: {
        managed: false,
        table: 'Album',
        fields: [{ column: 'AlbumId' }, { type: 'reference', model: 'models.artist' }],
      },
    });
  });

  test('there is no server to list, and no schema to create', async () => {
    expect((await ask('files/databases', { element: 'databases.Main', list: true })).status).toBe(400);
    expect((await ask('files/databases/create', { element: 'databases.Main', what: 'schema' })).status).toBe(400);
  });
});
