import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadEngine } from '#elements/database/engines.ts';
import type { Field } from '#elements/model/model.ts';
import { drainAll } from '#lib/connections/pools.ts';
import { makeTarget } from '#lib/connections/target.ts';
import { activeRelease } from '#lib/deploy/active-release.ts';
import { hashOf } from '#lib/deploy/hash.ts';
import { deploymentEnd } from '#lib/deploy/jobs.ts';
import { planDeploy } from '#lib/deploy/plan-deploy.ts';
import { readDeployment } from '#lib/deploy/read-deployments.ts';
import { startDeploy } from '#lib/deploy/start-deploy.ts';
import type { FieldTree, SourceElement, VariableDefinition } from '#lib/source/source.ts';
import { store } from '#lib/store/store.ts';
import { developer, owner } from '#test/support/actors.ts';
import { codes, deployed, field, idField, model, rolledBack, statements } from '#test/support/deploy-driver.ts';
import { freePort } from '#test/support/free-port.ts';
import { type OwnApp, ownApp } from '#test/support/own-app.ts';
import { mariadbBench, postgresBench, type ServerBench } from '#test/support/server-benches.ts';
import { ownStore } from '#test/support/store.ts';

const { ready, remove } = ownStore();

const artist = model('Artist', [idField, field('name', { length: 100, required: true, unique: true })]);
const reference = field('artist', { type: 'reference', model: 'models.Artist', onDelete: 'cascade' });
const album = (...more: Field[]): SourceElement =>
  model('Album', [idField, field('title', { length: 100, required: true }), reference, ...more]);

const VARIABLES: Record<string, VariableDefinition> = {
  DB_HOST: { type: 'text' },
  DB_PORT: { type: 'number', required: true },
  DB_USER: { type: 'text' },
  DB_NAME: { type: 'text' },
  DB_PASSWORD: { type: 'secret', required: true },
};

beforeAll(ready);
afterAll(async () => {
  await drainAll();
  await remove();
});

describe.each([
  ['PostgreSQL', postgresBench],
  ['MariaDB', mariadbBench],
] as const)('on %s', (title, start) => {
  let bench: ServerBench;
  let databases = 0;
  const transactional = title === 'PostgreSQL';

  beforeAll(async () => {
    bench = await start();
  });
  afterAll(() => bench.stop());

  const qualified = (table: string): string => (bench.schema === null ? table : `${bench.schema}.${table}`);

  /** An empty database in which the application's user may do all that it needs. */
  async function emptyDatabase(): Promise<string> {
    const name = `d_${(databases += 1)}`;
    await bench.execute(`create database ${name}`);
    if (bench.schema === null) await bench.execute(`grant all on ${name}.* to '${bench.user}'@'%'`);
    else {
      await bench.execute(`create schema ${bench.schema}`, name);
      await bench.execute(`grant usage, create on schema ${bench.schema} to ${bench.user}`, name);
    }
    return name;
  }

  const database = (name = 'Main', more: FieldTree = {}): SourceElement => ({
    family: 'databases',
    id: `e_${name.toLowerCase()}`,
    fullName: `databases.${name}`,
    type: bench.databaseType,
    title: name,
    body: {
      host: { $env: 'DB_HOST' },
      port: { $env: 'DB_PORT' },
      user: { $env: 'DB_USER' },
      password: { $env: 'DB_PASSWORD' },
      tls: { mode: 'verify-full', ca: bench.authority.ca },
      database: { $env: 'DB_NAME' },
      ...(bench.schema === null ? {} : { schema: bench.schema }),
      ...more,
    },
  });

  const values = (name: string): Record<string, string> => ({
    DB_HOST: 'localhost',
    DB_PORT: String(bench.port),
    DB_USER: bench.user,
    DB_NAME: name,
    DB_PASSWORD: bench.password,
  });

  /** An app with one database element, bound to an empty database in `development`. */
  async function appOn(
    name: string,
    elements: SourceElement[],
    environments: Record<string, boolean> = { development: false },
  ): Promise<{ app: OwnApp; place: string }> {
    const app = await ownApp(`${title.toLowerCase()}-${name}`, environments);
    await app.source(elements, VARIABLES);
    const place = await emptyDatabase();
    const [first] = Object.keys(environments);
    await app.values(first!, values(place));
    return { app, place };
  }

  it('makes the tables of managed models, has nothing to do then, and alters what changes', async () => {
    const { app } = await appOn('managed', [database(), artist, album()]);
    const first = await deployed(app, 'development', undefined, developer);
    expect(first).toMatchObject({ state: 'done', reasons: [] });
    expect((await planDeploy(owner, { app: app.name, env: 'development' })).plan.databases[0]?.changes).toEqual([]);
    const wider = model('Artist', [
      idField,
      field('name', { length: 200, required: true, unique: true }),
      field('born', { type: 'date' }),
    ]);
    await app.source([database(), wider, album(field('sold', { type: 'bigint', default: 0 }))], VARIABLES);
    const second = await deployed(app, 'development');
    expect(second).toMatchObject({ state: 'done', reasons: [] });
    expect(second.plan?.databases[0]?.changes.map(({ change }) => change.kind)).toEqual([
      'add-column',
      'alter-column',
      'add-column',
    ]);
    expect(statements(second).filter((sql) => !/^alter table/iu.test(sql))).toEqual([]);
    expect((await planDeploy(owner, { app: app.name, env: 'development' })).changes).toBe(0);
  });

  it('renames with the rows, and drops only with consent', async () => {
    const { app, place } = await appOn('renames', [database(), artist, album(field('year', { type: 'integer' }))]);
    await deployed(app, 'development');
    await bench.execute(`insert into ${qualified('artist')} (name) values ('Kyuss')`, place);
    await bench.execute(`insert into ${qualified('album')} (title, year) values ('a', 1)`, place);
    const band = model(
      'Artist',
      [idField, { ...field('title', { length: 100, required: true, unique: true }), id: 'f_name' }],
      { table: 'band' },
    );
    await app.source([database(), band, album()], VARIABLES);
    const refused = await deployed(app, 'development');
    expect(refused.reasons).toMatchObject([
      { element: 'models.Album', code: 'confirmation-needed', message: expect.stringContaining('1 row') },
    ]);
    const done = await deployed(app, 'development', refused.plan?.hash);
    expect(done).toMatchObject({ state: 'done', reasons: [] });
    expect(await bench.execute(`select title from ${qualified('band')}`, place)).toEqual([{ title: 'Kyuss' }]);
    expect((await planDeploy(owner, { app: app.name, env: 'development' })).changes).toBe(0);
    await app.source([database(), band], VARIABLES);
    const drop = await deployed(app, 'development');
    expect(codes(drop)).toEqual(['confirmation-needed']);
    expect((await deployed(app, 'development', drop.plan?.hash)).state).toBe('done');
  });

  it('variables: names each field of each missing one', async () => {
    const { app } = await appOn('variables', [database(), artist]);
    await app.values('development', { DB_PASSWORD: null, DB_NAME: null });
    const refused = await deployed(app, 'development');
    expect(refused.state).toBe('refused');
    expect(
      refused.reasons.map((each) => [each.element, each.field, each.variable, each.environment, each.code]),
    ).toEqual(
      expect.arrayContaining([
        ['databases.Main', 'password', 'DB_PASSWORD', 'development', 'missing-variable'],
        ['databases.Main', 'database', 'DB_NAME', 'development', 'missing-variable'],
      ]),
    );
    expect(refused.reasons).toHaveLength(2);
  });

  it('policy: warns of a placeholder, refuses it and a literal host where it is protected', async () => {
    const { app, place } = await appOn('policy', [database('Main', { host: 'localhost' }), artist], {
      development: false,
      production: true,
    });
    await bench.execute(
      bench.schema === null
        ? `create or replace user 'eve'@'%' identified by 'changeme'`
        : `do $$ begin create role eve login password 'changeme'; exception when duplicate_object then null; end $$`,
    );
    if (bench.schema === null) await bench.execute(`grant all on ${place}.* to 'eve'@'%'`);
    else await bench.execute(`grant usage, create on schema ${bench.schema} to eve`, place);
    const weak = { ...values(place), DB_USER: 'eve', DB_PASSWORD: 'changeme' };
    await app.values('development', weak);
    const warned = await deployed(app, 'development');
    expect(warned.state).toBe('done');
    expect(warned.warnings.map(({ code, field, variable }) => [code, field, variable])).toContainEqual([
      'placeholder-secret',
      'password',
      'DB_PASSWORD',
    ]);
    await app.values('production', weak);
    const refused = await deployed(app, 'production');
    expect(refused.reasons.map(({ code, field }) => [code, field])).toEqual([
      ['placeholder-secret', 'password'],
      ['literal-in-protected', 'host'],
      ['same-place', 'database'],
    ]);
  });

  it('policy: the same place in two environments, whatever the address it is reached by', async () => {
    const { app, place } = await appOn('places', [database(), artist], { development: false, test: false });
    await deployed(app, 'development');
    await app.values('test', values(place));
    const warned = await deployed(app, 'test');
    expect(warned).toMatchObject({ state: 'done' });
    expect(warned.warnings.map((each) => each.code)).toContain('same-place');
  });

  it('connect: a closed port, a wrong password, a database that is not there, a right that was taken away', async () => {
    const { app, place } = await appOn('connect', [database(), artist]);
    const refusal = async (change: Record<string, string>) => {
      await app.values('development', { ...values(place), ...change });
      const refused = await deployed(app, 'development', undefined, owner, true);
      expect(refused.state).toBe('refused');
      expect(refused.tests).toMatchObject([{ element: 'databases.Main', state: 'failed' }]);
      return refused.reasons.map(({ element, field, code }) => [element, field, code]);
    };
    expect(await refusal({ DB_PORT: String(await freePort()) })).toEqual([['databases.Main', 'port', 'refused']]);
    expect(await refusal({ DB_PASSWORD: 'not it, surely' })).toEqual([['databases.Main', 'password', 'wrong-login']]);
    expect(await refusal({ DB_NAME: 'nowhere' })).toMatchObject([['databases.Main', 'database', expect.anything()]]);
    if (bench.schema === null) await bench.execute(`revoke create, alter on ${place}.* from '${bench.user}'@'%'`);
    else await bench.execute(`revoke create on schema ${bench.schema} from ${bench.user}`, place);
    expect(await refusal({})).toMatchObject([['databases.Main', expect.anything(), 'no-ddl-right']]);
  });

  it('plan: a column dropped by hand under a model that is not managed', async () => {
    const loose = (name: string, ...fields: Field[]) => model(name, [idField, ...fields], { managed: false });
    const { app, place } = await appOn('fits', [database(), loose('Artist', field('name'), field('town'))]);
    const create = `create table ${qualified('artist')} (id int primary key, name varchar(50), town varchar(50))`;
    await bench.execute(create, place);
    if (bench.schema !== null) await bench.execute(`grant all on ${qualified('artist')} to ${bench.user}`, place);
    expect(await deployed(app, 'development')).toMatchObject({ state: 'done', plan: { changes: 0 } });
    await bench.execute(`alter table ${qualified('artist')} drop column town`, place);
    const refused = await deployed(app, 'development');
    expect(refused.reasons).toMatchObject([
      { element: 'models.Artist', field: 'fields.town', environment: 'development', code: 'missing-column' },
    ]);
  });

  it('approve: consent is void when the schema has changed since', async () => {
    const { app, place } = await appOn('consent', [database(), artist, album()], { production: true });
    const refused = await deployed(app, 'production');
    expect(codes(refused)).toEqual(['confirmation-needed']);
    expect(await bench.execute(tables(), place)).toEqual([]);
    await bench.execute(`create table ${qualified('artist')} (id int primary key)`, place);
    if (bench.schema !== null) await bench.execute(`alter table ${qualified('artist')} owner to ${bench.user}`, place);
    const again = await deployed(app, 'production', refused.plan?.hash);
    expect(codes(again)[0]).toBe('plan-changed');
    expect(again.plan?.hash).not.toBe(refused.plan?.hash);
    expect((await bench.execute(tables(), place)).length).toBe(1);
  });

  const tables = (): string =>
    bench.schema === null
      ? 'select table_name as name from information_schema.tables where table_schema = database()'
      : `select table_name as name from information_schema.tables where table_schema = '${bench.schema}'`;

  /** A session of the application's own, to hold the lock that a deploy waits for. */
  async function lockOf(app: OwnApp, element: string) {
    const active = await activeRelease(app.name, 'development');
    const resolved = active!.resolved.get(element)!;
    const outcome = await makeTarget(resolved, { app: app.name, environment: 'development' });
    if (!outcome.ok) throw new Error(outcome.reason.message);
    const engine = await loadEngine(resolved.engine);
    const session = await engine.connect(outcome.target);
    const identity = await engine.identity(session, outcome.target);
    const release = await engine.lock(session, `mooring-${hashOf(identity).slice(0, 24)}`, 1_000);
    return { session, release };
  }

  it('migrate: what changes while it waits for the lock makes the plan void, and nothing is altered', async () => {
    const { app, place } = await appOn('locked', [database(), artist]);
    await deployed(app, 'development');
    const { session, release } = await lockOf(app, 'databases.Main');
    await app.source([database(), artist, album()], VARIABLES);
    const { id } = await startDeploy(owner, { app: app.name, env: 'development' });
    const stageNow = async () =>
      (await readDeployment(owner, { app: app.name, env: 'development', id })).stages.at(-1)?.stage;
    await expect.poll(stageNow, { timeout: 10_000 }).toBe('migrate');
    await bench.execute(`alter table ${qualified('artist')} add column note int`, place);
    await release?.();
    await session.close();
    await deploymentEnd(id);
    const refused = await readDeployment(owner, { app: app.name, env: 'development', id });
    expect(refused).toMatchObject({ state: 'refused' });
    expect(codes(refused)).toEqual(['plan-changed']);
    expect((await bench.execute(tables(), place)).map(({ name }) => name)).toEqual(['artist']);
  });

  it('migrate: a statement that fails, and the rest with the next deploy', async () => {
    const loose = model('Album', [idField, field('artist', { type: 'integer' })]);
    const { app, place } = await appOn('fails', [database(), artist, loose]);
    const first = await deployed(app, 'development');
    await bench.execute(`insert into ${qualified('album')} (artist) values (77)`, place);
    const referring = model('Album', [idField, reference, field('year', { type: 'integer' })]);
    await app.source([database(), artist, referring, model('Tag', [idField])], VARIABLES);
    const failed = await deployed(app, 'development');
    expect(failed.state).toBe('failed');
    expect(codes(failed)).toEqual(['statement-failed']);
    expect(failed.outcome).toMatchObject([
      transactional ? { state: 'untouched', applied: 0, of: 3 } : { state: 'partial', applied: 2, of: 3 },
    ]);
    expect(failed.reasons[0]?.message).toContain(transactional ? 'were undone' : '2 of 3 applied');
    const left = (await bench.execute(tables(), place)).map(({ name }) => name);
    expect(left.includes('tag')).toBe(!transactional);
    expect(await activeRelease(app.name, 'development')).toMatchObject({ release: { id: first.release } });
    const journal = await store().journalEntry.findMany({
      where: { deploymentId: failed.id },
      orderBy: { ordinal: 'asc' },
    });
    expect(journal.map((each) => each.state)).toEqual(
      transactional ? ['rolled-back', 'rolled-back', 'failed'] : ['done', 'done', 'failed'],
    );
    await bench.execute(`delete from ${qualified('album')}`, place);
    const resumed = await deployed(app, 'development');
    expect(resumed).toMatchObject({ state: 'done', plan: { changes: transactional ? 3 : 1 } });
    // What the broken deploy made counts as made.
    await app.source([database(), artist, referring], VARIABLES);
    expect(codes(await deployed(app, 'development'))).toEqual(['confirmation-needed']);
  });

  it('migrate: destructive changes start nowhere while an additive one has failed', async () => {
    const other = { ...VARIABLES, OTHER_NAME: { type: 'text' } as VariableDefinition };
    const archive = database('Archive', { database: { $env: 'OTHER_NAME' } });
    const old = model('Old', [idField], { database: 'databases.Archive' });
    const loose = model('Album', [idField, field('artist', { type: 'integer' })]);
    const { app, place } = await appOn('phases', []);
    const second = await emptyDatabase();
    await app.values('development', { OTHER_NAME: second });
    await app.source([database(), archive, artist, loose, old], other);
    expect((await deployed(app, 'development')).state).toBe('done');
    await bench.execute(`insert into ${qualified('album')} (artist) values (77)`, place);
    const extra = model('Tag', [idField], { database: 'databases.Archive' });
    await app.source([database(), archive, artist, model('Album', [idField, reference]), extra], other);
    const asked = await deployed(app, 'development');
    const failed = await deployed(app, 'development', asked.plan?.hash);
    expect(failed.state).toBe('failed');
    expect(failed.outcome.map(({ element, applied, of }) => [element, applied, of])).toEqual([
      ['databases.Archive', 1, 2],
      ['databases.Main', 0, 1],
    ]);
    const left = (await bench.execute(tables(), second)).map(({ name }) => name).toSorted();
    expect(left).toEqual(['old', 'tag']);
  });

  it('verify: a model that can not be read keeps the old release serving', async () => {
    const { app, place } = await appOn('verify', [database(), artist]);
    const first = await deployed(app, 'development');
    const broken =
      bench.schema === null ? 'select (select 1 union select 2) as id' : 'select 1 / (random() * 0)::int as id';
    await bench.execute(`create view ${qualified('broken')} as ${broken}`, place);
    if (bench.schema !== null) await bench.execute(`grant select on ${qualified('broken')} to ${bench.user}`, place);
    const view = model('Broken', [field('id', { type: 'integer', primaryKey: true })], { managed: false });
    await app.source([database(), artist, view], VARIABLES);
    const failed = await deployed(app, 'development');
    expect(failed.state).toBe('failed');
    expect(failed.reasons).toMatchObject([{ element: 'models.Broken', code: 'model-unreadable' }]);
    expect(failed.stages.at(-1)).toMatchObject({ stage: 'verify', state: 'failed' });
    expect(await activeRelease(app.name, 'development')).toMatchObject({ release: { id: first.release } });
  });

  it.runIf(transactional)('activate: moves back when the first read after it fails', async () => {
    const { app, place } = await appOn('activate', [database(), artist]);
    const first = await deployed(app, 'development');
    await bench.execute(`create sequence ${qualified('once')}`, place);
    await bench.execute(
      `create view ${qualified('twice')} as select (1 / (2 - nextval('${qualified('once')}')))::int as id`,
      place,
    );
    await bench.execute(`grant usage on sequence ${qualified('once')} to ${bench.user}`, place);
    await bench.execute(`grant select on ${qualified('twice')} to ${bench.user}`, place);
    const view = model('Twice', [field('id', { type: 'integer', primaryKey: true })], { managed: false });
    await app.source([database(), artist, view], VARIABLES);
    const failed = await deployed(app, 'development');
    expect(failed.stages.at(-1)).toMatchObject({ stage: 'activate', state: 'failed' });
    expect(failed.reasons).toMatchObject([{ element: 'models.Twice', code: 'model-unreadable' }]);
    expect(await activeRelease(app.name, 'development')).toMatchObject({ release: { id: first.release } });
  });

  it('migrates with the login for migrations, and with no other', async () => {
    const more = { ddlUser: { $env: 'DDL_USER' }, ddlPassword: { $env: 'DDL_PASSWORD' } };
    const { app, place } = await appOn('ddl', []);
    const variables = { ...VARIABLES, DDL_USER: { type: 'text' }, DDL_PASSWORD: { type: 'secret' } } as const;
    await app.source([database('Main', more), artist], variables);
    await app.values('development', { DDL_USER: bench.admin.user, DDL_PASSWORD: bench.admin.password });
    if (bench.schema === null) {
      await bench.execute(`revoke create, alter, drop on ${place}.* from '${bench.user}'@'%'`);
    } else {
      await bench.execute(`revoke create on schema ${bench.schema} from ${bench.user}`, place);
      await bench.execute(
        `alter default privileges in schema ${bench.schema} grant select, insert, update, delete on tables to ${bench.user}`,
        place,
      );
    }
    expect(await deployed(app, 'development')).toMatchObject({ state: 'done', reasons: [] });
  });

  it('rolls back, and passes connect again for it', async () => {
    const { app, place } = await appOn('back', [database(), artist]);
    const one = await deployed(app, 'development');
    await app.source([database(), artist, album()], VARIABLES);
    await deployed(app, 'development');
    await app.values('development', { DB_NAME: 'nowhere' });
    expect((await rolledBack(app, 'development')).state).toBe('refused');
    await app.values('development', { DB_NAME: place });
    expect(await rolledBack(app, 'development')).toMatchObject({ state: 'done', release: one.release });
  });
});
