import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '#lib/apps/create-app.ts';
import { deleteApp } from '#lib/apps/delete-app.ts';
import { readApp } from '#lib/apps/read-app.ts';
import type { Fault } from '#lib/core/errors.ts';
import { store } from '#lib/store/store.ts';
import { listVariables } from '#lib/variables/list-variables.ts';
import { developer, owner, viewer } from '#test/support/actors.ts';
import { ownStore } from '#test/support/store.ts';
import { createElement } from './create-element.ts';
import { deleteElement } from './delete-element.ts';
import { duplicateElement } from './duplicate-element.ts';
import { elementHistory } from './element-history.ts';
import { moveElement } from './move-element.ts';
import { moveFolder } from './move-folder.ts';
import { readElement } from './read-element.ts';
import { saveElement } from './save-element.ts';

const own = ownStore();
beforeAll(own.ready);
afterAll(own.remove);
beforeEach(async () => {
  await store().app.deleteMany();
  await store().elementRevision.deleteMany();
  await createApp(owner, { name: 'shop', title: 'Shop' });
});

const app = 'shop';
const fault = async (work: Promise<unknown>): Promise<Fault> =>
  work.then(
    () => Promise.reject(new Error('expected a refusal')),
    (error: Fault) => error,
  );

const create = (fullName: string, type: string, body: Record<string, unknown>, more = {}) =>
  createElement(developer, { app, fullName, type, body, ...more });
const sqlite = (fullName = 'databases.Main') => create(fullName, 'databases.SqliteType', { file: 'main.db' });
const model = (name: string, fields: unknown[] = [], more = {}) =>
  create(`models.${name}`, 'models.NormalType', {
    table: name.toLowerCase(),
    fields: [{ id: 'f_id', name: 'id', type: 'integer', primaryKey: true }, ...fields],
    ...more,
  });
const server = { host: 'h', user: 'u', password: { $env: 'MAIN_PASSWORD' }, database: 'shop' };
const names = async () => (await readApp(viewer, { app })).elements.map((element) => element.fullName);

describe('create', () => {
  it('makes the first database the default, and writes the file as pull does', async () => {
    const { elements } = await sqlite();
    expect(elements[0]).toMatchObject({
      fullName: 'databases.Main',
      revision: 1,
      engine: 'sqlite',
      file: { path: 'databases/Main/Main.json', text: '{\n  "file": "main.db"\n}\n' },
    });
    expect((await readApp(viewer, { app })).defaultDatabase).toBe('databases.Main');
  });

  it('makes the connection with a database, and the variable of a typed password, set in development', async () => {
    const { password: _, ...typed } = server;
    const { elements } = await create('databases.Main', 'databases.PgSqlType', typed, {
      secrets: { password: { key: 'MAIN_PASSWORD', text: 'opensesame' } },
      makeConnection: { fullName: 'connections.Primary' },
    });
    expect(elements.map((element) => [element.fullName, element.body])).toEqual([
      ['databases.Main', { connection: 'connections.Primary', database: 'shop' }],
      ['connections.Primary', { host: 'h', user: 'u', password: { $env: 'MAIN_PASSWORD' } }],
    ]);
    expect(elements[0]?.origins.development?.password).toMatchObject({
      origin: { from: 'value', variable: 'MAIN_PASSWORD' },
      display: null,
    });
    expect(elements[1]?.usedBy).toEqual([{ fullName: 'databases.Main', field: 'connection' }]);
    const { variables } = await listVariables(viewer, { app });
    expect(variables).toMatchObject([{ key: 'MAIN_PASSWORD', cells: { development: { state: 'set', value: null } } }]);
    expect(JSON.stringify([elements, variables])).not.toContain('opensesame');
    expect(variables[0]?.cells.development?.targets).toHaveLength(1);
  });

  it('refuses a literal in a secret field, a wrong type, a taken name and a foreign engine, changing nothing', async () => {
    expect(await fault(create('databases.A', 'databases.PgSqlType', { ...server, password: 'x' }))).toMatchObject({
      code: 'wrong-input',
      reasons: [{ element: 'databases.A', field: 'password' }],
    });
    expect(await fault(create('databases.A', 'databases.NoType', {}))).toMatchObject({ code: 'wrong-input' });
    await sqlite();
    expect(await fault(sqlite('databases.MAIN'))).toMatchObject({ code: 'exists' });
    expect(await fault(sqlite('databases.main.Other'))).toMatchObject({ code: 'refused' });
    await create('connections.My', 'connections.MySQLType', { host: 'h', user: 'u', password: { $env: 'P' } });
    const attached = create('databases.Pg', 'databases.PgSqlType', { connection: 'connections.My', database: 'x' });
    expect(await fault(attached)).toMatchObject({ code: 'refused', reasons: [{ code: 'other-engine' }] });
    expect(await names()).toEqual(['connections.My', 'databases.Main']);
  });

  it('asks for the right', async () => {
    const work = createElement(viewer, { app, fullName: 'databases.A', type: 'databases.SqliteType', body: {} });
    expect(await fault(work)).toMatchObject({ code: 'no-right' });
  });
});

describe('save', () => {
  it('counts revisions and refuses an outdated one', async () => {
    await sqlite();
    const input = { app, fullName: 'databases.Main', revision: 1, body: { file: 'other.db' } };
    expect(await saveElement(developer, input)).toMatchObject({ revision: 2, body: { file: 'other.db' } });
    expect(await fault(saveElement(developer, input))).toMatchObject({ code: 'conflict' });
    const { revisions } = await elementHistory(viewer, { app, fullName: 'databases.Main' });
    expect(revisions.map((row) => [row.revision, row.change])).toEqual([
      [2, 'save'],
      [1, 'create'],
    ]);
    expect(revisions[1]?.content).toContain('main.db');
  });

  it('loses no update in 20 saves at once', async () => {
    await sqlite();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) =>
        saveElement(developer, { app, fullName: 'databases.Main', revision: 1, body: { file: `${n}.db` } }),
      ),
    );
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
    expect((await readElement(viewer, { app, fullName: 'databases.Main' })).revision).toBe(2);
  });
});

describe('move', () => {
  it('rewrites every reference in the same revision', async () => {
    await sqlite();
    await model('Artist', [], { database: 'databases.Main' });
    await model('Album', [{ id: 'f_a', name: 'artist', type: 'reference', model: 'models.Artist' }]);
    const { elements } = await moveElement(developer, {
      app,
      fullName: 'models.Artist',
      revision: 1,
      to: 'models.music.Performer',
    });
    expect(elements.map((element) => [element.fullName, element.revision])).toEqual([
      ['models.music.Performer', 2],
      ['models.Album', 2],
    ]);
    expect(elements[1]?.body).toMatchObject({ fields: [{}, { model: 'models.music.Performer' }] });
    await moveElement(developer, { app, fullName: 'databases.Main', revision: 1, to: 'databases.Store' });
    expect((await readApp(viewer, { app })).defaultDatabase).toBe('databases.Store');
    expect((await readElement(viewer, { app, fullName: 'models.music.Performer' })).body).toMatchObject({
      database: 'databases.Store',
    });
  });

  it('rewrites the databases of a connection', async () => {
    await create('connections.P', 'connections.PgSqlType', { host: 'h', user: 'u', password: { $env: 'PW' } });
    await create('databases.A', 'databases.PgSqlType', { connection: 'connections.P', database: 'a' });
    await moveElement(developer, { app, fullName: 'connections.P', revision: 1, to: 'connections.eu.Primary' });
    expect(await readElement(viewer, { app, fullName: 'databases.A' })).toMatchObject({
      on: 'connections.eu.Primary',
      body: { connection: 'connections.eu.Primary' },
      revision: 2,
    });
  });

  it('moves a folder with all that lies in it, and changes a name’s case', async () => {
    await sqlite();
    await model('sales.Order');
    await model('sales.Line', [{ id: 'f_o', name: 'order', type: 'reference', model: 'models.sales.Order' }]);
    await moveFolder(developer, { app, from: 'models.sales', to: 'models.trade.eu' });
    expect(await names()).toEqual(['databases.Main', 'models.trade.eu.Line', 'models.trade.eu.Order']);
    await moveElement(developer, { app, fullName: 'databases.Main', revision: 1, to: 'databases.MAIN' });
    expect(await names()).toContain('databases.MAIN');
    const away = moveElement(developer, { app, fullName: 'databases.MAIN', revision: 2, to: 'models.MAIN' });
    expect(await fault(away)).toMatchObject({ code: 'wrong-input' });
  });
});

describe('delete', () => {
  it('is refused while used, with every user listed, and done in the other order', async () => {
    await sqlite();
    await model('Artist');
    await model('Album', [{ id: 'f_a', name: 'artist', type: 'reference', model: 'models.Artist' }]);
    const work = deleteElement(developer, { app, fullName: 'databases.Main', revision: 1 });
    expect(await fault(work)).toMatchObject({
      code: 'in-use',
      reasons: [{ element: 'models.Album' }, { element: 'models.Artist' }],
    });
    for (const fullName of ['models.Album', 'models.Artist', 'databases.Main']) {
      await deleteElement(developer, { app, fullName, revision: 1 });
    }
    expect(await readApp(viewer, { app })).toMatchObject({ elements: [], defaultDatabase: null });
    const { revisions } = await elementHistory(viewer, { app, fullName: 'models.Album' });
    expect(revisions[0]).toMatchObject({ change: 'delete', revision: 2 });
  });
});

it('duplicates a model to a table of its own', async () => {
  await sqlite();
  await model('Artist');
  const copy = await duplicateElement(developer, { app, fullName: 'models.Artist', to: 'models.Band' });
  expect(copy).toMatchObject({ title: 'Band', body: { table: 'band' }, revision: 1 });
});

it('keeps an app apart from others, and deletes it whole', async () => {
  await sqlite();
  await createApp(owner, { name: 'other' });
  expect(await fault(readElement(viewer, { app: 'other', fullName: 'databases.Main' }))).toMatchObject({
    code: 'not-found',
  });
  expect(await fault(deleteApp(owner, { app, confirm: 'other' }))).toMatchObject({ code: 'wrong-input' });
  expect(await fault(deleteApp(developer, { app, confirm: app }))).toMatchObject({ code: 'no-right' });
  await deleteApp(owner, { app, confirm: app });
  expect(await store().element.count()).toBe(0);
  expect(await store().elementRevision.count()).toBe(0);
});

it('writes an audit row for each change', async () => {
  const before = await store().audit.count();
  await sqlite();
  const rows = await store().audit.findMany({ orderBy: { seq: 'asc' }, skip: before });
  expect(rows.map((row) => [row.action, row.subject, row.actor])).toEqual([
    ['app.change', null, 'developer@example.com'],
    ['element.create', 'databases.Main', 'developer@example.com'],
  ]);
});
