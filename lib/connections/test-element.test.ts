import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Role } from '#lib/access/actor.ts';
import { Secret } from '#lib/core/secret.ts';
import type { Problem, TestEvent, TestReport } from '#lib/http/api.ts';
import type { FieldTree, Source, SourceElement } from '#lib/source/source.ts';
import { store } from '#lib/store/store.ts';
import { api, people } from '#test/support/api.ts';
import { seedApp } from '#test/support/seed-app.ts';
import { ownStore } from '#test/support/store.ts';
import { sourceOf } from '#test/support/trial.ts';

const own = ownStore();
let tokens: Record<Role, string>;
let server: Server;
let port: number;
let connected = 0;

beforeAll(async () => {
  await own.ready();
  tokens = await people();
  // takes connections and hangs up: enough to see whether anybody came
  server = createServer((socket) => {
    connected += 1;
    socket.on('error', () => {}).destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(async () => {
  server.close();
  await own.remove();
});

beforeEach(() => {
  connected = 0;
  // limits have a test of their own
  delete (globalThis as unknown as Record<symbol, unknown>)[Symbol.for('mooring.test-limits')];
});

const database = (name: string, body: FieldTree, type = 'databases.PgSqlType'): SourceElement => ({
  id: `e_${name.toLowerCase()}`,
  fullName: `databases.${name}`,
  type,
  title: name,
  family: 'databases',
  body,
});

const remote = (): FieldTree => ({
  host: '127.0.0.1',
  port,
  user: 'shop',
  password: { $env: 'MAIN_PASSWORD' },
  database: 'shop',
});

async function seed(name: string, elements: SourceElement[], variables: Source['variables'] = {}) {
  const source = sourceOf(elements, variables);
  const password = new Secret('canary-5a1f');
  return seedApp(
    { ...source, app: { ...source.app, name } },
    {
      development: { values: { MAIN_PASSWORD: password } },
      production: { protected: true, values: { MAIN_PASSWORD: password } },
    },
  );
}

async function ask(app: string, body: object, who: Role = 'owner', environment = 'development') {
  const path = `/apps/${app}/environments/${environment}/test`;
  const { status, body: answer } = await api<TestEvent[] | Problem>('POST', path, { token: tokens[who], body });
  const events = Array.isArray(answer) ? answer : [];
  const reports = events.flatMap((event) => (event.event === 'report' ? [event.report] : []));
  return { status, events, reports, report: reports[0] as TestReport, problem: answer as Problem };
}

const codes = (report: TestReport) => report.reasons.map(({ code }) => code);

describe('SQLite', () => {
  beforeAll(async () => {
    const readOnly = database('Archive', { file: 'archive.db', readOnly: true }, 'databases.SqliteType');
    await seed('files', [database('Main', { file: 'main.db' }, 'databases.SqliteType'), readOnly]);
  });

  test('a file that is not there is a warning, is not made, and fails where it is read-only', async () => {
    const main = await ask('files', { element: 'databases.Main' });
    expect(main.report).toMatchObject({ state: 'warning', reasons: [] });
    const states = Object.fromEntries(main.report.stages.map(({ stage, state }) => [stage, state]));
    expect(states).toMatchObject({
      variables: 'ok',
      address: 'ok',
      database: 'warning',
      read: 'skipped',
      latency: 'skipped',
    });
    const archive = await ask('files', { element: 'databases.Archive' });
    expect(archive.report).toMatchObject({ state: 'failed', refused: false });
    expect(archive.report.reasons).toMatchObject([{ field: 'file', code: 'missing-file' }]);
    expect((await ask('files', { element: 'databases.Main' })).report.state).toBe('warning');
  });

  test('every element is told one after the other, with its result kept', async () => {
    const folder = join(own.home, 'data/files/development');
    mkdirSync(folder, { recursive: true });
    for (const name of ['main.db', 'archive.db'])
      new DatabaseSync(join(folder, name)).exec('create table t (id integer)');
    const { events, reports } = await ask('files', {});
    expect(reports.map(({ element, state }) => [element, state])).toEqual([
      ['databases.Archive', 'ok'],
      ['databases.Main', 'ok'],
    ]);
    const order = events.map((event) => ('element' in event ? event.element : event.event));
    expect(order.lastIndexOf('databases.Archive')).toBeLessThan(order.indexOf('databases.Main'));
    expect(events.at(-1)).toEqual({ event: 'end' });
    const kept = await store().testResult.findMany({ where: { state: 'ok' } });
    expect(kept.map(({ elementId }) => elementId).sort()).toEqual(['e_archive', 'e_main']);
  });

  test.each([
    ['not a database', 'notes.db', 'not-a-database'],
    ['a folder', 'folder', 'file-not-allowed'],
  ])('%s is refused', async (_what, file, code) => {
    const folder = join(own.home, 'data/files/development');
    mkdirSync(join(folder, 'folder'), { recursive: true });
    writeFileSync(join(folder, 'notes.db'), 'x'.repeat(4096));
    const draft = { type: 'databases.SqliteType', body: { file } };
    expect(codes((await ask('files', { draft })).report)).toEqual([code]);
  });

  test('another environment’s file is another file', async () => {
    expect((await ask('files', { element: 'databases.Main' }, 'owner', 'production')).report.state).toBe('warning');
  });
});

describe('an on-screen draft', () => {
  beforeAll(() => seed('drafts', [database('Main', remote())]));

  test('goes where it says with the password that was typed, and keeps nothing but an audit row', async () => {
    const before = await store().testResult.count();
    const draft = {
      type: 'databases.PgSqlType',
      body: { host: '127.0.0.1', port, user: 'other', database: 'shop' },
      secrets: { password: 'typed-canary-77' },
    };
    const { report } = await ask('drafts', { element: 'databases.Main', draft }, 'developer');
    expect(connected).toBe(1);
    expect(codes(report)).toEqual(['closed']);
    expect(await store().testResult.count()).toBe(before);
    expect(await store().secretTarget.count()).toBe(0);
    const row = await store().audit.findFirst({ where: { action: 'element.test-draft' }, orderBy: { seq: 'desc' } });
    expect(row).toMatchObject({ appName: 'drafts', environment: 'development', subject: 'databases.Main' });
    expect(JSON.stringify([row, report])).not.toContain('typed-canary-77');
  });

  test('of a new element needs no name, and one that could not be saved names each fault', async () => {
    const { status, problem } = await ask('drafts', {
      draft: { type: 'databases.PgSqlType', body: { port: 'abc', colour: 'red' }, secrets: { password: 'x' } },
    });
    expect(status).toBe(400);
    expect(problem.reasons.map(({ field }) => field)).toEqual(
      expect.arrayContaining(['port', 'colour', 'host', 'user']),
    );
    expect(connected).toBe(0);
  });
});

describe('a stored secret', () => {
  let ids: Awaited<ReturnType<typeof seed>>;
  beforeAll(async () => {
    ids = await seed('secrets', [database('Main', remote())]);
  });
  const elsewhere = (more: FieldTree) => ({
    element: 'databases.Main',
    draft: { type: 'databases.PgSqlType', body: { ...remote(), ...more } },
  });
  const bound = () => store().secretTarget.findMany({ where: { environmentId: ids.environments['development']! } });

  test('is bound by its first use, and goes nowhere else without consent', async () => {
    await ask('secrets', { element: 'databases.Main' }, 'developer');
    expect(connected).toBe(1);
    expect(await bound()).toMatchObject([
      { key: 'MAIN_PASSWORD', engine: 'postgresql', host: '127.0.0.1', port, user: 'shop', tlsMode: 'auto' },
    ]);
    connected = 0;
    for (const more of [{ host: 'localhost' }, { user: 'root' }, { tls: { mode: 'disable' } }, { port: port - 1 }]) {
      const { report } = await ask('secrets', elsewhere(more), 'developer');
      expect(report).toMatchObject({ state: 'failed', refused: true });
      expect(report.reasons).toMatchObject([
        { field: 'password', variable: 'MAIN_PASSWORD', environment: 'development', code: 'secret-target' },
      ]);
      expect(report.stages.find(({ state }) => state === 'failed')?.stage).toBe('address');
    }
    expect(connected).toBe(0);
    expect(await bound()).toHaveLength(1);
  });

  test('goes where a holder of secret:use confirms, from then on', async () => {
    const confirmed = await ask('secrets', { ...elsewhere({ user: 'reader' }), confirmTargets: true }, 'developer');
    expect(codes(confirmed.report)).toEqual(['closed']);
    const again = await ask('secrets', elsewhere({ user: 'reader' }), 'developer');
    expect(codes(again.report)).toEqual(['closed']);
  });

  test('is not sent in a protected environment by who may not use secrets there, confirmed or not', async () => {
    for (const body of [{ element: 'databases.Main' }, { element: 'databases.Main', confirmTargets: true }]) {
      const { report } = await ask('secrets', body, 'developer', 'production');
      expect(codes(report)).toEqual(['secret-target']);
    }
    expect(connected).toBe(0);
    await ask('secrets', { element: 'databases.Main' }, 'owner', 'production');
    expect(connected).toBe(1);
    // bound now: a developer tests what an owner has aimed
    await ask('secrets', { element: 'databases.Main' }, 'developer', 'production');
    expect(connected).toBe(2);
  });

  test('leaves an audit row for each use, refused ones too, and shows nowhere', async () => {
    const { report } = await ask('secrets', { element: 'databases.Main' });
    const rows = await store().audit.findMany({ where: { appName: 'secrets' }, orderBy: { seq: 'asc' } });
    expect(JSON.parse(rows.at(-1)!.detail)).toMatchObject({ secrets: ['MAIN_PASSWORD'], refused: [] });
    expect(rows.some(({ detail }) => (JSON.parse(detail) as { refused: unknown[] }).refused.length > 0)).toBe(true);
    expect(JSON.stringify([report, rows])).not.toContain('canary-5a1f');
  });
});

describe('who and how often', () => {
  beforeAll(() => seed('limits', [database('Main', remote())]));

  test('a viewer may not test, a stranger learns nothing, an unknown name is told', async () => {
    expect((await ask('limits', {}, 'viewer')).status).toBe(403);
    expect((await api('POST', '/apps/limits/environments/development/test', { body: {} })).status).toBe(401);
    expect((await ask('limits', { element: 'databases.Nowhere' })).status).toBe(404);
    expect((await ask('limits', {}, 'owner', 'nowhere')).status).toBe(404);
    expect(connected).toBe(0);
  });

  test('ten requests a minute and user', async () => {
    const statuses = [];
    for (let i = 0; i < 12; i++) statuses.push((await ask('limits', { element: 'databases.Main' })).status);
    expect(statuses).toEqual([...Array(10).fill(200), 429, 429]);
    expect(connected).toBe(10);
    expect((await ask('limits', { element: 'databases.Main' }, 'developer')).status).toBe(200);
  });

  test('five at once', async () => {
    const body = { element: 'databases.Main' };
    const all = await Promise.all(Array.from({ length: 8 }, () => ask('limits', body)));
    expect(all.filter(({ status }) => status === 429).length).toBe(3);
    expect((await ask('limits', body)).status).toBe(200);
  });
});
