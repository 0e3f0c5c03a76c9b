// The command line's work on source, environments and values, against a portal of its own.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PushResult, VariableMatrix } from '#lib/http/api.ts';
import { mooring, type Mooring } from '#test/support/mooring.ts';
import { startPortal, type TestPortal } from '#test/support/portal.ts';
import { workFolder } from '#test/support/source-folder.ts';

type Reason = { element: string | null; field: string | null; variable: string | null; code: string; message: string };
type Failure = { error: { code: string; message: string; reasons: Reason[] } };

let portal: TestPortal;
let owner: Mooring;
const { at, write, tree, json, remove } = workFolder();

beforeAll(async () => {
  portal = await startPortal();
  owner = mooring({ url: portal.url, token: portal.ownerToken });
}, 60_000);
afterAll(async () => {
  await portal?.stop();
  remove();
});

const MODEL = {
  database: 'databases.Main',
  table: 'customer',
  fields: [
    { name: 'id', type: 'integer', primaryKey: true, generated: 'increment' },
    { name: 'email', type: 'text', length: 255, required: true },
  ],
};
const SHOP = {
  'app.json': { name: 'shop', title: 'Shop', defaultDatabase: 'databases.Main' },
  'variables.json': {
    SHOP_PASSWORD: { type: 'secret', required: true },
    SHOP_PORT: { type: 'number', default: 5432 },
    SHOP_HOST: { name: 'Host', type: 'text' },
    SHOP_CA: { type: 'file' },
  },
  'databases/Main/e.json': { title: 'Main', type: 'databases.PgSqlType' },
  'databases/Main/Main.json': {
    host: { $env: 'SHOP_HOST' },
    port: { $env: 'SHOP_PORT' },
    user: 'shop',
    password: { $env: 'SHOP_PASSWORD' },
    database: 'shop',
  },
  'models/sales/Customer/e.json': { title: 'Customer', type: 'models.NormalType' },
  'models/sales/Customer/Customer.json': MODEL,
};

describe('apps', () => {
  it('makes, lists and deletes', async () => {
    expect(await owner.run(['app', 'create', 'shop', '--title', 'Shop'])).toMatchObject({ exit: 0, stderr: '' });
    expect(await owner.run(['app', 'create', 'gone'])).toMatchObject({ exit: 0 });
    expect((await owner.run(['app', 'list'])).stdout).toMatch(/^shop +Shop/m);
    const { document } = await owner.json<{ apps: { name: string; title: string }[] }>(['app', 'list']);
    expect(document.apps).toContainEqual(expect.objectContaining({ name: 'shop', title: 'Shop' }));
    expect((await owner.run(['app', 'delete', 'gone'])).exit).toBe(2);
    expect((await owner.run(['app', 'delete', 'gone', '--confirm', 'shop'])).exit).toBe(2);
    expect((await owner.run(['app', 'delete', 'gone', '--confirm', 'gone'])).exit).toBe(0);
    expect((await owner.json<Failure>(['app', 'delete', 'gone', '--confirm', 'gone'])).exit).toBe(2);
    expect((await owner.run(['app', 'create', 'shop'])).exit).toBe(2);
    expect((await owner.run(['app', 'create', 'Not A Name'])).exit).toBe(2);
  });
});

describe('source', () => {
  it('lists every fault of a folder, changes nothing, and says what a dry run would do', async () => {
    write('bad', {
      ...SHOP,
      'databases/Main/Main.json': { ...SHOP['databases/Main/Main.json'], password: 'in the open', user: 7 },
      'models/sales/Customer/Customer.json': { ...MODEL, database: 'databases.Nowhere', colour: 'red' },
    });
    const { exit, document, stderr } = await owner.json<Failure>(['push', 'shop', at('bad')]);
    expect([exit, document.error.code, stderr]).toEqual([2, 'wrong-input', '']);
    const where = document.error.reasons.map(({ element, field }) => `${element} ${field}`);
    expect(where).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/Main.* password$/),
        expect.stringMatching(/Main.* user$/),
        expect.stringMatching(/Customer/),
      ]),
    );
    expect(JSON.stringify(document)).not.toContain('in the open');
    write('shop', SHOP);
    const dry = await owner.json<PushResult>(['push', 'shop', at('shop'), '--dry-run']);
    expect(dry).toMatchObject({
      exit: 0,
      document: { dryRun: true, created: expect.arrayContaining(['databases.Main']) },
    });
    const again = await owner.json<PushResult>(['push', 'shop', at('shop'), '--dry-run']);
    expect(again.document.created).toEqual(dry.document.created);
  });

  it('pushes a hand-written folder, pulls it in its own form, and is byte-identical from then on', async () => {
    expect((await owner.run(['push', 'shop', at('shop')])).stdout).toMatch(
      /^Pushed shop: .*\n {2}\+ databases\.Main$/m,
    );
    expect((await owner.run(['pull', 'shop', at('shop')])).exit).toBe(0);
    const first = tree('shop');
    expect(JSON.parse(first['databases/Main/e.json']!)).toEqual({
      id: expect.stringMatching(/^e_/),
      title: 'Main',
      type: 'databases.PgSqlType',
    });
    for (const text of Object.values(first)) expect(text).toBe(`${JSON.stringify(JSON.parse(text), null, 2)}\n`);
    expect(readFileSync(at('shop/.mooring/.gitignore'), 'utf8')).toBe('*\n');
    const again = await owner.json<PushResult>(['push', 'shop', at('shop')]);
    expect(again.document).toMatchObject({ created: [], changed: [], deleted: [], moved: [] });
    await owner.run(['pull', 'shop', at('shop')]);
    await owner.run(['pull', 'shop', at('second')]);
    expect(tree('shop')).toEqual(first);
    expect(tree('second')).toEqual(first);
  });

  it('refuses what changed on both sides with 3, and overwrites it with --force', async () => {
    const change = (dir: string, title: string) => {
      const path = 'databases/Main/e.json';
      const heading = json<object>(dir, path);
      write(dir, { [path]: { ...heading, title } });
    };
    change('second', 'theirs');
    expect((await owner.run(['push', 'shop', at('second')])).exit).toBe(0);
    change('shop', 'ours');
    const conflict = await owner.json<Failure>(['push', 'shop', at('shop')]);
    expect([conflict.exit, conflict.document.error.code]).toEqual([3, 'conflict']);
    expect(conflict.document.error.reasons.map(({ element }) => element)).toEqual(['databases.Main']);
    const pulled = await owner.json<Failure>(['pull', 'shop', at('shop')]);
    expect([pulled.exit, pulled.document.error.code]).toEqual([3, 'conflict']);
    expect(tree('shop')['databases/Main/e.json']).toContain('ours');
    const listed = await owner.json<PushResult>(['push', 'shop', at('shop'), '--dry-run', '--force']);
    expect(listed).toMatchObject({ exit: 0, document: { overwritten: ['databases.Main'] } });
    expect((await owner.run(['push', 'shop', at('shop'), '--force'])).exit).toBe(0);
    expect((await owner.run(['pull', 'shop', at('shop')])).exit).toBe(0);
    expect((await owner.run(['pull', 'shop', at('second'), '--force'])).exit).toBe(0);
    expect(tree('second')).toEqual(tree('shop'));
  });

  it('pushes without a base only what differs nowhere, unless forced', async () => {
    remove('second/.mooring');
    expect((await owner.run(['push', 'shop', at('second')])).exit).toBe(0);
    remove('second/.mooring');
    write('second', { 'models/sales/Customer/Customer.json': { ...MODEL, label: 'email' } });
    expect((await owner.run(['push', 'shop', at('second')])).exit).toBe(3);
    expect((await owner.run(['push', 'shop', at('second'), '--force'])).exit).toBe(0);
    await owner.run(['pull', 'shop', at('second')]);
    await owner.run(['pull', 'shop', at('shop')]);
  });

  it('deletes only with --delete, and pull removes what is gone', async () => {
    remove('second/models');
    const kept = await owner.json<PushResult>(['push', 'shop', at('second')]);
    expect(kept.document.deleted).toEqual([]);
    const deleted = await owner.json<PushResult>(['push', 'shop', at('second'), '--delete']);
    expect(deleted.document.deleted).toEqual(['models.sales.Customer']);
    write('shop', { 'README.md': 'a note of my own' });
    const pulled = await owner.json<{ removed: string[] }>(['pull', 'shop', at('shop')]);
    expect(pulled.document.removed.toSorted()).toEqual([
      'models/sales/Customer/Customer.json',
      'models/sales/Customer/e.json',
    ]);
    expect(Object.keys(tree('shop'))).toContain('README.md');
  });

  it.each([
    ['a folder that is none', ['push', 'shop', '/nowhere'], 2],
    ['a folder without app.json', ['push', 'shop', at()], 2],
    ["another app's folder", ['push', 'other', '@shop'], 2],
    ['an app that is none', ['pull', 'nothing', '@empty'], 2],
  ])('refuses %s', async (_what, args, exit) => {
    await owner.run(['app', 'create', 'other']);
    const said = await owner.json<Failure>(args.map((arg) => (arg.startsWith('@') ? at(arg.slice(1)) : arg)));
    expect(said.exit).toBe(exit);
  });
});

describe('environments and values', () => {
  it('makes, protects and deletes environments', async () => {
    expect((await owner.run(['env', 'create', 'shop', 'test'])).exit).toBe(0);
    expect((await owner.run(['env', 'create', 'shop', 'production', '--protected'])).exit).toBe(0);
    expect((await owner.run(['env', 'create', 'shop', 'test'])).exit).toBe(2);
    expect((await owner.run(['env', 'set', 'shop', 'test', '--protected', 'on'])).exit).toBe(0);
    const list = async () =>
      (await owner.json<{ environments: { name: string; protected: boolean }[] }>(['env', 'list', 'shop'])).document;
    expect((await list()).environments.map((each) => [each.name, each.protected])).toEqual([
      ['development', false],
      ['test', true],
      ['production', true],
    ]);
    expect((await owner.run(['env', 'set', 'shop', 'test', '--protected', 'off'])).exit).toBe(0);
    expect((await owner.run(['env', 'delete', 'shop', 'production'])).exit).toBe(2);
    expect((await owner.run(['env', 'delete', 'shop', 'production', '--confirm', 'production'])).exit).toBe(0);
    expect((await owner.run(['env', 'delete', 'shop', 'development', '--confirm', 'development'])).exit).not.toBe(0);
    expect((await owner.run(['env', 'list', 'shop'])).stdout).not.toContain('production');
    expect((await owner.run(['env', 'list', 'nothing'])).exit).toBe(2);
  });

  it('sets values in each way and lists them, secrets never', async () => {
    const set = (args: string[], input = '') => owner.json(['var', 'set', 'shop', 'test', ...args], input);
    expect(await set(['SHOP_HOST=db=1.example.org', 'SHOP_PORT=6543'])).toMatchObject({
      exit: 0,
      document: { set: ['SHOP_HOST', 'SHOP_PORT'] },
    });
    const secret = ` #"qu'oted" \\n $HOME = ünï `;
    expect((await set(['SHOP_PASSWORD', '--stdin'], `${secret}\n`)).exit).toBe(0);
    expect((await set(['--from-file', '-'], `SHOP_PASSWORD=${secret}\nSHOP_HOST=localhost\n`)).exit).toBe(0);
    write('values', { 'test.env': 'SHOP_PORT=7000\n' });
    expect((await set(['--from-file', at('values/test.env')])).exit).toBe(0);
    const list = await owner.json<VariableMatrix>(['var', 'list', 'shop', '--env', 'test']);
    const cells = Object.fromEntries(list.document.variables.map(({ key, cells: found }) => [key, found.test]));
    expect(cells).toMatchObject({
      SHOP_HOST: { state: 'set', value: 'localhost' },
      SHOP_PORT: { state: 'set', value: 7000 },
      SHOP_PASSWORD: { state: 'set', value: null, setBy: 'owner@example.org' },
    });
    expect(list.stdout).not.toContain('oted');
    expect((await owner.run(['var', 'list', 'shop'])).stdout).toMatch(/SHOP_PORT +number/);
    expect(Object.keys(list.document.variables[0]!.cells)).toEqual(['test']);
  });

  it.each([
    ['a secret as KEY=VALUE', ['SHOP_PASSWORD=gravel lantern 7']],
    ['a value that does not fit', ['SHOP_PORT=abc']],
    ['an unknown key', ['SHOP_NOTHING=1']],
    ['no =', ['SHOP_HOST']],
    ['an empty number', ['SHOP_PORT=']],
    ['two ways at once', ['SHOP_HOST', '--stdin', '--from-file', '-']],
    ['a file that is none', ['--from-file', '/nowhere']],
    ['an empty secret', ['SHOP_PASSWORD', '--stdin']],
    ['a file that is no certificate', ['SHOP_CA=nonsense']],
  ])('refuses %s with 2', async (_what, args) => {
    const { exit, document, stdout } = await owner.json<Failure>(['var', 'set', 'shop', 'test', ...args]);
    expect([exit, document.error.code]).toEqual([2, 'wrong-input']);
    expect(stdout).not.toContain('gravel lantern');
  });

  it('sets all or none', async () => {
    const said = await owner.json<Failure>([
      'var',
      'set',
      'shop',
      'test',
      'SHOP_HOST=elsewhere',
      'SHOP_PORT=abc',
      'NO=1',
    ]);
    expect(said.exit).toBe(2);
    expect(said.document.error.reasons.map(({ variable }) => variable)).toEqual(['SHOP_PORT', 'NO']);
    expect((await owner.run(['var', 'list', 'shop', '--env', 'test'])).stdout).toContain('set localhost');
  });

  it('takes a value away once it was confirmed', async () => {
    const unset = (...args: string[]) => owner.run(['var', 'unset', 'shop', 'test', ...args]);
    expect((await unset('SHOP_PASSWORD')).exit).toBe(2);
    expect((await unset('SHOP_PASSWORD', '--yes')).exit).toBe(0);
    expect((await unset('SHOP_PASSWORD', '--yes')).exit).toBe(2);
    expect((await unset('NOTHING', '--yes')).exit).toBe(2);
    const list = await owner.json<VariableMatrix>(['var', 'list', 'shop', '--env', 'test']);
    expect(list.document.variables.find(({ key }) => key === 'SHOP_PASSWORD')?.cells.test?.state).toBe('missing');
    expect((await owner.run(['var', 'list', 'shop', '--env', 'nowhere'])).exit).toBe(2);
    expect((await owner.run(['var', 'set', 'shop', 'nowhere', 'SHOP_HOST=x'])).exit).toBe(2);
  });

  it('clears values of what is no secret any more only when told to', async () => {
    await owner.run(['var', 'set', 'shop', 'test', 'SHOP_PASSWORD', '--stdin'], { input: 'copper thistle' });
    await owner.run(['pull', 'shop', at('shop'), '--force']);
    const variables = json<Record<string, object>>('shop', 'variables.json');
    const database = json<object>('shop', 'databases/Main/Main.json');
    const other = { ...SHOP['variables.json'], ...variables, OTHER_PASSWORD: { type: 'secret' } };
    delete (other as Record<string, unknown>).SHOP_PASSWORD;
    write('shop', {
      'variables.json': other,
      'databases/Main/Main.json': { ...database, password: { $env: 'OTHER_PASSWORD' } },
    });
    const refused = await owner.json<Failure>(['push', 'shop', at('shop'), '--delete']);
    expect(refused.exit).toBe(3);
    expect(JSON.stringify(refused.document)).toContain('test');
    expect((await owner.run(['push', 'shop', at('shop'), '--delete', '--clear-values'])).exit).toBe(0);
  });
});

describe('tokens', () => {
  it('makes them, alone on the last line, and ends them', async () => {
    const data = await owner.run(['token', 'create', 'shop', 'test', '--role', 'read', '--expires', '90d']);
    expect(data).toMatchObject({ exit: 0, stderr: '', stdout: expect.stringMatching(/^\S+\n$/) });
    const made = await owner.run(['token', 'create', '--scope', 'read', '--app', 'shop', '--env', 'test']);
    const reader = mooring({ url: portal.url, token: made.stdout.trim() });
    expect((await reader.run(['env', 'list', 'shop'])).exit).toBe(0);
    expect((await reader.run(['pull', 'other', at('other')])).exit).toBe(2);
    expect((await reader.json<Failure>(['push', 'shop', at('shop')])).exit).toBe(4);
    expect((await mooring({ url: portal.url, token: data.stdout.trim() }).run(['env', 'list', 'shop'])).exit).toBe(4);
    const { document } = await owner.json<{ tokens: { id: string; kind: string; prefix: string }[] }>([
      'token',
      'list',
      'shop',
    ]);
    expect(document.tokens.map(({ kind }) => kind).toSorted()).toEqual(['data', 'management']);
    const mine = document.tokens.find(({ kind }) => kind === 'management')!;
    expect((await owner.run(['token', 'list', 'shop'])).stdout).toContain(mine.id);
    expect((await owner.run(['token', 'revoke', mine.id])).exit).toBe(0);
    expect((await reader.run(['env', 'list', 'shop'])).exit).toBe(4);
    expect((await owner.run(['token', 'revoke', 't_nothing'])).exit).toBe(2);
  });

  it.each([
    [['shop', 'test', '--role', 'admin']],
    [['shop', 'nowhere', '--role', 'read']],
    [['shop', 'test', '--role', 'read', '--scope', 'read']],
    [['--scope', 'everything']],
    [['--scope', 'read', '--env', 'test']],
    [['shop', 'test', '--role', 'read', '--expires', 'tomorrow']],
  ])('says 2 to token create %j', async (args) => {
    expect((await owner.json<Failure>(['token', 'create', ...args])).exit).toBe(2);
  });
});
