import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '#lib/apps/create-app.ts';
import { createEnvironment } from '#lib/apps/create-environment.ts';
import type { Fault } from '#lib/core/errors.ts';
import { readSource } from '#lib/source/read-source.ts';
import { store } from '#lib/store/store.ts';
import { createElement } from '#lib/tree/create-element.ts';
import { deleteElement } from '#lib/tree/delete-element.ts';
import { developer, owner, viewer } from '#test/support/actors.ts';
import { createAuthority } from '#test/support/certificates.ts';
import { ownStore } from '#test/support/store.ts';
import { seedRelease } from '#test/support/seed-app.ts';
import { defineVariable } from './define-variable.ts';
import { deleteVariable } from './delete-variable.ts';
import { listVariables } from './list-variables.ts';
import { setValues } from './set-values.ts';
import { unsetValue } from './unset-value.ts';

const own = ownStore();
beforeAll(own.ready);
afterAll(own.remove);
const app = 'shop';
beforeEach(async () => {
  await store().app.deleteMany();
  await createApp(owner, { name: app });
  await createEnvironment(owner, { app, name: 'test' });
  await createEnvironment(owner, { app, name: 'production', protected: true });
});

const fault = async (work: Promise<unknown>): Promise<Fault> =>
  work.then(
    () => Promise.reject(new Error('expected a refusal')),
    (error: Fault) => error,
  );
const define = (key: string, definition: Parameters<typeof defineVariable>[1]['definition'], more = {}) =>
  defineVariable(developer, { app, key, definition, ...more });
const set = (env: string, values: Record<string, string>) => setValues(developer, { app, env, values });
const cells = async (key: string) =>
  (await listVariables(viewer, { app })).variables.find((row) => row.key === key)?.cells ?? {};
const states = async (key: string) => Object.values(await cells(key)).map((cell) => cell.state);

describe('the grid', () => {
  it('shows what is set, default, missing and unset in each environment', async () => {
    await define('PORT', { type: 'number', default: 5432 }, { development: 1 });
    expect(await states('PORT')).toEqual(['set', 'default', 'default']);
    expect((await cells('PORT')).development).toMatchObject({ value: 1, setAt: expect.any(String) });
    await define('PORT', { type: 'number', default: 5432, required: true });
    expect(await states('PORT')).toEqual(['set', 'missing', 'missing']);
    await define('FREE', { type: 'text' });
    expect(await states('FREE')).toEqual(['unset', 'unset', 'unset']);
    await createElement(developer, {
      app,
      fullName: 'databases.Main',
      type: 'databases.SqliteType',
      body: { file: { $env: 'FREE' } },
    });
    expect(await states('FREE')).toEqual(['missing', 'missing', 'missing']);
    const { variables } = await listVariables(viewer, { app });
    expect(variables.map((row) => [row.key, row.usedBy])).toEqual([
      ['FREE', [{ fullName: 'databases.Main', field: 'file' }]],
      ['PORT', []],
    ]);
  });
});

describe('rule 3.4: values are typed when they are set', () => {
  it('refuses what does not fit, all of it at once, and sets nothing', async () => {
    await define('PORT', { type: 'number' });
    await define('FLAG', { type: 'boolean' });
    await define('NAME', { type: 'text' });
    const refusal = await fault(set('test', { PORT: 'abc', FLAG: 'yes', NAME: 'n', NONE: 'x' }));
    expect(refusal.code).toBe('wrong-input');
    expect(refusal.reasons.map((reason) => [reason.variable, reason.code])).toEqual([
      ['PORT', 'wrong-value'],
      ['FLAG', 'wrong-value'],
      ['NONE', 'undefined-variable'],
    ]);
    expect(await store().value.count()).toBe(0);
    await set('test', { PORT: '5432', FLAG: 'false', NAME: '' });
    expect((await cells('NAME')).test).toMatchObject({ state: 'set', value: '' });
    expect((await cells('FLAG')).test).toMatchObject({ state: 'set', value: false });
  });

  it('refuses what the field would not take', async () => {
    await define('FILE', { type: 'text' });
    const body = { file: { $env: 'FILE' } };
    await createElement(developer, { app, fullName: 'databases.Main', type: 'databases.SqliteType', body });
    expect(await fault(set('test', { FILE: '../other.db' }))).toMatchObject({
      code: 'wrong-input',
      reasons: [{ element: 'databases.Main', field: 'file', variable: 'FILE' }],
    });
  });

  it('keeps PEM as it is and makes PEM of DER', async () => {
    const { ca: pem } = await createAuthority();
    const der = pem.replace(/-----[A-Z ]+-----|\s/g, '');
    await define('CA', { type: 'file' });
    await set('test', { CA: pem });
    expect((await cells('CA')).test?.value).toBe(pem);
    await set('test', { CA: der });
    expect(String((await cells('CA')).test?.value).replace(/\s/g, '')).toBe(pem.replace(/\s/g, ''));
    expect(await fault(set('test', { CA: 'not a certificate' }))).toMatchObject({ code: 'wrong-input' });
  });
});

describe('secrets', () => {
  it('are never given back, sealed in the store, and set by whom and when is shown', async () => {
    await define('PW', { type: 'secret' });
    await set('test', { PW: 'opensesame {{x}} $1 \\' });
    const answer = JSON.stringify(await listVariables(owner, { app }));
    expect(answer).not.toContain('opensesame');
    const [row] = await store().value.findMany();
    expect(row).toMatchObject({ secret: true, version: 1 });
    expect(row?.sealed).not.toContain('opensesame');
    expect(JSON.stringify(await store().audit.findMany({ where: { action: 'value.set' } }))).not.toContain(
      'opensesame',
    );
  });

  it('have no default, and stay where an owner put them', async () => {
    expect(await fault(define('PW', { type: 'secret', default: 'x' }))).toMatchObject({ code: 'wrong-input' });
    expect(await fault(define('pw', { type: 'secret' }))).toMatchObject({ code: 'wrong-input' });
    await define('PW', { type: 'secret' });
    expect(await fault(set('production', { PW: 'x' }))).toMatchObject({ code: 'no-right' });
    await setValues(owner, { app, env: 'production', values: { PW: 'x' } });
    const work = define('PW', { type: 'text' }, { clearValues: true });
    expect(await fault(work)).toMatchObject({ code: 'no-right' });
    const asOwner = { app, key: 'PW', definition: { type: 'text' as const } };
    expect(await fault(defineVariable(owner, asOwner))).toMatchObject({ code: 'confirmation-needed' });
    await defineVariable(owner, { ...asOwner, clearValues: true });
    expect(await store().value.count()).toBe(0);
  });

  it('are kept while an active release uses them', async () => {
    await define('PW', { type: 'secret' });
    await createElement(developer, {
      app,
      fullName: 'connections.P',
      type: 'connections.PgSqlType',
      body: { host: 'h', user: 'u', password: { $env: 'PW' } },
    });
    await set('test', { PW: 'x' });
    const row = await store().app.findUniqueOrThrow({ where: { name: app } });
    const environment = await store().environment.findFirstOrThrow({ where: { name: 'test' } });
    await seedRelease(row.id, await readSource(row), [environment.id]);
    expect(await fault(deleteVariable(developer, { app, key: 'PW' }))).toMatchObject({
      code: 'in-use',
      reasons: [{ element: 'connections.P', field: 'password' }],
    });
    await deleteElement(developer, { app, fullName: 'connections.P', revision: 1 });
    expect(await fault(deleteVariable(developer, { app, key: 'PW', clearValues: true }))).toMatchObject({
      code: 'in-use',
      reasons: [{ variable: 'PW', environment: 'test', code: 'used-by-release' }],
    });
    expect(await store().value.count()).toBe(1);
    await store().environment.updateMany({ data: { activeReleaseId: null } });
    await deleteVariable(developer, { app, key: 'PW', clearValues: true });
    expect(await store().value.count()).toBe(0);
  });
});

it('unsets a value after a confirmation', async () => {
  await define('NAME', { type: 'text' }, { development: 'x' });
  const input = { app, env: 'development', key: 'NAME' };
  expect(await fault(unsetValue(developer, input))).toMatchObject({ code: 'confirmation-needed' });
  await unsetValue(developer, { ...input, confirm: true });
  expect(await states('NAME')).toEqual(['unset', 'unset', 'unset']);
  expect(await fault(unsetValue(developer, { ...input, confirm: true }))).toMatchObject({ code: 'not-found' });
});

it('refuses a type that does not fit the fields in use', async () => {
  await define('HOST', { type: 'text' });
  await define('PW', { type: 'secret' });
  await createElement(developer, {
    app,
    fullName: 'connections.P',
    type: 'connections.PgSqlType',
    body: { host: { $env: 'HOST' }, user: 'u', password: { $env: 'PW' } },
  });
  expect(await fault(define('HOST', { type: 'number' }))).toMatchObject({
    code: 'refused',
    reasons: [{ element: 'connections.P', field: 'host', code: 'wrong-variable-type' }],
  });
});
