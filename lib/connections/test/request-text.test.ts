import { describe, expect, test } from 'vitest';
import { CONNECT_CAUSES } from '#elements/database/connect-causes.ts';
import { Secret } from '#lib/core/secret.ts';
import type { TestStage } from '#lib/http/api.ts';
import type { ResolvedElement } from '#lib/variables/resolution.ts';
import { requestText } from './request-text.ts';
import type { Tested } from './request-text.ts';
import { MISSING_RIGHTS, TEST_WARNINGS } from './test-causes.ts';

const CANARY = 'canary-91c7';
const VALUES = {
  host: 'db.example.com',
  port: 5432,
  user: 'shop',
  database: 'orders',
  schema: 'sales',
  ddlUser: 'shop_owner',
  password: new Secret(CANARY),
  ddlPassword: new Secret(CANARY),
  'tls.key': new Secret(CANARY),
  'tls.keyPassphrase': new Secret(CANARY),
};

const resolved: ResolvedElement = {
  element: 'databases.Main',
  elementId: 'e_main',
  engine: 'postgresql',
  connection: null,
  fields: Object.fromEntries(
    Object.entries(VALUES).map(([name, value]) => [name, { value, origin: { from: 'literal' as const } }]),
  ),
  uses: [],
};

const passed = (...names: TestStage['stage'][]): TestStage[] =>
  names.map((stage) => ({ stage, state: 'ok', ms: 1, message: 'Fine.' }));

const tested = (stages: TestStage[], more: Partial<Tested> = {}): Tested => ({
  place: { app: 'shop', environment: 'production' },
  resolved,
  ip: '10.0.0.7',
  tlsMode: 'verify-full',
  needs: { read: true, write: true, ddl: false },
  stages,
  facts: { from: '10.1.2.3' },
  at: new Date('2026-11-28T15:40:59Z'),
  ...more,
});

test('says what was tried, from where, what was found and what is asked for', () => {
  const refused: TestStage = {
    stage: 'login',
    state: 'failed',
    ms: 3,
    code: 'account-locked',
    message: 'The account of shop is locked, or may not sign in.',
    field: 'user',
  };
  expect(requestText(tested([...passed('dns', 'tcp', 'tls'), refused]))).toMatchInlineSnapshot(`
    "The application shop (environment production) can not use its PostgreSQL database as it should.

    What was tried
      When:     2026-11-28 15:40 UTC
      From:     10.1.2.3 (behind address translation, the server sees another)
      To:       db.example.com (10.0.0.7), port 5432
      User:     shop
      Database: orders
      Schema:   sales
      TLS:      verify-full
      Rights:   read, write

    What was found
      Passed: name look-up, TCP, TLS.
      login: The account of shop is locked, or may not sign in. [account-locked]

    What I ask you for
      1. Unlock the account of shop, and tell me why it was locked.
    "
  `);
});

test('nothing is asked for where all is well, or where only the element is wrong', () => {
  expect(requestText(tested(passed('dns', 'tcp', 'login')))).toBe(null);
  for (const code of ['bad-ca', 'bad-client-key', 'missing-file', 'not-encrypted', 'secret-target']) {
    expect(requestText(tested([{ stage: 'tls', state: 'failed', ms: 1, message: 'Wrong.', code }]))).toBe(null);
  }
});

test('the firewall is opened for the address that the server sees, where that is known', () => {
  const filtered: TestStage = { stage: 'tcp', state: 'failed', ms: 1, message: 'Silent.', code: 'filtered' };
  const asks = (facts: Tested['facts']) => requestText(tested([filtered], { facts }))!;
  expect(asks({ from: '10.1.2.3' })).toContain('TCP connections from 10.1.2.3 to db.example.com, port 5432');
  const seen = asks({ from: '10.1.2.3', seenFrom: '192.0.2.9' });
  expect(seen).toContain('TCP connections from 192.0.2.9 to');
  expect(seen).toContain('From:     10.1.2.3, seen by the server as 192.0.2.9');
  expect(asks({})).toContain('from the machine of the portal');
});

test('of a migration login the second user is meant', () => {
  const refused: TestStage = {
    stage: 'ddl',
    state: 'failed',
    ms: 1,
    message: 'No.',
    code: 'no-ddl-right',
    field: 'ddlUser',
  };
  expect(requestText(tested([refused]))).toContain(
    'Grant shop_owner the right to create, alter and drop tables in schema sales of database orders.',
  );
});

const ALL = Object.entries({ ...CONNECT_CAUSES, ...MISSING_RIGHTS, ...TEST_WARNINGS });

describe.each(ALL)('%s', (code, row: { stage: TestStage['stage']; found: string; next: string; ask?: string }) => {
  test('leaves no word unfilled and holds no secret', () => {
    const stage: TestStage = { stage: row.stage, state: 'failed', ms: 1, message: 'As found.', code };
    const text = requestText(tested([stage]));
    expect(text === null).toBe(row.ask === undefined);
    expect(text ?? '').not.toMatch(/[{}]|undefined|null/);
    expect(text ?? '').not.toContain(CANARY);
  });
});
