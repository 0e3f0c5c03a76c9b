import Database from 'better-sqlite3';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Field } from '#elements/model/model.ts';
import { drainAll } from '#lib/connections/pools.ts';
import { activeRelease } from '#lib/deploy/active-release.ts';
import { deploymentEnd } from '#lib/deploy/jobs.ts';
import { listReleases } from '#lib/deploy/list-releases.ts';
import { planDeploy } from '#lib/deploy/plan-deploy.ts';
import { readDeployment } from '#lib/deploy/read-deployments.ts';
import { startRollback } from '#lib/deploy/rollback.ts';
import { startDeploy } from '#lib/deploy/start-deploy.ts';
import type { SourceElement } from '#lib/source/source.ts';
import { store } from '#lib/store/store.ts';
import { developer, owner } from '#test/support/actors.ts';
import { codes, deployed, field, idField, main, model, rolledBack, statements } from '#test/support/deploy-driver.ts';
import { type OwnApp, ownApp } from '#test/support/own-app.ts';
import { ownStore } from '#test/support/store.ts';

const { home, ready, remove } = ownStore();

const artist = model('Artist', [idField, field('name', { required: true, unique: true })]);
const album = (...more: Field[]): SourceElement =>
  model('Album', [
    idField,
    field('title', { required: true }),
    field('artist', { type: 'reference', model: 'models.Artist', onDelete: 'cascade' }),
    ...more,
  ]);

const fileOf = (app: OwnApp, env: string, name = 'main.db'): string => join(home, 'data', app.name, env, name);

/** Runs SQL by hand, as somebody beside Mooring would. */
function byHand<T>(file: string, work: (database: Database.Database) => T): T {
  const database = new Database(file);
  try {
    return work(database);
  } finally {
    database.close();
  }
}

beforeAll(ready);
afterAll(async () => {
  await drainAll();
  await remove();
});

describe('on SQLite', () => {
  it('makes the file and the tables, and has nothing to do the second time', async () => {
    const app = await ownApp('first', { development: false });
    await app.source([main, artist, album()]);
    const first = await deployed(app, 'development', undefined, developer);
    expect(first).toMatchObject({ state: 'done', reasons: [], releaseNumber: 1 });
    expect(first.stages.map(({ stage, state }) => `${stage} ${state}`)).toEqual([
      'freeze ok',
      'variables ok',
      'policy ok',
      'connect warning',
      'plan ok',
      'approve ok',
      'migrate ok',
      'verify ok',
      'activate ok',
    ]);
    expect(first.outcome).toMatchObject([{ element: 'databases.Main', state: 'done' }]);
    expect(existsSync(fileOf(app, 'development'))).toBe(true);
    const second = await deployed(app, 'development');
    expect(second).toMatchObject({ state: 'done', release: first.release, plan: { changes: 0 } });
    const active = await activeRelease('first', 'development');
    expect(active).toMatchObject({ release: { id: first.release, number: 1 }, missing: [] });
  });

  it('plans the same again and again, and other than what it was before a change by hand', async () => {
    const app = await ownApp('stable', { development: false });
    await app.source([main, artist]);
    const place = { app: app.name, env: 'development' };
    const first = await planDeploy(owner, place);
    expect((await planDeploy(owner, place)).plan.hash).toBe(first.plan.hash);
    expect(first.changes).toBe(1);
    expect(existsSync(fileOf(app, 'development'))).toBe(false);
    mkdirSync(dirname(fileOf(app, 'development')), { recursive: true });
    byHand(fileOf(app, 'development'), (database) => database.exec('create table artist (id integer primary key)'));
    expect((await planDeploy(owner, place)).plan.hash).not.toBe(first.plan.hash);
  });

  it('adds a column in place', async () => {
    const app = await ownApp('adds', { development: false });
    await app.source([main, artist, album()]);
    await deployed(app, 'development');
    byHand(fileOf(app, 'development'), (database) => database.exec(`insert into artist (name) values ('Kyuss')`));
    await app.source([main, artist, album(field('year', { type: 'integer' }))]);
    const detail = await deployed(app, 'development');
    expect(statements(detail)).toEqual([expect.stringMatching(/^ALTER TABLE "album" ADD COLUMN "year" INTEGER/u)]);
    expect(detail.state).toBe('done');
  });

  it('renames a column and a table with their rows', async () => {
    const app = await ownApp('renames', { development: false });
    await app.source([main, artist]);
    await deployed(app, 'development');
    const file = fileOf(app, 'development');
    byHand(file, (database) => database.exec(`insert into artist (name) values ('Kyuss')`));
    const body = { table: 'band' };
    const renamed = model(
      'Artist',
      [idField, { ...field('title', { required: true, unique: true }), id: 'f_name' }],
      body,
    );
    await app.source([main, renamed]);
    const detail = await deployed(app, 'development');
    expect(detail).toMatchObject({ state: 'done', reasons: [] });
    expect(statements(detail).slice(0, 2)).toEqual([
      'ALTER TABLE "artist" RENAME TO "band"',
      'ALTER TABLE "band" RENAME COLUMN "name" TO "title"',
    ]);
    expect(byHand(file, (database) => database.prepare('select title from band').all())).toEqual([{ title: 'Kyuss' }]);
    expect((await planDeploy(owner, { app: app.name, env: 'development' })).changes).toBe(0);
  });

  it('drops only with the hash of its plan, and only what it made', async () => {
    const app = await ownApp('drops', { development: false });
    await app.source([main, artist, album(field('year', { type: 'integer' }))]);
    await deployed(app, 'development');
    const file = fileOf(app, 'development');
    byHand(file, (database) => {
      database.exec(
        `insert into artist (name) values ('Kyuss'); insert into album (title, year) values ('a', 1), ('b', null)`,
      );
      database.exec('alter table artist add column note text; create table other (id integer)');
    });
    await app.source([main, artist]);
    const refused = await deployed(app, 'development');
    expect(refused).toMatchObject({ state: 'refused' });
    expect(refused.reasons).toMatchObject([
      {
        element: 'databases.Main',
        code: 'confirmation-needed',
        next: expect.stringContaining(`--approve ${refused.plan?.hash}`),
      },
    ]);
    expect(refused.reasons[0]?.message).toContain('2 rows');
    expect(refused.reasons[0]?.next).toContain('"managed": false');
    expect(refused.plan?.databases[0]?.drift.map(({ table, column }) => [table, column])).toEqual([
      ['artist', 'note'],
      ['other', undefined],
    ]);
    expect(byHand(file, (database) => database.prepare('select count(*) n from album').get())).toEqual({ n: 2 });
    const done = await deployed(app, 'development', refused.plan?.hash);
    expect(done).toMatchObject({ state: 'done', outcome: [{ state: 'done' }] });
    const tables = byHand(file, (database) =>
      database
        .prepare(`select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' order by 1`)
        .pluck()
        .all(),
    );
    expect(tables).toEqual(['artist', 'other']);
  });

  it('drops a column with consent, and counts what goes with it', async () => {
    const app = await ownApp('columns', { development: false });
    await app.source([main, artist, album(field('year', { type: 'integer' }))]);
    await deployed(app, 'development');
    const file = fileOf(app, 'development');
    byHand(file, (database) => database.exec(`insert into album (title, year) values ('a', 1), ('b', null)`));
    await app.source([main, artist, album()]);
    const refused = await deployed(app, 'development', 'p_wrong');
    expect(codes(refused)).toEqual(['plan-changed', 'confirmation-needed']);
    expect(refused.reasons[1]).toMatchObject({ element: 'models.Album', message: expect.stringContaining('1 row') });
    expect((await deployed(app, 'development', refused.plan?.hash)).state).toBe('done');
  });

  it('keeps a table that is no longer managed, and what a removed element held', async () => {
    const app = await ownApp('keeps', { development: false });
    await app.source([main, artist, album()]);
    await deployed(app, 'development');
    await app.source([main, artist, { ...album(), body: { ...album().body, managed: false } } as SourceElement]);
    expect((await deployed(app, 'development')).state).toBe('done');
    await app.source([main, artist]);
    expect(await deployed(app, 'development')).toMatchObject({ state: 'done', plan: { changes: 0 } });
  });

  it('refuses what rows do not allow', async () => {
    const app = await ownApp('rows', { development: false });
    await app.source([main, model('Artist', [idField, field('name'), field('town')])]);
    await deployed(app, 'development');
    byHand(fileOf(app, 'development'), (database) =>
      database.exec(`insert into artist (name) values ('a'), ('a'), (null)`),
    );
    await app.source([
      main,
      model('Artist', [
        idField,
        field('name', { unique: true }),
        field('town', { required: true }),
        field('age', { type: 'integer', required: true }),
      ]),
    ]);
    const refused = await deployed(app, 'development');
    expect(refused.reasons.map(({ field, code }) => [field, code])).toEqual([
      ['fields.town', 'null-rows'],
      ['fields.age', 'rows-without-value'],
      ['fields.name', 'duplicate-rows'],
    ]);
  });

  it('names every missing table, column and type of models that it does not manage', async () => {
    const app = await ownApp('fits', { development: false });
    const file = fileOf(app, 'development');
    mkdirSync(dirname(file), { recursive: true });
    byHand(file, (database) => database.exec('create table artist (id integer primary key, name integer)'));
    const loose = (name: string, fields: Field[]) => model(name, fields, { managed: false });
    await app.source([main, loose('Artist', [idField, field('name'), field('town')]), loose('Album', [idField])]);
    const refused = await deployed(app, 'development');
    expect(refused.state).toBe('refused');
    expect(refused.reasons.map(({ element, field, code }) => [element, field, code])).toEqual([
      ['models.Album', 'table', 'missing-table'],
      ['models.Artist', 'fields.name', 'type-differs'],
      ['models.Artist', 'fields.town', 'missing-column'],
    ]);
    expect(await activeRelease(app.name, 'development')).toBeNull();
  });

  it('lists the missing variable of every field, and deploys once it is set', async () => {
    const app = await ownApp('missing', { development: false, production: true });
    const filed: SourceElement = { ...main, body: { file: { $env: 'FILE' } } } as SourceElement;
    const other = { ...filed, id: 'e_other', fullName: 'databases.Other' };
    await app.source([filed, other, artist], { FILE: { type: 'text', required: true } });
    const refused = await deployed(app, 'production');
    expect(refused).toMatchObject({ state: 'refused', plan: { databases: [] } });
    expect(refused.reasons).toMatchObject([
      {
        element: 'databases.Main',
        field: 'file',
        variable: 'FILE',
        environment: 'production',
        code: 'missing-variable',
      },
      { element: 'databases.Other', field: 'file', variable: 'FILE', code: 'missing-variable' },
    ]);
    expect(refused.stages.map(({ stage, state }) => `${stage} ${state}`)).toEqual([
      'freeze ok',
      'variables failed',
      'policy ok',
      'connect ok',
      'plan ok',
      'approve skipped',
    ]);
  });

  it('asks in a protected environment for consent to any change, of an owner', async () => {
    const app = await ownApp('guarded', { development: false, production: true });
    await app.source([main, artist]);
    const refused = await deployed(app, 'production');
    expect(refused.reasons).toMatchObject([
      {
        environment: 'production',
        code: 'confirmation-needed',
        next: expect.stringContaining(refused.plan?.hash ?? '?'),
      },
    ]);
    expect(existsSync(fileOf(app, 'production'))).toBe(false);
    await expect(startDeploy(developer, { app: app.name, env: 'production' })).rejects.toMatchObject({
      code: 'no-right',
    });
    expect((await deployed(app, 'production', refused.plan?.hash)).state).toBe('done');
    expect((await deployed(app, 'production')).state).toBe('done');
  });

  it('runs one deploy at a time, and tells the second one of the first', async () => {
    const app = await ownApp('twice', { development: false });
    await app.source([main, artist]);
    const started = await Promise.all(
      Array.from({ length: 20 }, () => startDeploy(owner, { app: app.name, env: 'development' })),
    );
    await Promise.all(started.map(({ id }) => deploymentEnd(id)));
    const details = await Promise.all(
      started.map(({ id }) => readDeployment(owner, { app: app.name, env: 'development', id })),
    );
    expect(details.filter((each) => each.state === 'done')).toHaveLength(1);
    expect(details.filter((each) => codes(each).includes('deploy-running'))).toHaveLength(19);
  });

  it('undoes all of a phase when a statement fails, and leaves the old release serving', async () => {
    const app = await ownApp('breaks', { development: false });
    await app.source([main, artist, model('Album', [idField, field('artist', { type: 'integer' })])]);
    const first = await deployed(app, 'development');
    const file = fileOf(app, 'development');
    byHand(file, (database) => database.exec('insert into album (artist) values (77)'));
    const referring = model('Album', [
      idField,
      field('artist', { type: 'reference', model: 'models.Artist' }),
      field('year'),
    ]);
    await app.source([main, artist, referring]);
    const failed = await deployed(app, 'development');
    expect(failed).toMatchObject({ state: 'failed', outcome: [{ state: 'untouched', applied: 0 }] });
    expect(codes(failed)).toEqual(['statement-failed']);
    const columns = byHand(file, (database) => database.pragma('table_info(album)') as { name: string }[]);
    expect(columns.map(({ name }) => name)).toEqual(['id', 'artist']);
    expect(await activeRelease(app.name, 'development')).toMatchObject({ release: { id: first.release } });
    const journal = await store().journalEntry.findMany({
      where: { deploymentId: failed.id },
      orderBy: { ordinal: 'asc' },
    });
    expect(journal.map((each) => each.state)).toEqual(journal.map(() => 'rolled-back'));
  });

  it('rolls back to the release before, and refuses where the schema no longer fits', async () => {
    const app = await ownApp('back', { development: false });
    await app.source([main, artist]);
    const one = await deployed(app, 'development');
    await app.source([main, artist, album()]);
    const two = await deployed(app, 'development');
    expect(await rolledBack(app, 'development')).toMatchObject({
      state: 'done',
      kind: 'rollback',
      release: one.release,
    });
    expect(await activeRelease(app.name, 'development')).toMatchObject({ release: { id: one.release } });
    expect(await rolledBack(app, 'development', '2')).toMatchObject({ state: 'done', release: two.release });
    const { releases } = await listReleases(owner, { app: app.name, env: 'development' });
    expect(releases.map(({ number, active }) => [number, active])).toEqual([
      [2, true],
      [1, false],
    ]);
    byHand(fileOf(app, 'development'), (database) => database.exec('alter table artist rename column name to title'));
    const refused = await rolledBack(app, 'development');
    expect(refused.reasons).toMatchObject([{ element: 'models.Artist', field: 'fields.name', code: 'missing-column' }]);
    await expect(startRollback(owner, { app: app.name, env: 'development', release: '9' })).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});
