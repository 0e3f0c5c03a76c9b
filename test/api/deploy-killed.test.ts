import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Session, Target } from '#elements/database/contract.ts';
import { loadEngine } from '#elements/database/engines.ts';
import { Secret } from '#lib/core/secret.ts';
import type { DeploymentDetail } from '#lib/http/api.ts';
import type { SourceElement } from '#lib/source/source.ts';
import { field, idField, model } from '#test/support/deploy-driver.ts';
import { startPortal, type TestPortal } from '#test/support/portal.ts';
import { mariadbBench, postgresBench, type ServerBench } from '#test/support/server-benches.ts';

const AT = '/apps/shop/environments/development';

describe.each([
  ['PostgreSQL', postgresBench],
  ['MariaDB', mariadbBench],
] as const)('a portal killed while it migrates on %s', (title, start) => {
  const transactional = title === 'PostgreSQL';
  let bench: ServerBench;
  let home: string;
  let portal: TestPortal;

  beforeAll(async () => {
    bench = await start();
    home = mkdtempSync(join(tmpdir(), 'mooring-killed-'));
    portal = await startPortal({ home });
  });
  afterAll(async () => {
    await portal.stop();
    await bench.stop();
    rmSync(home, { recursive: true, force: true });
  });

  const call = async <T>(path: string, init: Parameters<TestPortal['api']>[1] = {}): Promise<T> => {
    const answer = await portal.api(path, init);
    const body = (await answer.json()) as T;
    if (!answer.ok) throw new Error(JSON.stringify(body));
    return body;
  };

  const read = (id: string) => call<DeploymentDetail>(`${AT}/deployments/${id}`);

  async function deploy(): Promise<DeploymentDetail> {
    const { id } = await call<{ id: string }>(`${AT}/deployments`, { method: 'POST', body: {} });
    await expect.poll(async () => (await read(id)).state, { timeout: 20_000 }).not.toBe('running');
    return read(id);
  }

  const database = (): Record<string, unknown> => ({
    host: 'localhost',
    port: bench.port,
    user: bench.user,
    password: { $env: 'DB_PASSWORD' },
    tls: { mode: 'verify-full', ca: bench.authority.ca },
    database: bench.database,
    ...(bench.schema === null ? {} : { schema: bench.schema }),
  });

  const push = (...models: SourceElement[]) => {
    const files: Record<string, string> = {
      'app.json': JSON.stringify({ name: 'shop', title: 'Shop', defaultDatabase: 'databases.Main' }),
      'variables.json': JSON.stringify({ DB_PASSWORD: { type: 'secret' } }),
      'databases/Main/e.json': JSON.stringify({ id: 'e_main', title: 'Main', type: bench.databaseType }),
      'databases/Main/Main.json': JSON.stringify(database()),
    };
    for (const { fullName, id, title, type, body } of models) {
      const folder = fullName.replace('.', '/');
      files[`${folder}/e.json`] = JSON.stringify({ id, title, type });
      files[`${folder}/${title}.json`] = JSON.stringify(body);
    }
    return call('/apps/shop/source', { method: 'POST', body: { files, base: null, force: true } });
  };

  /** A session that keeps everybody else off a table until it is closed. */
  async function occupy(table: string): Promise<Session> {
    const engine = await loadEngine(bench.engine);
    const target: Target = {
      element: 'test',
      endpoint: { kind: 'server', host: '127.0.0.1', port: bench.port, ip: '127.0.0.1' },
      user: bench.admin.user,
      password: new Secret(bench.admin.password),
      database: bench.database,
      schema: bench.schema,
      tls: { mode: 'require', ca: null, cert: null, key: null, keyPassphrase: null, serverName: null },
      options: {},
      readOnly: false,
      connectTimeoutMs: 5_000,
      statementTimeoutMs: 30_000,
    };
    const session = await engine.connect(target);
    // A reader: others may still read the table, but not alter it.
    await session.begin();
    const name = bench.schema === null ? table : `${bench.schema}.${table}`;
    await session.run({ sql: `select * from ${name}`, parameters: [] });
    return session;
  }

  it('says so at its next start, and the next deploy does the rest', async () => {
    const artist = (...more: Parameters<typeof model>[1]) =>
      model('Artist', [idField, field('name', { length: 50 }), ...more]);
    await call('/apps', { method: 'POST', body: { name: 'shop', title: 'Shop' } });
    await push(artist());
    await call(`${AT}/values`, { method: 'PUT', body: { values: { DB_PASSWORD: bench.password } } });
    expect(await deploy()).toMatchObject({ state: 'done', reasons: [] });

    await push(artist(field('town', { length: 50 })), model('Aaa', [idField]));
    const reader = await occupy('artist');
    const { id } = await call<{ id: string }>(`${AT}/deployments`, { method: 'POST', body: {} });
    await expect.poll(waiting, { timeout: 20_000 }).toBe(1);
    portal.child.kill('SIGKILL');
    await portal.stop();
    await reader.rollback();
    await reader.close();

    const { ownerToken } = portal;
    portal = await startPortal({ home, setup: false });
    portal.ownerToken = ownerToken;
    const interrupted = await read(id);
    expect(interrupted).toMatchObject({
      state: 'interrupted',
      outcome: [{ element: 'databases.Main', state: 'partial', applied: transactional ? 0 : 1, of: 2 }],
    });
    await expect.poll(waiting, { timeout: 10_000 }).toBe(0);
    expect(await deploy()).toMatchObject({ state: 'done', reasons: [] });
    expect(await deploy()).toMatchObject({ state: 'done', plan: { changes: 0 } });
  });

  /** statements of the application's user that wait for a lock */
  async function waiting(): Promise<number> {
    const sql = transactional
      ? `select 1 from pg_stat_activity where usename = '${bench.user}' and wait_event_type = 'Lock'`
      : `select 1 from information_schema.processlist where user = '${bench.user}' and state like 'Waiting for table metadata lock'`;
    return (await bench.execute(sql)).length;
  }
});
