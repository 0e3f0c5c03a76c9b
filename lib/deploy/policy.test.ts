import { describe, expect, it } from 'vitest';
import { Secret } from '#lib/core/secret.ts';
import { isPlaceholder } from '#lib/secrets/placeholder.ts';
import type { FieldTree, Source } from '#lib/source/source.ts';
import type { TypedValue } from '#lib/variables/resolution.ts';
import { resolve } from '#lib/variables/resolve.ts';
import { owner } from '#test/support/actors.ts';
import { createAuthority } from '#test/support/certificates.ts';
import { sourceOf, valuesOf } from '#test/support/trial.ts';
import { policy } from './policy.ts';
import type { Run } from './run.ts';
import { silentLog } from './stage-log.ts';

const server: FieldTree = {
  host: { $env: 'HOST' },
  user: { $env: 'USER' },
  password: { $env: 'MAIN_PASSWORD' },
  database: 'shop',
};

const source = (body: FieldTree): Source =>
  sourceOf(
    [
      {
        id: 'e_main',
        fullName: 'databases.Main',
        type: 'databases.PgSqlType',
        title: 'Main',
        family: 'databases',
        body,
      },
    ],
    { HOST: { type: 'text', default: '127.0.0.1' }, USER: { type: 'text', default: 'shop' } },
  );

const GOOD = { HOST: '127.0.0.1', USER: 'shop', MAIN_PASSWORD: new Secret('kQ8-vv1-zzp') };

/** What the stage finds, in an unprotected and in a protected environment. */
async function judge(body: FieldTree, values: Record<string, TypedValue>) {
  const found: Record<string, string[]> = {};
  for (const isProtected of [false, true]) {
    const environment = {
      id: 'v',
      appId: 'a',
      name: 'test',
      protected: isProtected,
      position: 1,
      activeReleaseId: null,
    };
    const findings: Run['findings'] = { reasons: [], warnings: [] };
    const app = { id: 'a', name: 'shop' };
    const run: Run = {
      kind: 'plan',
      actor: owner,
      app,
      environment,
      source: source(body),
      approve: null,
      confirmTargets: false,
      findings,
      log: silentLog,
      sessions: new Set(),
    };
    const set = valuesOf(values, 'test');
    const resolution = resolve(run.source, set);
    expect(resolution.reasons).toEqual([]);
    const release = { id: 'r_1', number: null };
    await policy(run, { release, source: run.source, sound: true, values: set, resolution });
    const name = isProtected ? 'protected' : 'unprotected';
    found[name] = [
      ...findings.reasons.map(({ code, field }) => `refused ${code} ${field}`),
      ...findings.warnings.map(({ code, field }) => `warned ${code} ${field}`),
    ];
  }
  return found;
}

describe('policy', () => {
  it('finds nothing where all is well', async () => {
    expect(await judge(server, GOOD)).toEqual({ unprotected: [], protected: [] });
  });

  it('warns of a placeholder, and refuses it where it is protected', async () => {
    expect(await judge(server, { ...GOOD, MAIN_PASSWORD: new Secret('Change-Me') })).toEqual({
      unprotected: ['warned placeholder-secret password'],
      protected: ['refused placeholder-secret password'],
    });
  });

  it('refuses a literal host and user only where it is protected', async () => {
    expect(await judge({ ...server, host: '127.0.0.1', user: 'shop' }, GOOD)).toEqual({
      unprotected: [],
      protected: ['refused literal-in-protected host', 'refused literal-in-protected user'],
    });
  });

  it.each([
    ['192.0.2.7', 'require', ['warned tls-not-verified tls.mode'], ['refused tls-not-verified tls.mode']],
    ['192.0.2.7', 'disable', ['warned tls-not-verified tls.mode'], ['refused tls-not-verified tls.mode']],
    ['192.0.2.7', 'verify-full', [], []],
    ['192.0.2.7', undefined, [], []],
    ['127.0.0.1', 'disable', [], []],
  ])('TLS to %s with mode %s', async (host, mode, unprotected, isProtected) => {
    const body = mode === undefined ? server : { ...server, tls: { mode } };
    expect(await judge(body, { ...GOOD, HOST: host })).toEqual({ unprotected, protected: isProtected });
  });

  it('warns of a certificate that ends soon, everywhere', async () => {
    const { ca } = await createAuthority();
    const body = { ...server, tls: { mode: 'verify-full', ca } };
    expect(await judge(body, { ...GOOD, HOST: '192.0.2.7' })).toEqual({
      unprotected: ['warned certificate-ends-soon tls.ca'],
      protected: ['warned certificate-ends-soon tls.ca'],
    });
  });

  it('warns of a default in use, everywhere', async () => {
    expect(await judge(server, { HOST: '127.0.0.1', MAIN_PASSWORD: GOOD.MAIN_PASSWORD })).toEqual({
      unprotected: ['warned default-in-use user'],
      protected: ['warned default-in-use user'],
    });
  });
});

describe('isPlaceholder', () => {
  it.each(['changeme', 'CHANGE_ME', 'Password', '<password>', 'secret', '12345678', 'shop', '', '${DB_PASSWORD}'])(
    '%j is one',
    (text) => expect(isPlaceholder(new Secret(text), 'shop')).toBe(true),
  );
  it.each(['correct horse battery', 'password-of-the-day-77', 'p@ss/w:rd'])('%j is none', (text) =>
    expect(isPlaceholder(new Secret(text), 'shop')).toBe(false),
  );
});
