import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Role } from '#lib/access/actor.ts';
import type { CertificateCheck } from '#elements/database/check-certificates.ts';
import { Secret } from '#lib/core/secret.ts';
import type { Problem, TestStage } from '#lib/http/api.ts';
import type { FieldTree } from '#lib/source/source.ts';
import { newId } from '#lib/store/new-id.ts';
import { store } from '#lib/store/store.ts';
import { api, people } from '#test/support/api.ts';
import { createCertificates } from '#test/support/certificates.ts';
import { seedApp } from '#test/support/seed-app.ts';
import { ownStore } from '#test/support/store.ts';
import { sourceOf } from '#test/support/trial.ts';
import { certificatesNearEnd } from './certificates-near-end.ts';

type Certificates = Awaited<ReturnType<typeof createCertificates>>;

const own = ownStore();
let tokens: Record<Role, string>;
let made: Certificates;
let client: { cert: string; key: string };

beforeAll(async () => {
  await own.ready();
  tokens = await people();
  made = await createCertificates();
  client = await made.client('app');
});
afterAll(() => own.remove());

const server: FieldTree = { host: 'localhost', user: 'shop', password: { $env: 'MAIN_PASSWORD' }, database: 'shop' };
const TYPE = 'databases.PgSqlType';

/** `databases.Main` with a CA from a variable, and a stored client key. */
beforeEach(async () => {
  // limits have a test of their own
  delete (globalThis as unknown as Record<symbol, unknown>)[Symbol.for('mooring.test-limits')];
  await store().app.deleteMany();
  const main = {
    id: 'e_main',
    fullName: 'databases.Main',
    type: TYPE,
    title: 'Main',
    family: 'databases' as const,
    body: { ...server, tls: { mode: 'verify-full', ca: { $env: 'CA' } } },
  };
  const source = sourceOf([main], { CA: { type: 'file' }, KEY: { type: 'secret' } });
  const values = { MAIN_PASSWORD: new Secret('kQ8-vv1-zzp'), KEY: new Secret(client.key) };
  await seedApp(source, {
    development: { values: { ...values, CA: made.otherCa } },
    production: { protected: true, values },
  });
});

const check = (tls: FieldTree, more: { secrets?: Record<string, string>; env?: string; role?: Role } = {}) =>
  api<CertificateCheck & Problem>('POST', `/apps/shop/environments/${more.env ?? 'development'}/certificates`, {
    token: tokens[more.role ?? 'developer'],
    // half filled in, as a form is
    body: { type: TYPE, body: { tls }, ...(more.secrets ? { secrets: more.secrets } : {}) },
  });
const codes = ({ body }: { body: CertificateCheck }) =>
  body.findings.filter(({ state }) => state === 'failed').map(({ field, code }) => `${field} ${code}`);
const audited = () => store().audit.count({ where: { action: 'certificate.check' } });

describe('what is on the screen', () => {
  test('is read with the values of the environment, and a typed key never comes back', async () => {
    const stranger = await made.client('stranger');
    const answer = await check({ ca: { $env: 'CA' }, cert: client.cert }, { secrets: { 'tls.key': stranger.key } });
    expect(answer.body.certificates['tls.ca']).toMatchObject([{ subject: 'CN=Another CA' }]);
    expect(codes(answer)).toEqual(['tls.key key-does-not-fit']);
    expect(JSON.stringify(answer.body)).not.toContain('PRIVATE KEY');
    expect(await audited()).toBe(0);
  });

  test('takes a stored key into account, audited, for who may use it there', async () => {
    const stranger = await made.client('stranger');
    const tls = { cert: stranger.cert, key: { $env: 'KEY' } };
    expect(codes(await check(tls))).toEqual(['tls.key key-does-not-fit']);
    expect(await audited()).toBe(1);
    expect(codes(await check(tls, { env: 'production' }))).toEqual([]);
    expect(await audited()).toBe(1);
    expect(codes(await check(tls, { env: 'production', role: 'owner' }))).toEqual(['tls.key key-does-not-fit']);
  });

  test('is nothing for a viewer', async () => {
    expect((await check({ ca: made.ca }, { role: 'viewer' })).status).toBe(403);
  });
});

describe('a save', () => {
  const save = (tls: FieldTree, secrets: Record<string, { key: string; text: string }> = {}) =>
    api<Problem>('PUT', '/apps/shop/elements/databases.Main', {
      token: tokens.developer,
      body: { revision: 1, body: { ...server, tls }, secrets },
    });

  test('is refused for a key that does not fit, and keeps one that does as a secret', async () => {
    const stranger = await made.client('stranger');
    const { status, body } = await save({ cert: client.cert }, { 'tls.key': { key: 'MAIN_KEY', text: stranger.key } });
    expect(status).toBe(400);
    expect(body.reasons).toMatchObject([{ element: 'databases.Main', field: 'tls.key', code: 'key-does-not-fit' }]);
    const saved = await save({ cert: client.cert }, { 'tls.key': { key: 'MAIN_KEY', text: client.key } });
    expect(saved.status).toBe(200);
    expect(JSON.stringify(saved.body)).not.toContain('PRIVATE KEY');
    expect(await store().value.count({ where: { key: 'MAIN_KEY', secret: true } })).toBe(1);
  });

  test('is refused for what is no certificate, at creation too', async () => {
    const ca = '-----BEGIN CERTIFICATE-----\nrubbish\n-----END CERTIFICATE-----';
    expect((await save({ ca })).body.reasons).toMatchObject([{ field: 'tls.ca', code: 'not-a-certificate' }]);
    const created = await api<Problem>('POST', '/apps/shop/elements', {
      token: tokens.developer,
      body: { fullName: 'databases.Second', type: TYPE, body: { ...server, tls: { ca } } },
    });
    expect(created.body.reasons).toMatchObject([{ field: 'tls.ca', code: 'not-a-certificate' }]);
  });
});

describe('near the end', () => {
  const app = () => store().app.findUniqueOrThrow({ where: { name: 'shop' } });

  test('are those of saved elements in each environment, and those that servers showed', async () => {
    const production = await store().environment.findFirstOrThrow({ where: { name: 'production' } });
    const stage: TestStage = { stage: 'tls', state: 'ok', ms: 1, message: '', certificate: facts(12) };
    const kept = { state: 'ok', result: JSON.stringify([stage]), ms: 1, at: new Date() };
    await store().testResult.create({
      data: { id: newId('t'), environmentId: production.id, elementId: 'e_main', ...kept },
    });
    expect(await certificatesNearEnd(await app())).toEqual([
      {
        environment: 'development',
        element: 'databases.Main',
        field: 'tls.ca',
        message: 'Another CA ends in 29 days.',
      },
      {
        environment: 'production',
        element: 'databases.Main',
        field: 'tls.mode',
        message: 'The certificate of the server (CN=db) ends in 12 days.',
      },
    ]);
    expect(await certificatesNearEnd(await app(), Date.now() - 60 * DAY_MS)).toMatchObject([
      { field: 'tls.ca', message: expect.stringContaining('not valid before') },
    ]);
  });

  test('are told by the doctor', async () => {
    const { body } = await api<{ checks: { name: string; state: string; message: string }[] }>('GET', '/doctor', {
      token: tokens.viewer,
    });
    expect(body.checks.find(({ name }) => name === 'certificates')).toMatchObject({
      state: 'warning',
      message: 'Another CA ends in 29 days. (databases.Main of shop, development)',
    });
  });
});

const DAY_MS = 86_400_000;

const facts = (days: number) => ({
  subject: 'CN=db',
  issuer: 'CN=Test CA',
  names: ['db'],
  validTo: new Date(Date.now() + (days + 0.5) * DAY_MS).toISOString(),
  daysLeft: days,
  fingerprint: 'AA',
});
