// The command line's way from a folder to a deployed app and its rows: test, introspect, plan, deploy, roll back.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeploymentDetail, PlanAnswer, ReleaseRow, TestReport } from '#lib/http/api.ts';
import { STAGES } from '#lib/deploy/plan.ts';
import { PASSWORD } from '#test/support/api.ts';
import { freePort } from '#test/support/free-port.ts';
import { mooring, type Mooring } from '#test/support/mooring.ts';
import { nativeFile } from '#test/support/native-database.ts';
import { startPortal, type TestPortal } from '#test/support/portal.ts';
import { workFolder } from '#test/support/source-folder.ts';

type Reason = {
  element: string | null;
  field: string | null;
  variable: string | null;
  code: string;
  message: string;
  next: string;
};
type Failure = { error: { code: string; message: string; reasons: Reason[]; planHash?: string } };
type Deployed = { deployment: DeploymentDetail; release: string; changes: number };

let portal: TestPortal;
let owner: Mooring;
const { at, write, json, remove } = workFolder();

const increment = { name: 'id', type: 'integer', primaryKey: true, generated: 'increment' };
const model = (table: string, ...fields: object[]) => ({ table, fields: [increment, ...fields] });
const heading = (title: string, type = 'models.NormalType') => ({ title, type });
const YARD = {
  'app.json': { name: 'yard', title: 'Yard', defaultDatabase: 'databases.Main' },
  'variables.json': {
    YARD_FILE: { type: 'text', required: true },
    AWAY_PORT: { type: 'number' },
    AWAY_PASSWORD: { type: 'secret', required: true },
  },
  'databases/Main/e.json': heading('Main', 'databases.SqliteType'),
  'databases/Main/Main.json': { file: { $env: 'YARD_FILE' } },
  'databases/Away/e.json': heading('Away', 'databases.PgSqlType'),
  'databases/Away/Away.json': {
    host: '127.0.0.1',
    port: { $env: 'AWAY_PORT' },
    user: 'yard',
    password: { $env: 'AWAY_PASSWORD' },
    database: 'yard',
  },
  'models/Ship/e.json': heading('Ship'),
  'models/Ship/Ship.json': model('ship', { name: 'name', type: 'text', length: 80, required: true }),
  'models/Berth/e.json': heading('Berth'),
  'models/Berth/Berth.json': model('berth', { name: 'ship', type: 'integer' }),
};

beforeAll(async () => {
  portal = await startPortal();
  owner = mooring({ url: portal.url, token: portal.ownerToken });
  write('yard', YARD);
  for (const args of [
    ['app', 'create', 'yard'],
    ['env', 'create', 'yard', 'production', '--protected'],
    ['push', 'yard', at('yard')],
    ['pull', 'yard', at('yard')],
  ]) {
    const said = await owner.run(args);
    if (said.exit !== 0) throw new Error(said.stderr);
  }
}, 60_000);
afterAll(async () => {
  await portal?.stop();
  remove();
});

const where = ({ element, field, variable, code }: Reason) => [element, field, variable, code].join(' ');
const push = async (...more: string[]) => expect((await owner.run(['push', 'yard', at('yard'), ...more])).exit).toBe(0);

describe('test', () => {
  it('says 3 where values are missing, all of them listed', async () => {
    const { exit, document, stderr } = await owner.json<Failure & { error: { reports: TestReport[] } }>([
      'test',
      'yard',
    ]);
    expect([exit, document.error.code]).toEqual([3, 'refused']);
    expect(document.error.reasons.map(where)).toEqual(
      expect.arrayContaining([
        'databases.Main file YARD_FILE missing-variable',
        'databases.Away port AWAY_PORT missing-variable',
        'databases.Away password AWAY_PASSWORD missing-variable',
      ]),
    );
    expect(stderr).toContain('✗ variables');
    expect(document.error.reports).toHaveLength(2);
  });

  it('says 5 where a database failed, the highest of several', async () => {
    const values = [`YARD_FILE=yard.db`, `AWAY_PORT=${await freePort()}`];
    expect((await owner.run(['var', 'set', 'yard', 'development', ...values])).exit).toBe(0);
    const password = ['var', 'set', 'yard', 'development', 'AWAY_PASSWORD', '--stdin'];
    expect((await owner.run(password, { input: 'lantern gravel 41' })).exit).toBe(0);
    const all = await owner.json<Failure>(['test', 'yard']);
    expect([all.exit, all.document.error.code]).toEqual([5, 'database-failed']);
    expect(all.document.error.reasons.map(where)).toEqual(['databases.Away port AWAY_PORT refused']);
    const plain = await owner.run(['test', 'yard', '--element', 'databases.Away']);
    expect([plain.exit, plain.stdout]).toEqual([5, '']);
    expect(plain.stderr).toMatch(/✗ tcp .*\n/);
    expect(plain.stderr).toMatch(/ {2}ran from 127\.0\.0\.1\n/);
    expect(plain.stderr).toContain('--request');
    const asking = await owner.run(['test', 'yard', '--element', 'databases.Away', '--request']);
    expect(asking.exit).toBe(5);
    expect(asking.stdout).toMatch(/What I ask you for\n {2}1\. Check that the server is running/);
    expect(asking.stdout + asking.stderr).not.toContain('lantern gravel');
  });

  it('tests all environments at once: a matrix, one document, and the highest code of all', async () => {
    const plain = await owner.run(['test', 'yard', '--all-environments']);
    expect(plain.exit).toBe(5);
    expect(plain.stdout).toMatch(/^ +development +production \(protected\)\n/);
    expect(plain.stdout).toMatch(/^databases\.Away +✗ tcp: refused +✗ variables: missing-variable$/m);
    expect(plain.stdout).toMatch(/^databases\.Main +▲ \d+ ms +✗ variables: missing-variable$/m);
    expect(plain.stderr).toContain('4/4 ');
    expect(plain.stderr).toMatch(/✗ databases\.Main file, YARD_FILE, in production: /);
    expect(plain.stderr).toContain('3 of 4 can not be used: databases.Away in development, ');
    type Everywhere = { environments: object[]; reports: TestReport[] };
    const { exit, document } = await owner.json<Failure & { error: Everywhere }>([
      'test',
      'yard',
      '--all-environments',
    ]);
    expect([exit, document.error.code]).toEqual([5, 'database-failed']);
    expect(document.error.environments).toEqual([
      { name: 'development', protected: false },
      { name: 'production', protected: true },
    ]);
    expect(document.error.reports.map(({ element, environment, state }) => [element, environment, state])).toEqual([
      ['databases.Away', 'development', 'failed'],
      ['databases.Main', 'development', 'warning'],
      ['databases.Away', 'production', 'failed'],
      ['databases.Main', 'production', 'failed'],
    ]);
    for (const more of [
      ['--env', 'development'],
      ['--element', 'databases.Main'],
    ])
      expect((await owner.run(['test', 'yard', '--all-environments', ...more])).exit).toBe(2);
  });

  it('says 0 where all can be used, and 2 to unknown names', async () => {
    const one = await owner.json<{ reports: TestReport[] }>(['test', 'yard', '--element', 'databases.Main']);
    expect(one).toMatchObject({ exit: 0, document: { reports: [{ element: 'databases.Main', state: 'warning' }] } });
    expect((await owner.run(['test', 'yard', '--element', 'databases.Nowhere'])).exit).toBe(2);
    expect((await owner.run(['test', 'yard', '--env', 'nowhere'])).exit).toBe(2);
    expect((await owner.run(['test', 'nothing'])).exit).toBe(2);
    expect((await owner.run(['test', 'yard', '--env', 'production', '--element', 'databases.Main'])).exit).toBe(3);
  });
});

describe('plan and deploy', () => {
  it('refuses with 3 and every reason at once, and changes nothing', async () => {
    expect((await owner.run(['var', 'unset', 'yard', 'development', 'YARD_FILE', '--yes'])).exit).toBe(0);
    const expected = ['databases.Main file YARD_FILE missing-variable', 'databases.Away port AWAY_PORT refused'];
    for (const command of ['plan', 'deploy']) {
      const { exit, document } = await owner.json<Failure>([command, 'yard', 'development']);
      expect([exit, document.error.code]).toEqual([3, 'refused']);
      expect(document.error.reasons.map(where)).toEqual(expect.arrayContaining(expected));
      expect(document.error.reasons.every(({ next }) => next !== '')).toBe(true);
    }
    const plain = await owner.run(['deploy', 'yard', 'development']);
    expect([plain.exit, plain.stdout]).toEqual([3, '']);
    expect(plain.stderr).toMatch(/✗ databases\.Main file, YARD_FILE: .*\n +→ /);
    expect(plain.stderr).toMatch(/✗ databases\.Away port, AWAY_PORT: /);
    expect((await owner.json<{ releases: ReleaseRow[] }>(['releases', 'yard', 'development'])).document).toMatchObject({
      releases: [],
    });
  });

  it('plans a folder without saving it, and the saved source', async () => {
    for (const part of ['e.json', 'Away.json']) remove('yard', 'databases', 'Away', part);
    await push('--delete');
    expect((await owner.run(['var', 'set', 'yard', 'development', 'YARD_FILE=yard.db'])).exit).toBe(0);
    const saved = await owner.json<PlanAnswer>(['plan', 'yard', 'development']);
    expect(saved).toMatchObject({ exit: 0, document: { changes: 2, reasons: [] } });
    for (const [path, text] of Object.entries(YARD)) if (!path.includes('Away')) write('less', { [path]: text });
    write('less', { 'models/Crane/e.json': heading('Crane'), 'models/Crane/Crane.json': model('crane') });
    const folder = await owner.run(['plan', 'yard', 'development', '--from', at('less')]);
    expect([folder.exit, folder.stdout]).toEqual([0, expect.stringMatching(/create table "?crane/i)]);
    expect(folder.stdout).toMatch(/: 3 changes\.\n/);
    expect((await owner.run(['plan', 'yard', 'development', '--from', '/nowhere'])).exit).toBe(2);
    expect((await owner.json<PlanAnswer>(['plan', 'yard', 'development'])).document.plan.hash).toBe(
      saved.document.plan.hash,
    );
    expect(existsSync(join(portal.home, 'data/yard/development/yard.db'))).toBe(false);
  });

  it('deploys, with its stages on stderr and one document on stdout', async () => {
    const done = await owner.json<Deployed>(['deploy', 'yard', 'development']);
    expect(done).toMatchObject({ exit: 0, document: { changes: 2, deployment: { state: 'done' } } });
    const stages = done.stderr.match(/^[✓▲·] \w+/gm)?.map((line) => line.slice(2));
    expect(stages).toEqual([...STAGES]);
    const again = await owner.json<Deployed>(['deploy', 'yard', 'development']);
    expect(again.document).toMatchObject({ changes: 0, release: done.document.release });
    for (const command of ['plan', 'deploy', 'releases', 'rollback']) {
      expect((await owner.run([command, 'yard', 'nowhere'])).exit).toBe(2);
      expect((await owner.run([command, 'nothing', 'development'])).exit).toBe(2);
    }
  });

  it('serves the rows to the token it prints', async () => {
    const { stdout } = await owner.run(['token', 'create', 'yard', 'development', '--role', 'write']);
    const headers = { authorization: `Bearer ${stdout.trim()}`, 'content-type': 'application/json' };
    const url = `${portal.url}/data/yard/development/Ship`;
    const body = JSON.stringify([{ name: 'Möwe' }, { name: 'Albatros' }]);
    expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(201);
    expect(await (await fetch(`${url}?select=name&order=name`, { headers })).json()).toEqual([
      { name: 'Albatros' },
      { name: 'Möwe' },
    ]);
  });

  it('needs consent where it is protected', async () => {
    await owner.run(['var', 'set', 'yard', 'production', 'YARD_FILE=production.db']);
    const refused = await owner.json<Failure>(['deploy', 'yard', 'production']);
    expect(refused).toMatchObject({ exit: 3, document: { error: { reasons: [{ code: 'confirmation-needed' }] } } });
    const plan = await owner.json<PlanAnswer & { hash: string }>(['plan', 'yard', 'production']);
    expect(plan).toMatchObject({ exit: 0, document: { hash: refused.document.error.planHash, changes: 2 } });
    const { stdout } = await owner.run(['token', 'create', '--scope', 'source', '--app', 'yard']);
    const pusher = mooring({ url: portal.url, token: stdout.trim() });
    const approved = ['deploy', 'yard', 'production', '--approve', plan.document.hash];
    expect((await pusher.json<Failure>(approved)).exit).toBe(4);
    expect((await owner.run(approved)).exit).toBe(0);
  });

  it('says 5 where a statement fails, and the old release keeps serving', async () => {
    const file = nativeFile(portal.home, 'yard', 'development', 'yard.db');
    await file.query('insert into berth (ship) values (77)');
    const before = json<{ fields: object[] }>('yard', 'models/Berth/Berth.json');
    const [id, ship] = before.fields;
    write('yard', {
      'models/Berth/Berth.json': { ...before, fields: [id, { ...ship, type: 'reference', model: 'models.Ship' }] },
    });
    await push();
    const failed = await owner.json<Failure>(['deploy', 'yard', 'development']);
    expect([failed.exit, failed.document.error.code]).toEqual([5, 'database-failed']);
    expect(failed.document.error.reasons.map(({ code }) => code)).toEqual(['statement-failed']);
    expect(failed.stderr).toContain('✗ migrate');
    await file.query('delete from berth');
    expect((await owner.run(['deploy', 'yard', 'development'])).exit).toBe(0);
  });

  it('rolls back to the release before and to a named one', async () => {
    const list = async () =>
      (await owner.json<{ releases: ReleaseRow[] }>(['releases', 'yard', 'development'])).document.releases;
    const first = await list();
    expect(first.filter(({ active }) => active)).toHaveLength(1);
    expect((await owner.json<Failure>(['rollback', 'yard', 'production'])).exit).toBe(3);
    expect((await owner.json<Failure>(['rollback', 'yard', 'development', 'r_nothing'])).exit).toBe(2);
    const active = first.find((row) => row.active)!;
    const other = first.find((row) => !row.active)!;
    expect(await owner.json<Deployed>(['rollback', 'yard', 'development'])).toMatchObject({
      exit: 0,
      document: { release: other.release, deployment: { kind: 'rollback' } },
    });
    expect((await owner.run(['rollback', 'yard', 'development', active.release])).exit).toBe(0);
    expect((await list()).find((row) => row.active)?.release).toBe(active.release);
    expect((await owner.run(['releases', 'yard', 'development'])).stdout).toMatch(/ active /);
  });
});

describe('introspect', () => {
  it('shows tables, or models made from them', async () => {
    const tables = await owner.json<{ tables: { name: string }[] }>(['introspect', 'yard', 'databases.Main']);
    expect(tables.document.tables.map(({ name }) => name).toSorted()).toEqual(['berth', 'ship']);
    const one = await owner.run(['introspect', 'yard', 'databases.Main', '--table', 'ship']);
    expect([one.exit, one.stdout]).toEqual([0, expect.stringMatching(/^Table.*\nship +table +2 +id\n$/)]);
    const proposing = ['introspect', 'yard', 'databases.Main', '--models', '--table', 'ship'];
    const models = await owner.json<{ models: { fullName: string; body: { managed: boolean } }[] }>(proposing);
    expect(models.document.models).toMatchObject([{ body: { table: 'ship', managed: false } }]);
  });

  it('says 2 to unknown names, 3 to missing values, 5 where the database fails', async () => {
    expect((await owner.run(['introspect', 'yard', 'databases.Nowhere'])).exit).toBe(2);
    expect((await owner.run(['introspect', 'yard', 'models.Ship'])).exit).toBe(2);
    expect((await owner.run(['introspect', 'yard', 'databases.Main', '--table', 'nothing'])).exit).toBe(2);
    const files = Object.entries(YARD).filter(([path]) => path.includes('Away'));
    write('yard', Object.fromEntries(files));
    await push();
    const away = (env: string) => owner.json<Failure>(['introspect', 'yard', 'databases.Away', '--env', env]);
    expect((await away('production')).exit).toBe(3);
    expect(await away('development')).toMatchObject({ exit: 5, document: { error: { code: 'database-failed' } } });
    const host = async (text: string) => {
      const body = json<object>('yard', 'databases/Away/Away.json');
      write('yard', { 'databases/Away/Away.json': { ...body, host: text } });
      await push();
      const confirmed = ['test', 'yard', '--element', 'databases.Away', '--confirm-targets'];
      return [(await owner.run(confirmed)).exit, (await away('development')).exit];
    };
    expect(await host('nowhere.invalid')).toEqual([5, 5]);
    expect(await host('169.254.169.254')).toEqual([3, 3]);
  });
});

describe('a viewer', () => {
  let viewer: Mooring;

  beforeAll(async () => {
    const invited = await owner.run(['user', 'invite', 'viewer@example.org', '--role', 'viewer']);
    const link = invited.stdout.trim().split('/').at(-1)!;
    await portal.api(`/invitations/${link}`, { method: 'POST', body: { password: PASSWORD } });
    viewer = mooring({ url: portal.url });
    await viewer.run(['login', '--email', 'viewer@example.org', '--password-stdin'], { input: PASSWORD });
  });

  it.each([
    [['app', 'list']],
    [['env', 'list', 'yard']],
    [['var', 'list', 'yard']],
    [['releases', 'yard', 'development']],
    [['pull', 'yard', at('viewed')]],
  ])('may %j', async (args) => {
    expect((await viewer.run(args)).exit).toBe(0);
  });

  it.each([
    [['app', 'create', 'own']],
    [['env', 'create', 'yard', 'own']],
    [['env', 'set', 'yard', 'production', '--protected', 'off']],
    [['push', 'yard', at('yard')]],
    [['var', 'set', 'yard', 'development', 'YARD_FILE=other.db']],
    [['var', 'unset', 'yard', 'development', 'YARD_FILE', '--yes']],
    [['test', 'yard']],
    [['introspect', 'yard', 'databases.Main']],
    [['plan', 'yard', 'development']],
    [['deploy', 'yard', 'development']],
    [['rollback', 'yard', 'development']],
    [['token', 'create', 'yard', 'development', '--role', 'read']],
    [['user', 'list']],
  ])('is answered 4 to %j', async (args) => {
    const { exit, document } = await viewer.json<Failure>(args);
    expect([exit, document.error.code]).toEqual([4, 'no-right']);
  });
});

it('ends the tokens of a deleted environment, and says where its files lie', async () => {
  const { stdout: token } = await owner.run(['token', 'create', 'yard', 'production', '--role', 'read']);
  const read = () =>
    fetch(`${portal.url}/data/yard/production/Ship`, { headers: { authorization: `Bearer ${token.trim()}` } });
  expect((await read()).status).toBe(200);
  const { stdout, exit } = await owner.run(['env', 'delete', 'yard', 'production', '--confirm', 'production']);
  expect([exit, (await read()).status]).toEqual([0, 401]);
  const trash = /lie in (.*) of MOORING_HOME/.exec(stdout)?.[1] ?? 'nowhere';
  expect(existsSync(join(portal.home, trash))).toBe(true);
  expect(existsSync(join(portal.home, 'data/yard/production'))).toBe(false);
});
