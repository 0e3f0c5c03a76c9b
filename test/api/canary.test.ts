/**
 * Plants a secret at every front door and looks for it, from outside the process, in everything that comes out again: answers and
 * their headers, pages, logs, command line, pulled files, arguments of processes, and every byte of the data folder.
 */
import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeploymentDetail } from '#lib/http/api.ts';
import { PROJECT_ROOT } from '#lib/config.ts';
import { CanarySweep } from '#test/support/canaries.ts';
import type { Canary } from '#test/support/canaries.ts';
import { startPortal } from '#test/support/portal.ts';
import type { TestPortal } from '#test/support/portal.ts';
import { runCli } from '#test/support/run-cli.ts';
import { mariadbBench, postgresBench } from '#test/support/server-benches.ts';
import type { ServerBench } from '#test/support/server-benches.ts';
import { watchProcesses } from '#test/support/watch-processes.ts';

const work = mkdtempSync(join(tmpdir(), 'mooring-canary-'));
const home = join(work, 'home');
const folder = join(work, 'pulled');
const keys = { XDG_CONFIG_HOME: join(work, 'keys') };
mkdirSync(home);

const sweep = new CanarySweep();
const planted = Object.fromEntries(
  [
    'owner password',
    'invited password',
    'reset password',
    'postgresql password',
    'mysql password',
    'wrong password',
    'password typed for a test',
    'key pass-phrase',
    'production password',
    'literal in a pushed file',
    'broken file',
    'literal in a saved element',
    'default of a secret',
    'text for a number',
    'argument of var set',
  ].map((name) => [name, sweep.secret(name)]),
) as Record<string, Canary>;
const secret = (name: string): string => planted[name]!.text;

let portal: TestPortal;
let postgres: ServerBench;
let mariadb: ServerBench;
let processes: ReturnType<typeof watchProcesses>;
let token = '';
let dataToken = '';

beforeAll(async () => {
  [postgres, mariadb] = await Promise.all([postgresBench(), mariadbBench()]);
  await postgres.changePassword(secret('postgresql password'));
  await mariadb.changePassword(secret('mysql password'));
  portal = await startPortal({ home, env: keys, setup: false });
  processes = watchProcesses(portal.child.pid ?? 0);
}, 120_000);

afterAll(async () => {
  processes?.stop();
  await portal?.stop();
  await Promise.all([postgres?.stop(), mariadb?.stop()]);
  rmSync(work, { recursive: true, force: true });
});

type Asked = { method?: string; body?: unknown; token?: string; except?: string[]; url?: string };

/** One request; its answer goes into the sweep with its headers. */
async function ask(path: string, { method = 'GET', body, token: bearer = token, except, url }: Asked = {}) {
  const answer = await fetch(url ?? `${portal.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json', prefer: 'return=representation' },
    body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await answer.text();
  const name = `${method} ${path} ${answer.status}`;
  sweep.add(name, text, except);
  sweep.add(`${name} headers`, JSON.stringify([...answer.headers]), except);
  return { status: answer.status, text, json: <T>() => JSON.parse(text) as T };
}

/** One command; what it says goes into the sweep. */
async function cli(args: string[], stdin = '', except: string[] = []) {
  const place = { MOORING_URL: portal.url, MOORING_HOME: home, XDG_CONFIG_HOME: join(work, 'cli') };
  const ran = await runCli(args, { ...place, ...(token && { MOORING_TOKEN: token }) }, stdin);
  sweep.add(`mooring ${args.slice(0, 3).join(' ')}`, ran.stdout + ran.stderr, except);
  return ran;
}

/** Runs to the end and gives its record. */
async function deployment(env: string, what: 'deployments' | 'rollback', body: object = {}): Promise<DeploymentDetail> {
  const path = `/apps/shop/environments/${env}`;
  const started = await ask(`${path}/${what}`, { method: 'POST', body });
  const { id } = started.json<{ id: string }>();
  const state = async () => (await ask(`${path}/deployments/${id}`)).json<DeploymentDetail>();
  await expect.poll(async () => (await state()).state, { timeout: 30_000, interval: 200 }).not.toBe('running');
  return state();
}

const development = '/apps/shop/environments/development';
const data = (model: string) => `${portal.url}/data/shop/development/${model}`;
const post = (path: string, body: unknown) => ask(path, { method: 'POST', body });
const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';

const model = (database: string, table: string) => ({
  database,
  table,
  fields: [
    { id: 'f_id', name: 'id', type: 'integer', primaryKey: true, generated: 'increment' },
    { id: 'f_name', name: 'name', type: 'text', length: 40, required: true, unique: true },
    { id: 'f_size', name: 'size', type: 'integer' },
  ],
});

/** What goes wrong on purpose answers so; a step that never ran would sweep nothing. */
const steps: [string, () => Promise<void>][] = [
  [
    'people',
    async () => {
      const [ownerToken] = /mro_[\w-]+/.exec(portal.output()) ?? [''];
      sweep.watch('owner token', ownerToken.slice(14));
      const [keyFile] = globSync('mooring/*.key', { cwd: keys.XDG_CONFIG_HOME });
      const masterKey = readFileSync(join(keys.XDG_CONFIG_HOME, keyFile ?? ''), 'utf8').trim();
      sweep.watch('master key', masterKey.replace(/=$/, ''));
      sweep.watch('bytes of the master key', Buffer.from(masterKey, 'base64'));
      const wrong = {
        ownerToken: `${ownerToken.slice(0, 14)}wrong`,
        email: 'o@example.org',
        password: secret('owner password'),
      };
      expect((await post('/setup', wrong)).status).toBe(401);
      const email = ['--email', 'owner@example.org', '--password-stdin'];
      const made = await cli(['setup', ...email, '--print-token'], secret('owner password'), ['owner’s token']);
      token = lastLine(made.stdout);
      expect(token).toMatch(/^mrm_/);
      sweep.watch('owner’s token', token.slice(14));
      const again = { ownerToken, email: 'other@example.org', password: secret('owner password') };
      expect((await post('/setup', again)).status).toBe(409);

      const invited = await cli(['user', 'invite', 'dev@example.org', '--role', 'developer'], '', ['invitation']);
      const link = invited.stdout.split('/invite/')[1]?.trim() ?? '';
      sweep.watch('invitation', link.slice(14));
      await post(`/invitations/${link}`, { password: 'short' });
      const accepted = await post(`/invitations/${link}`, { name: 'Dev', password: secret('invited password') });
      expect(accepted.status).toBeLessThan(300);
      const login = { email: 'dev@example.org', password: secret('invited password') };
      const signedIn = await ask('/login', { method: 'POST', body: login, token: '', except: ['developer’s token'] });
      sweep.watch('developer’s token', signedIn.json<{ token: string }>().token.slice(14));
      expect((await post('/login', { ...login, password: secret('wrong password') })).status).toBe(401);
      const reset = await cli(['user', 'reset', 'dev@example.org'], '', ['reset link']);
      const resetLink = reset.stdout.split('/invite/')[1]?.trim() ?? '';
      sweep.watch('reset link', resetLink.slice(14));
      expect((await post(`/invitations/${resetLink}`, { password: secret('reset password') })).status).toBeLessThan(
        300,
      );
    },
  ],
  [
    'secrets typed in the designer',
    async () => {
      expect((await cli(['app', 'create', 'shop'])).code).toBe(0);
      const pair = await postgres.authority.issue({
        commonName: 'client',
        client: true,
        passphrase: secret('key pass-phrase'),
      });
      sweep.watch('client key', pair.key.split('\n')[3] ?? '');
      const created = await post('/apps/shop/elements', {
        fullName: 'databases.Main',
        type: postgres.databaseType,
        body: {
          host: 'localhost',
          port: postgres.port,
          user: postgres.user,
          database: postgres.database,
          schema: 'sales',
          tls: { mode: 'verify-full', ca: postgres.authority.ca, cert: pair.cert },
        },
        secrets: {
          password: { key: 'MAIN_PASSWORD', text: secret('postgresql password') },
          'tls.key': { key: 'CLIENT_KEY', text: pair.key },
          'tls.keyPassphrase': { key: 'KEY_PASSPHRASE', text: secret('key pass-phrase') },
        },
      });
      expect(created).toMatchObject({ status: 201 });
      const pem = await cli(
        ['var', 'set', 'shop', 'development', 'CLIENT_KEY', '--stdin', '--confirm-targets'],
        pair.key,
      );
      expect(pem).toMatchObject({ code: 0 });
    },
  ],
  [
    'secrets set on the command line',
    async () => {
      const define = await ask('/apps/shop/variables/OTHER_PASSWORD', {
        method: 'PUT',
        body: { definition: { type: 'secret' } },
      });
      expect(define).toMatchObject({ status: 200 });
      const other = await post('/apps/shop/elements', {
        fullName: 'databases.Other',
        type: mariadb.databaseType,
        body: {
          host: 'localhost',
          port: mariadb.port,
          user: mariadb.user,
          password: { $env: 'OTHER_PASSWORD' },
          database: mariadb.database,
          tls: { mode: 'verify-full', ca: mariadb.authority.ca },
        },
      });
      expect(other).toMatchObject({ status: 201 });
      await post('/apps/shop/elements', {
        fullName: 'databases.Local',
        type: 'databases.SqliteType',
        body: { file: 'l.db' },
      });
      const set = ['var', 'set', 'shop'];
      const stdin = await cli([...set, 'development', 'OTHER_PASSWORD', '--stdin'], secret('mysql password'));
      expect(stdin).toMatchObject({ code: 0 });
      expect((await cli(['env', 'create', 'shop', 'production', '--protected'])).code).toBe(0);
      const lines = `MAIN_PASSWORD=${secret('production password')}\nKEY_PASSPHRASE=${secret('key pass-phrase')}\n`;
      expect((await cli([...set, 'production', '--from-file', '-'], lines)).code).toBe(0);
      const argument = `OTHER_PASSWORD=${secret('argument of var set')}`;
      expect((await cli([...set, 'development', argument])).code).toBe(2);
    },
  ],
  [
    'secrets where none belongs',
    async () => {
      const element = (await ask('/apps/shop/elements/databases.Other')).json<{ revision: number; body: object }>();
      const literal = { ...element.body, password: secret('literal in a saved element') };
      const saved = await ask('/apps/shop/elements/databases.Other', {
        method: 'PUT',
        body: { revision: element.revision, body: literal },
      });
      expect(saved.status).toBe(400);
      const definition = { type: 'secret', default: secret('default of a secret') };
      expect((await ask('/apps/shop/variables/LATER', { method: 'PUT', body: { definition } })).status).toBe(400);
      await ask('/apps/shop/variables/SIZE', { method: 'PUT', body: { definition: { type: 'number' } } });
      const number = await ask(`${development}/values`, {
        method: 'PUT',
        body: { values: { SIZE: secret('text for a number') } },
      });
      expect(number.status).toBe(400);
      const broken = `{"name": "x", "password": "${secret('broken file')}`;
      expect((await ask('/apps', { method: 'POST', body: broken })).status).toBe(400);
      expect((await post('/apps', { name: { password: secret('broken file') } })).status).toBe(400);
    },
  ],
  [
    'tests',
    async () => {
      const tested = await cli(['test', 'shop', '--json']);
      expect(tested).toMatchObject({ code: 0 });
      for (const [password, state] of [
        ['password typed for a test', 'failed'],
        ['postgresql password', 'ok|warning'],
      ] as const) {
        const { body } = (await ask('/apps/shop/elements/databases.Main')).json<{ body: Record<string, unknown> }>();
        const { password: _, ...rest } = body;
        const draft = { type: postgres.databaseType, body: rest, secrets: { password: secret(password) } };
        const report = await post(`${development}/test`, { draft });
        expect(report.text).toMatch(new RegExp(`"report":.*"state":"(${state})","stages"`));
        await post('/apps/shop/databases', { draft });
        await post('/apps/shop/databases/create', { draft, what: 'database' });
      }
      for (const name of ['Main', 'Other']) await cli(['introspect', 'shop', `databases.${name}`]);
    },
  ],
  [
    'deploys',
    async () => {
      for (const [name, table] of [
        ['Main', 'note'],
        ['Other', 'thing'],
        ['Local', 'leaf'],
      ] as const) {
        const made = await post('/apps/shop/elements', {
          fullName: `models.${name}Row`,
          type: 'models.NormalType',
          body: model(`databases.${name}`, table),
        });
        expect(made).toMatchObject({ status: 201 });
      }
      expect((await cli(['plan', 'shop', 'development'])).code).toBe(0);
      const deployed = await cli(['deploy', 'shop', 'development']);
      expect(deployed).toMatchObject({ code: 0 });
      expect((await cli(['deploy', 'shop', 'production', '--json'])).code).toBe(3);
      expect((await deployment('production', 'deployments')).state).toBe('refused');
      await ask('/apps/shop/elements/models.LocalRow?revision=1', { method: 'DELETE' });
      expect((await deployment('development', 'deployments')).state).toMatch(/done|refused/);
      await deployment('development', 'rollback');
      await cli(['releases', 'shop', 'development']);
    },
  ],
  [
    'data',
    async () => {
      const made = await cli(['token', 'create', 'shop', 'development', '--role', 'write'], '', ['data token']);
      dataToken = lastLine(made.stdout);
      sweep.watch('data token', dataToken.slice(14));
      for (const name of ['MainRow', 'OtherRow']) {
        const rows = (method: string, query: string, body?: unknown) =>
          ask(`/data ${name}${query}`, { url: data(name) + query, method, token: dataToken, body });
        expect((await rows('POST', '', { name: 'one', size: 1 })).status).toBe(201);
        expect((await rows('POST', '', { name: 'one' })).status).toBe(409);
        expect((await rows('POST', '', { name: null })).status).toBe(400);
        expect((await rows('PATCH', '?id=eq.1', { size: 'many' })).status).toBe(400);
        expect((await rows('GET', '?select=*&order=id')).status).toBe(200);
        expect((await rows('GET', '?nothing=eq.1')).status).toBe(400);
      }
      const stranger = { url: data('MainRow'), token: `${dataToken.slice(0, 14)}wrong` };
      expect((await ask('/data stranger', stranger)).status).toBe(401);
      expect((await ask('/data other door', { url: data('MainRow') })).status).toBe(401);
    },
  ],
  [
    'a wrong password',
    async () => {
      const values = { MAIN_PASSWORD: secret('wrong password'), OTHER_PASSWORD: secret('wrong password') };
      expect((await ask(`${development}/values`, { method: 'PUT', body: { values } })).status).toBe(422);
      const forced = { values, force: true };
      expect((await ask(`${development}/values`, { method: 'PUT', body: forced })).status).toBe(200);
      expect((await cli(['test', 'shop'])).code).toBe(5);
      expect((await deployment('development', 'deployments')).state).toBe('refused');
      expect((await cli(['plan', 'shop', 'development', '--json'])).code).toBe(3);
      for (const name of ['MainRow', 'OtherRow']) {
        expect((await ask(`/data ${name}`, { url: data(name), token: dataToken })).status).toBe(503);
      }
      const right = { MAIN_PASSWORD: secret('postgresql password'), OTHER_PASSWORD: secret('mysql password') };
      expect((await ask(`${development}/values`, { method: 'PUT', body: { values: right } })).status).toBe(200);
      expect((await ask('/data again', { url: data('MainRow'), token: dataToken })).status).toBe(200);
    },
  ],
  [
    'files',
    async () => {
      expect((await cli(['pull', 'shop', folder])).code).toBe(0);
      for (const file of globSync('**/*', { cwd: folder, exclude: () => false, withFileTypes: true })) {
        if (file.isFile()) sweep.add(`pulled ${file.name}`, readFileSync(join(file.parentPath, file.name)));
      }
      const own = join(folder, 'databases/Other/Other.json');
      const text = readFileSync(own, 'utf8');
      const literal = { ...(JSON.parse(text) as object), password: secret('literal in a pushed file') };
      for (const wrong of [JSON.stringify(literal), `{"password": ${secret('broken file')}}`]) {
        writeFileSync(own, wrong);
        expect((await cli(['push', 'shop', folder])).code).toBe(2);
        expect((await cli(['plan', 'shop', 'development', '--from', folder])).code).toBe(2);
      }
      writeFileSync(own, text);
      const variables = join(folder, 'variables.json');
      writeFileSync(variables, readFileSync(variables, 'utf8').replaceAll('"secret"', '"text"'));
      expect((await cli(['push', 'shop', folder])).code).toBeGreaterThan(0);
    },
  ],
  [
    'databases that are down',
    async () => {
      await mariadb.stop();
      expect((await ask('/data down', { url: data('OtherRow'), token: dataToken })).status).toBe(503);
      expect((await cli(['test', 'shop'])).code).toBe(5);
      expect((await cli(['deploy', 'shop', 'development', '--json'])).code).toBe(3);
    },
  ],
  ['everything that can be read', readEverything],
];

/** Every GET of the management API, with every name that this test has made in each of its places. */
async function readEverything(): Promise<void> {
  const paths = globSync('**/route.ts', { cwd: join(PROJECT_ROOT, 'app/api/v1') })
    .filter((file) => /export const GET\b/.test(readFileSync(join(PROJECT_ROOT, 'app/api/v1', file), 'utf8')))
    .map((file) => `/${file.replace(/\/?route\.ts$/, '')}`);
  expect(paths.length).toBeGreaterThan(12);
  const listed = await ask(`${development}/deployments`);
  const ids = listed.json<{ deployments: { id: string }[] }>().deployments.map(({ id }) => id);
  const elements = (await ask('/apps/shop')).json<{ elements: { fullName: string }[] }>().elements;
  const names: Record<string, string[]> = {
    app: ['shop', 'nothing'],
    env: ['development', 'production', 'nothing'],
    id: [...ids, 'nothing'],
    fullName: [...elements.map(({ fullName }) => fullName), 'databases.Nothing'],
    model: ['MainRow', 'OtherRow', 'Nothing'],
    file: ['app.json', 'variables.json', 'databases.PgSqlType.json', 'nothing.json'],
    token: ['mrl_nothing'],
    key: ['MAIN_PASSWORD'],
    email: ['dev@example.org'],
  };
  for (const path of paths) {
    let filled = [path];
    for (const [hole, name = ''] of path.matchAll(/\[(\w+)\]/g)) {
      const values = names[name];
      if (!values) throw new Error(`${path}: this test knows no ${name}`);
      filled = filled.flatMap((each) => values.map((value) => each.replace(hole, encodeURIComponent(value))));
    }
    for (const each of filled) await ask(each);
  }
  for (const args of [
    ['var', 'list', 'shop'],
    ['env', 'list', 'shop'],
    ['token', 'list'],
    ['user', 'list'],
    ['doctor', '--json'],
  ]) {
    await cli(args);
  }
}

function sweepHome(when: string): void {
  let bytes = 0;
  for (const file of readdirSync(home, { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue;
    const content = readFileSync(join(file.parentPath, file.name));
    bytes += content.length;
    sweep.add(`${when}: ${file.name}`, content);
  }
  expect(bytes).toBeGreaterThan(100_000);
}

describe('a planted secret', () => {
  it.each(steps)(
    'goes in: %s',
    async (_, step) => {
      const before = sweep.bytes;
      await step();
      expect(sweep.bytes).toBeGreaterThan(before);
    },
    120_000,
  );

  it('comes out nowhere', async () => {
    sweepHome('while it runs');
    processes.stop();
    const { commands, environments } = processes.seen;
    // the embedded database has a process of its own
    expect(commands.size).toBeGreaterThan(existsSync('/proc/self/stat') ? 1 : -1);
    for (const command of commands) sweep.add('arguments of a process', command);
    for (const environment of environments) sweep.add('environment of a process', environment);
    expect(await portal.stop()).toBe(0);
    sweepHome('after its end');
    const said = portal.output().replace(/^First start: owner token mro_[\w-]+$/m, '');
    expect(said).not.toBe(portal.output());
    sweep.add('log', said);
    expect(sweep.bytes).toBeGreaterThan(500_000);
    expect(sweep.hits()).toEqual([]);
  }, 120_000);

  it('stands on no page', async () => {
    const session = await cookieOf('owner@example.org', secret('owner password'));
    const pages = await startPortal({ home, env: keys, setup: false, pages: true });
    const open = ['/', '/users', '/sign-in', '/setup', '/invite/mrl_nothing', '/apps/shop', '/apps/nothing'];
    const views = [
      'variables',
      'environments',
      'deploy',
      'databases.Main',
      'e/databases.Main',
      'element/databases.Main',
    ];
    for (const path of [...open, ...views.map((view) => `/apps/shop/${view}`)]) {
      for (const headers of [{}, { rsc: '1' }]) {
        const answer = await fetch(pages.url + path, {
          headers: { cookie: session, ...headers },
          redirect: 'manual',
        });
        const text = await answer.text();
        expect(answer.status).toBeLessThan(500);
        sweep.add(`page ${path} ${answer.status}`, text);
        sweep.add(`page ${path} headers`, JSON.stringify([...answer.headers]));
      }
    }
    const seen = await fetch(`${pages.url}/apps/shop`, { headers: { cookie: session }, redirect: 'manual' });
    expect(seen.status).toBe(200);
    await pages.stop();
    sweep.add('log with pages', pages.output());
    sweepHome('after pages');
    expect(sweep.hits()).toEqual([]);
  }, 120_000);
});

/** A browser's session, made in the store while no portal is on it. */
async function cookieOf(email: string, password: string): Promise<string> {
  Object.assign(process.env, { MOORING_HOME: home, ...keys });
  const { signIn } = await import('#lib/access/sign-in.ts');
  const { closeStore } = await import('#lib/store/open.ts');
  const { setCookie } = await signIn({ email, password, remote: 'test' });
  await closeStore();
  return setCookie.map((line) => line.split(';')[0]).join('; ');
}
