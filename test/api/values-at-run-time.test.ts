// Product.md rule 3.8: a changed value takes effect in the running environment, after it was seen to work.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalEngine } from '#test/support/local-engine.ts';
import { startMariadb, type Mariadb } from '#test/support/mariadb-server.ts';
import { mooring, type Mooring } from '#test/support/mooring.ts';
import { nativeFile, nativeMariadb, nativePostgres, type NativeDatabase } from '#test/support/native-database.ts';
import { startPortal, type TestPortal } from '#test/support/portal.ts';
import { startPostgres, type PostgresServer } from '#test/support/postgres-server.ts';
import { ELEMENTS, ENGINES, must, threeDatabases, type ThreeDatabases } from '#test/support/three-databases.ts';

type Failure = {
  error: { code: string; reasons: { element: string; field: string; variable: string; code: string }[] };
};
type DataFailure = { code: string; message: string; details: unknown; hint: string | null };

const APP = 'ferry';
const OLD = 'lantern gravel 41';
const NEW = 'w@lrus/9:"x" = Ünï$1';

let portal: TestPortal;
let postgres: PostgresServer;
let mariadb: Mariadb;
let shell: Mooring;
let ferry: ThreeDatabases;
let token: string;
const databases = {} as Record<LocalEngine, NativeDatabase>;

beforeAll(async () => {
  [portal, postgres, mariadb] = await Promise.all([startPortal(), startPostgres(), startMariadb()]);
  shell = mooring({ url: portal.url, token: portal.ownerToken });
  databases.sqlite = nativeFile(portal.home, APP, 'development', 'ferry.db');
  databases.postgresql = await nativePostgres(postgres, APP, OLD);
  databases.mysql = await nativeMariadb(mariadb, APP, OLD);
  for (const engine of ENGINES) {
    await databases[engine].load('create table port (id int not null primary key, name varchar(40))');
    await databases[engine].query(`insert into port values (1, 'Kiel')`);
    await databases[engine].grant();
  }
  ferry = await threeDatabases(portal, APP, []);
  await ferry.place('development', Object.values(databases));
  await ferry.modelsFromTables();
  const done = await ferry.deploy('development');
  if (done.state !== 'done') throw new Error(JSON.stringify(done.reasons));
  token = await ferry.dataToken('development', 'read');
}, 120_000);
afterAll(async () => {
  await Promise.all([portal?.stop(), postgres?.stop(), mariadb?.stop()]);
});

const read = (engine: LocalEngine) =>
  fetch(`${portal.url}/data/${APP}/development/port?select=name`, {
    headers: { authorization: `Bearer ${token}`, 'accept-profile': ELEMENTS[engine].element.replace('databases.', '') },
  });
const names = async (engine: LocalEngine) => must<{ name: string }[]>(read(engine));
const set = (key: string, text: string, ...more: string[]) =>
  shell.json<Failure>(['var', 'set', APP, 'development', key, '--stdin', ...more], text);

describe.each(['postgresql', 'mysql'] as const)('a password on %s', (engine) => {
  const key = `${ELEMENTS[engine].prefix}_PASSWORD`;
  const element = ELEMENTS[engine].element;

  it('is refused with 3 when it does not work, and the old one goes on', async () => {
    const refused = await set(key, 'not it, surely');
    expect(refused).toMatchObject({
      exit: 3,
      document: { error: { code: 'refused', reasons: [{ element, field: 'password', variable: key }] } },
    });
    expect(await names(engine)).toEqual([{ name: 'Kiel' }]);
  });

  it('changes without a restart: the very next request uses the new one', async () => {
    await databases[engine].changePassword!(NEW);
    await endSessions(engine);
    // nothing is left of the old password's connections, and it opens no other
    expect((await read(engine)).status).toBeGreaterThanOrEqual(500);
    expect(await set(key, NEW)).toMatchObject({ exit: 0 });
    expect(await names(engine)).toEqual([{ name: 'Kiel' }]);
    expect((await set(key, OLD)).exit).toBe(3);
  });

  it('is taken though it does not work where that is forced, and then says what failed', async () => {
    expect((await set(key, 'not it, surely', '--force')).exit).toBe(0);
    const answer = await read(engine);
    expect(answer.status).toBeGreaterThanOrEqual(500);
    const text = await answer.text();
    expect(text).not.toContain('not it, surely');
    // what failed before may be set to what fails alike
    expect((await set(key, 'nor this one, surely')).exit).toBe(0);
    expect((await set(key, NEW)).exit).toBe(0);
    expect(await names(engine)).toEqual([{ name: 'Kiel' }]);
  });

  it('makes the environment answer 503 while it is not set, naming what is missing', async () => {
    const unset = await shell.run(['var', 'unset', APP, 'development', key, '--yes']);
    expect(unset.exit).toBe(0);
    for (const each of ENGINES) {
      const answer = await read(each);
      expect(answer.status).toBe(503);
      const failure = (await answer.json()) as DataFailure;
      expect(Object.keys(failure).toSorted()).toEqual(['code', 'details', 'hint', 'message']);
      expect(JSON.stringify(failure.details)).toContain(key);
    }
    const { document } = await shell.json<{ environments: { missing: string[] }[] }>(['env', 'list', APP]);
    expect(document.environments[0]?.missing).toEqual([key]);
    expect((await set(key, NEW)).exit).toBe(0);
    for (const each of ENGINES) expect(await names(each)).toEqual([{ name: 'Kiel' }]);
  });

  async function endSessions(of: LocalEngine): Promise<void> {
    const database = databases[of];
    const ids =
      of === 'mysql'
        ? `select id as pid from information_schema.processlist where user = '${APP}_app'`
        : `select pid from pg_stat_activity where usename = '${APP}_app'`;
    const end =
      of === 'mysql'
        ? (pid: unknown) => `kill ${String(pid)}`
        : (pid: unknown) => `select pg_terminate_backend(${String(pid)})`;
    const open = await database.query(ids);
    expect(open.length).toBeGreaterThan(0);
    for (const { pid } of open) await database.query(end(pid));
  }
});

it('takes a file of another name without a restart', async () => {
  const other = nativeFile(portal.home, APP, 'development', 'other.db');
  await other.load('create table port (id int not null primary key, name varchar(40))');
  await other.query(`insert into port values (1, 'Oslo')`);
  const args = (file: string) => ['var', 'set', APP, 'development', `LITE_FILE=${file}`];
  expect((await shell.run(args('other.db'))).exit).toBe(0);
  expect(await names('sqlite')).toEqual([{ name: 'Oslo' }]);
  expect((await shell.run(args('../../outside.db'))).exit).toBe(2);
  expect(await names('sqlite')).toEqual([{ name: 'Oslo' }]);
});

it('takes types, defaults and required from the release, not from an edited source', async () => {
  const definition = { type: 'text', default: 'ferry.db' };
  await must(portal.api(`/apps/${APP}/variables/LITE_FILE`, { method: 'PUT', body: { definition } }));
  expect((await shell.run(['var', 'unset', APP, 'development', 'LITE_FILE', '--yes'])).exit).toBe(0);
  expect((await read('sqlite')).status).toBe(503);
  expect(await ferry.deploy('development')).toMatchObject({ state: 'done' });
  expect(await names('sqlite')).toEqual([{ name: 'Kiel' }]);
});
