/** The scripts for logins, run as they stand on real servers: what their users may do, and a deploy with two of them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DatabaseEngine, GrantKind, Target } from '#elements/database/contract.ts';
import { loadEngine } from '#elements/database/engines.ts';
import { GRANT_KINDS, PASSWORD_PLACEHOLDER } from '#elements/database/grant-kinds.ts';
import { drainAll } from '#lib/connections/pools.ts';
import { Secret } from '#lib/core/secret.ts';
import { backendOf } from '#lib/data/backend.ts';
import { serveData } from '#lib/data/serve.ts';
import { activeRelease } from '#lib/deploy/active-release.ts';
import { isPlaceholder } from '#lib/secrets/placeholder.ts';
import type { SourceElement } from '#lib/source/source.ts';
import { deployed, field, idField, model } from '#test/support/deploy-driver.ts';
import { ownApp } from '#test/support/own-app.ts';
import { mariadbBench, postgresBench } from '#test/support/server-benches.ts';
import type { ServerBench } from '#test/support/server-benches.ts';
import { ownStore } from '#test/support/store.ts';

const own = ownStore();
beforeAll(own.ready);
afterAll(async () => {
  await drainAll();
  await own.remove();
});

const PASSWORD = 'k7 "quoted" x\'y';

/** names that need quoting, and a `_` that is a pattern where it is not escaped */
const DATABASE = 'odd_name';

describe.each([
  ['PostgreSQL', postgresBench],
  ['MariaDB', mariadbBench],
])('on %s', (_name, start) => {
  let bench: ServerBench;
  let engine: DatabaseEngine;
  beforeAll(async () => {
    bench = await start();
    engine = await loadEngine(bench.engine);
    await bench.execute(`create database ${DATABASE}`);
    await bench.execute('create database oddxname');
    if (bench.schema !== null) await bench.execute(`create schema ${bench.schema}`, DATABASE);
  });
  afterAll(() => bench.stop());

  async function make(kind: GrantKind, user: string, maker: string | null = null): Promise<void> {
    const sql = engine.grants?.(kind, { user, database: DATABASE, schema: bench.schema, maker }) ?? '';
    expect(sql).toContain(PASSWORD_PLACEHOLDER);
    const filled = sql.replaceAll(PASSWORD_PLACEHOLDER, `'${PASSWORD.replaceAll("'", "''")}'`);
    for (const statement of filled.split(/;\n/)) if (statement.trim()) await bench.execute(statement, DATABASE);
  }

  async function rightsOf(user: string) {
    const target: Target = {
      element: 'databases.Main',
      endpoint: { kind: 'server', host: 'localhost', port: bench.port, ip: '127.0.0.1' },
      user,
      password: new Secret(PASSWORD),
      database: DATABASE,
      schema: bench.schema,
      tls: {
        mode: 'verify-full',
        ca: bench.authority.ca,
        cert: null,
        key: null,
        keyPassphrase: null,
        serverName: null,
      },
      options: {},
      readOnly: false,
      connectTimeoutMs: 5_000,
      statementTimeoutMs: 30_000,
    };
    const session = await engine.connect(target);
    try {
      const { read, write, ddl, excess } = await engine.rights(session, target);
      return { read: read.right, write: write.right, ddl: ddl.right, excess };
    } finally {
      await session.close();
    }
  }

  test('each makes a login with its rights and no others', async () => {
    const table = bench.schema === null ? 'thing' : `${bench.schema}.thing`;
    await bench.execute(`create table ${table} (id int primary key)`, DATABASE);
    for (const { kind } of GRANT_KINDS) await make(kind, `${kind} 'n"m\`e`);
    const no = { write: 'no', ddl: 'no', excess: [] };
    expect(await rightsOf('read-only \'n"m`e')).toEqual({ ...no, read: 'yes' });
    expect(await rightsOf('read-write \'n"m`e')).toEqual({ ...no, read: 'yes', write: 'yes' });
    expect(await rightsOf('schema-owner \'n"m`e')).toEqual({ read: 'yes', write: 'yes', ddl: 'yes', excess: [] });
    await bench.execute(`drop table ${table}`, DATABASE);
  });

  test('an application without DDL beside a migration user: it deploys, and the data API is the application', async () => {
    await make('schema-owner', 'mover');
    await make('read-write', 'runner', 'mover');
    const app = await ownApp(`two-logins-${bench.engine}`, { development: false });
    const main: SourceElement = {
      family: 'databases',
      id: 'e_main',
      fullName: 'databases.Main',
      type: bench.databaseType,
      title: 'Main',
      body: {
        host: 'localhost',
        port: bench.port,
        user: 'runner',
        password: { $env: 'PASSWORD' },
        ddlUser: 'mover',
        ddlPassword: { $env: 'PASSWORD' },
        tls: { mode: 'verify-full', ca: bench.authority.ca },
        database: DATABASE,
        ...(bench.schema === null ? {} : { schema: bench.schema }),
      },
    };
    const thing = model('Thing', [idField, field('name', { length: 40 })]);
    await app.source([main, thing], { PASSWORD: { type: 'secret' } });
    await app.values('development', { PASSWORD });
    expect(await deployed(app, 'development')).toMatchObject({ state: 'done', reasons: [] });

    const services = {
      authenticate: () => ({ app: app.name, environment: 'development', role: 'write' as const }),
      backend: async () => backendOf((await activeRelease(app.name, 'development'))!),
      report: String,
    };
    const answer = await serveData(services, {
      method: 'POST',
      url: `/data/${app.name}/development/Thing`,
      headers: { authorization: 'Bearer w', 'content-type': 'application/json', prefer: 'return=representation' },
      body: () => Promise.resolve('[{"name":"one"}]'),
    });
    expect(answer).toMatchObject({ status: 201, body: expect.stringContaining('"one"') });
    expect(await signedIn(['runner', 'mover'])).toEqual(['runner']);

    // a right that the application does not have is not asked of it, but of the migration user
    const wider = model('Thing', [idField, field('name', { length: 40 }), field('note', { length: 40 })]);
    await app.source([main, wider], { PASSWORD: { type: 'secret' } });
    expect(await deployed(app, 'development')).toMatchObject({ state: 'done', reasons: [] });
  });

  /** Those of `users` with a session now. */
  async function signedIn(users: string[]): Promise<string[]> {
    const list = users.map((user) => `'${user}'`).join(', ');
    const from =
      bench.schema === null
        ? 'user as name from information_schema.processlist where user'
        : 'usename as name from pg_stat_activity where usename';
    const rows = await bench.execute(`select distinct ${from} in (${list})`);
    return rows.map(({ name }) => String(name));
  }
});

test('the password of a script that was run as it is counts as a placeholder', () => {
  expect(isPlaceholder(new Secret(PASSWORD_PLACEHOLDER.slice(1, -1)), null)).toBe(true);
});
