// The command line as people meet it first: set-up, sign-in, other people, the workspace's own state, and wrong commands.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from '#lib/config.ts';
import { PASSWORD } from '#test/support/api.ts';
import { freePort } from '#test/support/free-port.ts';
import { mooring, type Mooring } from '#test/support/mooring.ts';
import { startPortal, type TestPortal } from '#test/support/portal.ts';

type Failure = { error: { code: string; message: string; reasons: Record<string, unknown>[] } };

let portal: TestPortal;
/** on the portal's machine, without a token */
let local: Mooring;
let owner: Mooring;
const NEW_PASSWORD = 'copper thistle window 92';
const OWNER = ['--email', 'owner@example.org', '--password-stdin'];

beforeAll(async () => {
  portal = await startPortal({ setup: false });
  local = mooring({ url: portal.url, home: portal.home });
}, 60_000);
afterAll(() => portal?.stop());

describe('set-up', () => {
  it('refuses a weak password, and whoever can not read the data folder', async () => {
    const weak = await local.json<Failure>(['setup', ...OWNER], 'short\n');
    expect([weak.exit, weak.document.error.code]).toEqual([2, 'wrong-input']);
    const elsewhere = await mooring({ url: portal.url, home: '/nowhere' }).run(['setup', ...OWNER], {
      input: PASSWORD,
    });
    expect([elsewhere.exit, elsewhere.stdout]).toEqual([4, '']);
  });

  it('makes the first owner once, and prints its token alone on the last line', async () => {
    const args = ['setup', ...OWNER, '--print-token', '--expires', '2h'];
    const made = await local.run(args, { input: `${PASSWORD}\n` });
    expect([made.exit, made.stderr]).toEqual([0, '']);
    const token = made.stdout.trimEnd().split('\n').at(-1)!;
    expect(token).toMatch(/^\S{20,}$/);
    expect(made.stdout).not.toContain(PASSWORD);
    owner = mooring({ url: portal.url, token });
    const { document } = await owner.json<{ tokens: { kind: string; expiresAt: string }[] }>(['token', 'list']);
    const left = Date.parse(document.tokens[0]!.expiresAt) - Date.now();
    expect(left).toBeGreaterThan(7_000_000);
    expect(left).toBeLessThan(7_200_001);
    const again = await local.json<Failure>(args, PASSWORD);
    expect([again.exit, again.document.error.code, again.stderr]).toEqual([2, 'exists', '']);
  });

  it('gives the owner a new password, and signs in with it', async () => {
    const reset = await local.run(['setup', '--reset-owner', ...OWNER], { input: NEW_PASSWORD });
    expect([reset.exit, reset.stderr]).toEqual([0, '']);
    const old = await local.run(['login', ...OWNER], { input: PASSWORD });
    expect([old.exit, old.stdout]).toEqual([4, '']);
    expect((await local.run(['app', 'list'])).exit).toBe(4);
    const signedIn = await local.json<{ url: string; email: string }>(['login', ...OWNER], `${NEW_PASSWORD}\n`);
    expect(signedIn).toMatchObject({ exit: 0, document: { url: portal.url, email: 'owner@example.org' } });
    owner = local;
    expect((await owner.run(['app', 'list'])).exit).toBe(0);
    const moved = await owner.run(['app', 'list'], { env: { MOORING_URL: `http://127.0.0.1:${await freePort()}` } });
    // another portal is not given this one's token
    expect(moved.exit).toBe(4);
  });

  it('keeps the token for the user alone', async () => {
    const { stdout } = await owner.run(['login', ...OWNER], { input: NEW_PASSWORD });
    const path = / kept in (.*)\.\n$/.exec(stdout)?.[1] ?? '';
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path, 'utf8')).not.toContain(NEW_PASSWORD);
  });
});

describe('people', () => {
  const accept = async (link: string) => {
    const token = link.trim().split('/').at(-1)!;
    const answer = await portal.api(`/invitations/${token}`, { method: 'POST', body: { password: PASSWORD } });
    expect(answer.ok).toBe(true);
  };

  it('invites, lists, disables and lets in again', async () => {
    const invited = await owner.run(['user', 'invite', 'dev@example.org', '--role', 'developer']);
    expect(invited).toMatchObject({ exit: 0, stderr: '', stdout: expect.stringMatching(/^http\S+\n$/) });
    expect((await owner.run(['user', 'list'])).stdout).toMatch(/dev@example\.org +developer +invited/);
    await accept(invited.stdout);
    const developer = mooring({ url: portal.url });
    const login = ['login', '--email', 'dev@example.org', '--password-stdin'];
    expect((await developer.run(login, { input: PASSWORD })).exit).toBe(0);
    expect((await developer.run(['app', 'create', 'mine'])).exit).toBe(0);
    const forbidden = await developer.json<Failure>(['app', 'delete', 'mine', '--confirm', 'mine']);
    expect([forbidden.exit, forbidden.document.error.code]).toEqual([4, 'no-right']);
    expect((await owner.run(['user', 'disable', 'dev@example.org'])).exit).toBe(0);
    expect((await developer.run(['app', 'list'])).exit).toBe(4);
    const { document } = await owner.json<{ users: { email: string; disabled: boolean }[] }>(['user', 'list']);
    expect(document.users).toContainEqual(expect.objectContaining({ email: 'dev@example.org', disabled: true }));
    const reset = await owner.json<{ link: string }>(['user', 'reset', 'dev@example.org']);
    await accept(reset.document.link);
    expect((await developer.run(login, { input: PASSWORD })).exit).toBe(0);
  });

  it.each([
    ['a role that is none', ['user', 'invite', 'x@example.org', '--role', 'king'], 2],
    ['no role', ['user', 'invite', 'x@example.org'], 2],
    ['somebody who is here', ['user', 'invite', 'owner@example.org', '--role', 'viewer'], 2],
    ['nobody to disable', ['user', 'disable', 'x@example.org'], 2],
    ['nobody to reset', ['user', 'reset', 'x@example.org'], 2],
    ['the last owner', ['user', 'disable', 'owner@example.org'], 3],
  ])('refuses %s', async (_what, args, exit) => {
    const said = await owner.json<Failure>(args);
    expect(said).toMatchObject({ exit, document: { error: { reasons: expect.any(Array) } } });
  });
});

describe('any command', () => {
  it('says 1 where no portal answers, as people and as programs read it', async () => {
    const nowhere = mooring({ url: `http://127.0.0.1:${await freePort()}`, token: 'any' });
    const plain = await nowhere.run(['app', 'list']);
    expect([plain.exit, plain.stdout]).toEqual([1, '']);
    expect(plain.stderr).toMatch(/can not be reached .*npm start/);
    const { exit, document, stderr } = await nowhere.json<Failure>(['app', 'list']);
    expect([exit, document.error.code, stderr]).toEqual([1, 'unreachable', '']);
  });

  it('says 4 without a token and with a wrong one', async () => {
    const strange = mooring({ url: portal.url, token: 'not a token' });
    expect((await strange.json<Failure>(['app', 'list'])).exit).toBe(4);
    const none = await mooring({ url: portal.url }).json<Failure>(['doctor']);
    expect([none.exit, none.document.error.code]).toEqual([4, 'not-signed-in']);
  });

  it.each([
    [['nonsense']],
    [['app']],
    [['app', 'create']],
    [['app', 'list', '--nonsense']],
    [['pull', 'only-one']],
    [['env', 'set', 'mine', 'development', '--protected', 'maybe']],
    [['var', 'set', 'mine', 'development']],
    [['token', 'create', 'mine']],
    [[]],
  ])('says 2 to %j', async (args) => {
    const { exit, document } = await owner.json<Failure>(args);
    expect([exit, document.error.code]).toEqual([2, 'wrong-input']);
  });

  it('explains itself', async () => {
    for (const args of [['--help'], ['help', 'deploy'], ['deploy', '--help']]) {
      const said = await owner.run(args);
      expect([said.exit, said.stdout.includes('Usage: mooring'), said.stderr]).toEqual([0, true, '']);
    }
  });

  it('is what npx finds in a clone', () => {
    // offline: it must not look elsewhere for a package of that name
    const env = { ...process.env, npm_config_offline: 'true' };
    const found = spawnSync('npx', ['mooring', 'deploy', '--help'], { cwd: PROJECT_ROOT, env, encoding: 'utf8' });
    expect([found.status, found.stdout]).toEqual([0, expect.stringMatching(/^Usage: mooring deploy/)]);
  });

  it('examines the portal', async () => {
    const { exit, document } = await owner.json<{ checks: { name: string; state: string }[] }>(['doctor']);
    expect(exit).toBe(0);
    expect(document.checks.map(({ name }) => name)).toEqual(expect.arrayContaining(['store', 'master-key', 'audit']));
    expect((await owner.run(['doctor'])).stdout).toContain('✓ store');
  });

  it('goes on under a newer Node where it is started on an old one, in the folder of its user', () => {
    const old = join(portal.home, 'old-node.cjs');
    writeFileSync(
      old,
      `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.20.0' } });`,
    );
    const folder = join(portal.home, 'work', 'source');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'app.json'), '{"name": "mine"}');
    const entry = join(PROJECT_ROOT, 'lib/cli/mooring.js');
    const started = spawnSync(process.execPath, ['--require', old, entry, 'push', 'mine', 'source', '--json'], {
      cwd: join(folder, '..'),
      env: { ...process.env, MOORING_URL: portal.url, MOORING_TOKEN: 'not a token' },
      encoding: 'utf8',
    });
    // the folder was read: what is wrong is the token
    expect([started.status, JSON.parse(started.stdout)]).toMatchObject([4, { error: { code: 'not-signed-in' } }]);
  }, 120_000);
});
