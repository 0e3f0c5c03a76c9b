import { linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Secret } from '#lib/core/secret.ts';
import type { FieldTree } from '#lib/source/source.ts';
import type { ResolvedElement } from '#lib/variables/resolution.ts';
import { resolve } from '#lib/variables/resolve.ts';
import { PASSWORD_KEY, sourceOf, valuesOf } from '#test/support/trial.ts';
import { makeTarget } from './target.ts';
import type { TargetOptions } from './target.ts';

const home = mkdtempSync(join(tmpdir(), 'mooring-target-'));
const folder = join(home, 'data/shop/development');
const storeFile = join(home, 'store.db');
const place = { app: 'shop', environment: 'development' };
const surroundings = { policy: { mode: 'local' as const, allow: [], portalPort: 3000 }, home, forbidden: [storeFile] };
afterAll(() => rmSync(home, { recursive: true }));

const PEM = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
const values = valuesOf({
  [PASSWORD_KEY]: new Secret('pw'),
  DDL_PASSWORD: new Secret('ddl-pw'),
  KEY: new Secret('key-pem'),
  CERT: PEM,
  CA: PEM,
});

function element(type: string, body: FieldTree, family: 'databases' | 'connections' = 'databases'): ResolvedElement {
  const definitions = { DDL_PASSWORD: 'secret', KEY: 'secret', CERT: 'file', CA: 'file' } as const;
  const variables = Object.fromEntries(Object.entries(definitions).map(([key, value]) => [key, { type: value }]));
  const source = sourceOf([{ id: 'e_x', fullName: `${family}.X`, type, title: 'X', family, body }], variables);
  const { elements, reasons } = resolve(source, values);
  expect(reasons).toEqual([]);
  return elements[0]!;
}

async function made(resolved: ResolvedElement, options: TargetOptions = {}) {
  const outcome = await makeTarget(resolved, place, { surroundings, ...options });
  if (!outcome.ok) throw new Error(outcome.reason.message);
  return outcome;
}

describe('a server', () => {
  const body = { host: 'db.example.com', user: 'shop', password: { $env: PASSWORD_KEY }, database: 'shop' };
  const tls = { ca: { $env: 'CA' }, cert: { $env: 'CERT' }, key: { $env: 'KEY' }, serverName: 'other.example' };
  const at = (ip: string) => ({ resolver: () => Promise.resolve([ip]) });

  test('is connected to by its checked address, and known by its name', async () => {
    const { target, pool } = await made(element('databases.PgSqlType', body), at('8.8.8.8'));
    expect(target.endpoint).toEqual({ kind: 'server', host: 'db.example.com', port: 5432, ip: '8.8.8.8' });
    expect(target).toMatchObject({ user: 'shop', database: 'shop', schema: 'public', readOnly: false });
    expect(target.options).toMatchObject({ applicationName: 'mooring', timeZone: 'UTC' });
    expect([target.connectTimeoutMs, target.statementTimeoutMs, pool.max]).toEqual([5000, 30_000, 10]);
    expect(target.password?.reveal()).toBe('pw');
    expect(JSON.stringify(target)).not.toContain('pw"');
  });

  test('a named instance goes with it, where there is one', async () => {
    const named = await made(element('databases.SqlServerType', { ...body, instance: 'SHOP' }), at('8.8.8.8'));
    expect(named.target.endpoint).toMatchObject({ ip: '8.8.8.8', port: 1433, instance: 'SHOP' });
    expect(named.target.schema).toBe('dbo');
    const plain = await made(element('databases.SqlServerType', body), at('8.8.8.8'));
    expect(plain.target.endpoint).not.toHaveProperty('instance');
  });

  test.each([
    ['8.8.8.8', 'verify-full'],
    ['10.0.0.7', 'verify-full'],
    ['127.0.0.1', 'disable'],
    ['::1', 'disable'],
    ['::ffff:127.0.0.1', 'disable'],
  ])('a TLS mode that is left out is decided by the address: %s is %s', async (ip, mode) => {
    const { target } = await made(element('databases.PgSqlType', body), at(ip));
    expect(target.tls.mode).toBe(mode);
  });

  test.each([
    ['disable', { ca: false, cert: false, key: false, serverName: false }],
    ['require', { ca: false, cert: true, key: true, serverName: false }],
    ['verify-ca', { ca: true, cert: true, key: true, serverName: false }],
    ['verify-full', { ca: true, cert: true, key: true, serverName: true }],
  ])('%s uses its own leaves only', async (mode, used) => {
    const { target } = await made(element('databases.MySQLType', { ...body, tls: { mode, ...tls } }), at('8.8.8.8'));
    const { ca, cert, key, serverName } = target.tls;
    const there = { ca: ca !== null, cert: cert !== null, key: key !== null, serverName: serverName !== null };
    expect(there).toEqual(used);
  });

  test('leaves of a mode that the address decided stay behind too', async () => {
    const { target } = await made(element('databases.PgSqlType', { ...body, tls }), at('127.0.0.1'));
    expect(target.tls).toEqual({
      mode: 'disable',
      ca: null,
      cert: null,
      key: null,
      keyPassphrase: null,
      serverName: null,
    });
  });

  test('migrations use the second login where there is one', async () => {
    const ddl = { ...body, ddlUser: 'owner', ddlPassword: { $env: 'DDL_PASSWORD' } };
    const both = element('databases.PgSqlType', ddl);
    const { target } = await made(both, { login: 'ddl', ...at('8.8.8.8') });
    expect([target.user, target.password?.reveal()]).toEqual(['owner', 'ddl-pw']);
    expect((await made(both, at('8.8.8.8'))).target.user).toBe('shop');
    const without = await made(element('databases.PgSqlType', body), { login: 'ddl', ...at('8.8.8.8') });
    expect(without.target.user).toBe('shop');
  });

  test('a connection has no database: the engine’s maintenance one is meant', async () => {
    const { database: _database, ...shared } = body;
    const resolved = element('connections.PgSqlType', shared, 'connections');
    expect((await made(resolved, at('8.8.8.8'))).target).toMatchObject({ database: null, schema: null });
  });
});

describe('a file', () => {
  beforeAll(() => {
    mkdirSync(join(folder, 'sub'), { recursive: true });
    mkdirSync(join(home, 'data/shop/production'), { recursive: true });
    for (const path of [storeFile, join(folder, 'main.db'), join(home, 'data/shop/production/main.db')]) {
      writeFileSync(path, '');
    }
    symlinkSync('../production/main.db', join(folder, 'link.db'));
    symlinkSync('../production', join(folder, 'away'));
    symlinkSync('../production/not-yet.db', join(folder, 'dangling.db'));
    symlinkSync('main.db', join(folder, 'inside.db'));
    linkSync(storeFile, join(folder, 'hard.db'));
    linkSync(join(home, 'data/shop/production/main.db'), join(folder, 'twin.db'));
  });
  const file = (path: string) => element('databases.SqliteType', { file: path });

  test.each([
    ['main.db', true],
    ['inside.db', true],
    ['new.db', false],
    ['sub/new.db', false],
    ['not/yet/there.db', false],
  ])('%s lies in the folder of its environment', async (path, exists) => {
    const outcome = await made(file(path));
    expect(outcome.exists).toBe(exists);
    const real = path === 'inside.db' ? 'main.db' : path;
    expect(outcome.target.endpoint).toEqual({ kind: 'file', path: join(folder, real), create: false });
    expect((await made(file(path), { create: true })).target.endpoint).toMatchObject({ create: true });
  });

  test.each([
    ['a link to another environment', 'link.db'],
    ['a folder that is a link', 'away/main.db'],
    ['a link to what is not there yet', 'dangling.db'],
    ['another name of the store', 'hard.db'],
    ['another name of another file', 'twin.db'],
    ['a folder', 'sub'],
  ])('%s is refused', async (_what, path) => {
    const outcome = await makeTarget(file(path), place, { surroundings });
    expect(outcome).toMatchObject({ ok: false, stage: 'address', reason: { field: 'file', code: 'file-not-allowed' } });
  });

  test.each([
    '../production/main.db',
    '/etc/passwd',
    'sub/../../x.db',
    'a\0b',
    '',
    './main.db/..',
    'sub//x.db',
    '..\\x.db',
  ])('%j is refused even where the form let it through', async (path) => {
    const resolved = file('main.db');
    const fields = { ...resolved.fields, file: { value: path, origin: { from: 'literal' as const } } };
    const outcome = await makeTarget({ ...resolved, fields }, place, { surroundings });
    expect(outcome).toMatchObject({ ok: false, reason: { code: 'file-not-allowed' } });
  });

  test('the store is refused where it lies in that very folder', async () => {
    const forbidden = [join(folder, 'main.db')];
    const outcome = await makeTarget(file('main.db'), place, { surroundings: { ...surroundings, forbidden } });
    expect(outcome).toMatchObject({ ok: false, reason: { code: 'file-not-allowed' } });
  });
});
