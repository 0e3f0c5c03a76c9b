// Managed models on three engines: tables made in empty databases, changes altered in place, drops refused without consent.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalEngine } from '#test/support/local-engine.ts';
import type { Field, ModelBody } from '#elements/model/model.ts';
import type { DeploymentDetail, PushResult, SourceBundle } from '#lib/http/api.ts';
import { chinook } from '#test/support/datasets/chinook.ts';
import type { DataSet } from '#test/support/datasets/dataset.ts';
import { skySurvey } from '#test/support/datasets/sky-survey.ts';
import { startMariadb, type Mariadb } from '#test/support/mariadb-server.ts';
import { mooring, type Mooring } from '#test/support/mooring.ts';
import { nativeFile, nativeMariadb, nativePostgres, type NativeDatabase } from '#test/support/native-database.ts';
import { startPortal, type TestPortal } from '#test/support/portal.ts';
import { startPostgres, type PostgresServer } from '#test/support/postgres-server.ts';
import { ELEMENTS, ENGINES, must, threeDatabases, type ThreeDatabases } from '#test/support/three-databases.ts';

const folder = process.env.CHINOOK_DIR;
const dataSets: DataSet[] = [skySurvey, ...(folder ? [chinook(folder)] : [])];

let portal: TestPortal;
let postgres: PostgresServer;
let mariadb: Mariadb;
let shell: Mooring;

beforeAll(async () => {
  [portal, postgres, mariadb] = await Promise.all([startPortal(), startPostgres(), startMariadb()]);
  shell = mooring({ url: portal.url, token: portal.ownerToken });
}, 120_000);

afterAll(async () => {
  await Promise.all([portal?.stop(), postgres?.stop(), mariadb?.stop()]);
});

describe.each(dataSets)('$name', (dataSet) => {
  const app = dataSet.name.toLowerCase().replaceAll(' ', '-');
  const base = app.replaceAll('-', '_');
  const { model: child, label, embed: parent, embedLabel } = dataSet.joined;
  let made: ThreeDatabases;
  let fresh: NativeDatabase[];
  let token: string;

  beforeAll(async () => {
    const filled = [
      nativeFile(portal.home, app, 'development', 'filled.db'),
      await nativePostgres(postgres, base, 'lantern gravel 41', true),
      await nativeMariadb(mariadb, base, 'lantern gravel 41', true),
    ];
    await Promise.all(filled.map((database) => database.load(dataSet.script(database.engine))));
    await filled[1]!.grant();
    fresh = [
      nativeFile(portal.home, app, 'fresh', 'fresh.db'),
      await nativePostgres(postgres, `${base}_fresh`, 'oyster walrus 17', true),
      await nativeMariadb(mariadb, `${base}_fresh`, 'oyster walrus 17', true),
    ];
    made = await threeDatabases(portal, app, ['fresh']);
    await made.place('development', filled);
    await made.place('fresh', fresh);
    await made.modelsFromTables(({ managed: _managed, ...body }) => body);
  }, 120_000);

  const data = (engine: LocalEngine, query: string, body?: object, method = 'POST') =>
    fetch(`${portal.url}/data/${app}/fresh/${query}`, {
      ...(body ? { method, body: JSON.stringify(body) } : {}),
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        prefer: 'return=representation',
        [body ? 'content-profile' : 'accept-profile']: ELEMENTS[engine].element.replace('databases.', ''),
      },
    });

  /** Edits a model of every engine the way a developer does: in the pulled files, pushed back. */
  async function edit(model: string, change: (body: ModelBody, engine: LocalEngine) => void): Promise<void> {
    const { files, base: before } = await must<SourceBundle>(portal.api(`/apps/${app}/source`));
    for (const engine of ENGINES) {
      const path = `${ELEMENTS[engine].folder.replaceAll('.', '/')}/${model}/${model}.json`;
      const body = JSON.parse(files[path]!) as ModelBody;
      change(body, engine);
      files[path] = JSON.stringify(body);
    }
    const pushed = await must<PushResult>(
      portal.api(`/apps/${app}/source`, { method: 'POST', body: { files, base: before } }),
    );
    expect(pushed.changed).toHaveLength(ENGINES.length);
  }

  const fieldOf = (body: ModelBody, name: string): Field => body.fields.find((field) => field.name === name)!;

  const planned = (deployment: Pick<DeploymentDetail, 'plan'>) =>
    Object.fromEntries(
      ENGINES.map((engine) => {
        const found = deployment.plan?.databases.find(({ element }) => element === ELEMENTS[engine].element);
        return [engine, (found?.changes ?? []).map(({ change, statements }) => ({ kind: change.kind, statements }))];
      }),
    );
  const kinds = (deployment: Pick<DeploymentDetail, 'plan'>) =>
    Object.fromEntries(
      Object.entries(planned(deployment)).map(([engine, all]) => [engine, all.map(({ kind }) => kind).toSorted()]),
    );
  const onEach = <T>(value: T) => Object.fromEntries(ENGINES.map((engine) => [engine, value]));

  it('makes the tables of empty databases, and has nothing to do after', async () => {
    const done = await made.deploy('fresh');
    expect(done).toMatchObject({ state: 'done', reasons: [] });
    for (const [engine, all] of Object.entries(kinds(done))) {
      expect([engine, all.filter((kind) => kind === 'create-table').length]).toEqual([
        engine,
        Object.keys(dataSet.counts).length,
      ]);
    }
    expect((await made.plan('fresh')).changes).toBe(0);
    token = await made.dataToken('fresh', 'write');
  }, 60_000);

  it.each(ENGINES)('takes rows and refuses what breaks a key: %s', async (engine) => {
    const first = await data(engine, parent, { [`${parent}_id`]: 1, [embedLabel]: 'Ärger "im" Paradies' });
    expect([first.status, await first.json()]).toMatchObject([201, [{ [embedLabel]: 'Ärger "im" Paradies' }]]);
    const second = await data(engine, child, { [`${child}_id`]: 1, [label]: 'One', [`${parent}_id`]: 1 });
    expect(second.status).toBe(201);
    const orphan = await data(engine, child, { [`${child}_id`]: 2, [label]: 'Two', [`${parent}_id`]: 77 });
    expect([orphan.status, await orphan.json()]).toMatchObject([409, { code: '23503' }]);
    const twice = await data(engine, parent, { [`${parent}_id`]: 1, [embedLabel]: 'again' });
    expect([twice.status, await twice.json()]).toMatchObject([409, { code: '23505' }]);
  });

  it('adds, renames with the rows, widens and indexes', async () => {
    await edit(parent, (body) => {
      const field = fieldOf(body, embedLabel);
      field.name = 'called';
      field.column = 'called';
      body.label = 'called';
      body.fields.push({ id: 'f_note', name: 'note', type: 'text', length: 40 });
    });
    await edit(child, (body) => {
      Object.assign(fieldOf(body, label), { length: 240 });
      body.indexes = [...(body.indexes ?? []), { name: `${child}_by_label`, fields: [label] }];
    });
    const plan = await made.plan('fresh');
    expect(plan.reasons).toEqual([]);
    expect(kinds(plan)).toEqual(onEach(['add-column', 'alter-column', 'create-index', 'rename-column']));
    const done = await made.deploy('fresh');
    expect(done).toMatchObject({ state: 'done', reasons: [] });
    expect((await made.plan('fresh')).changes).toBe(0);
    const sql = Object.fromEntries(
      Object.entries(planned(done)).map(([engine, all]) => [
        engine,
        all.flatMap(({ statements }) => statements.map((statement) => statement.sql)).join(';\n'),
      ]),
    );
    expect(sql.postgresql).toMatch(/rename column/i);
    expect(sql.postgresql).toMatch(/alter column .* type character varying\(240\)/i);
    expect(sql.mysql).toMatch(/(change|rename) column/i);
    expect(sql.mysql).toMatch(/modify .*varchar\(240\)/i);
    expect(sql.sqlite).toMatch(/rename column/i);
  }, 60_000);

  it.each(ENGINES)('has kept the rows under the new name: %s', async (engine) => {
    const read = await data(engine, `${parent}?select=called,note,${child}(${label})`);
    expect([read.status, await read.json()]).toEqual([
      200,
      [{ called: 'Ärger "im" Paradies', note: null, [child]: [{ [label]: 'One' }] }],
    ]);
    const wide = 'x'.repeat(240);
    const written = await data(engine, `${child}?${child}_id=eq.1`, { [label]: wide }, 'PATCH');
    expect([written.status, await written.json()]).toMatchObject([200, [{ [label]: wide }]]);
    const noted = await data(engine, `${parent}?${parent}_id=eq.1`, { note: 'kept' }, 'PATCH');
    expect(noted.status).toBe(200);
  });

  it('refuses a removed field without the hash of its plan, and drops it with', async () => {
    await edit(parent, (body) => {
      body.fields = body.fields.filter(({ name }) => name !== 'note');
    });
    const refused = await shell.json<{
      error: { planHash: string; reasons: { element: string; code: string; message: string; next: string }[] };
    }>(['deploy', app, 'fresh']);
    expect(refused.exit).toBe(3);
    const { planHash, reasons } = refused.document.error;
    for (const engine of ENGINES) {
      const own = reasons.filter(({ element }) => element === `${ELEMENTS[engine].folder}.${parent}`);
      expect([engine, own]).toMatchObject([engine, [{ code: 'confirmation-needed' }]]);
      expect(own[0]?.message).toMatch(/note.*\b1 row/s);
      expect(own[0]?.next).toContain(planHash);
    }
    for (const database of fresh) expect(await notes(database)).toEqual(['kept']);
    const wrong = await shell.json(['deploy', app, 'fresh', '--approve', 'sha256-of-something-else']);
    expect(wrong.exit).toBe(3);
    const done = await shell.run(['deploy', app, 'fresh', '--approve', planHash]);
    expect([done.exit, done.stderr]).toEqual([0, expect.stringContaining('✓ activate')]);
    for (const database of fresh) await expect(notes(database)).rejects.toThrow(/note/);
    expect((await made.plan('fresh')).changes).toBe(0);
  }, 60_000);

  async function notes(database: NativeDatabase): Promise<unknown[]> {
    const quote = database.engine === 'mysql' ? '`' : '"';
    const { files } = await must<SourceBundle>(portal.api(`/apps/${app}/source`));
    const folderOf = ELEMENTS[database.engine].folder.replaceAll('.', '/');
    const { table } = JSON.parse(files[`${folderOf}/${parent}/${parent}.json`]!) as ModelBody;
    return (await database.query(`select note from ${quote}${table}${quote}`)).map((row) => row.note);
  }
});
