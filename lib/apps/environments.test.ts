import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Fault } from '#lib/core/errors.ts';
import { store } from '#lib/store/store.ts';
import { defineVariable } from '#lib/variables/define-variable.ts';
import { setValues } from '#lib/variables/set-values.ts';
import { developer, owner, viewer } from '#test/support/actors.ts';
import { ownStore } from '#test/support/store.ts';
import { changeApp } from './change-app.ts';
import { changeEnvironment } from './change-environment.ts';
import { createApp } from './create-app.ts';
import { createEnvironment } from './create-environment.ts';
import { deleteApp } from './delete-app.ts';
import { deleteEnvironment } from './delete-environment.ts';
import { listApps } from './list-apps.ts';
import { listEnvironments } from './list-environments.ts';

const own = ownStore();
beforeAll(own.ready);
afterAll(own.remove);
const app = 'shop';
beforeEach(async () => {
  await store().app.deleteMany();
  await createApp(owner, { name: app, title: 'Shop' });
});

const fault = async (work: Promise<unknown>): Promise<Fault> =>
  work.then(
    () => Promise.reject(new Error('expected a refusal')),
    (error: Fault) => error,
  );
const names = async () => (await listEnvironments(viewer, { app })).environments.map((each) => each.name);
/** A database file of an environment, as a deploy would make it. */
const makeFile = (environment: string) => {
  mkdirSync(join(own.home, 'data', app, environment), { recursive: true });
  writeFileSync(join(own.home, 'data', app, environment, 'main.db'), environment);
};

it('begins with development, adds others behind it, and orders them', async () => {
  await createEnvironment(developer, { app, name: 'test' });
  await createEnvironment(owner, { app, name: 'production', protected: true });
  expect(await names()).toEqual(['development', 'test', 'production']);
  await changeEnvironment(owner, { app, env: 'production', position: 0 });
  expect(await names()).toEqual(['production', 'development', 'test']);
  expect(await fault(createEnvironment(developer, { app, name: 'test' }))).toMatchObject({ code: 'exists' });
});

it('lets owners alone set and clear protected', async () => {
  const work = createEnvironment(developer, { app, name: 'live', protected: true });
  expect(await fault(work)).toMatchObject({ code: 'no-right' });
  await createEnvironment(developer, { app, name: 'live' });
  expect(await fault(changeEnvironment(developer, { app, env: 'live', protected: true }))).toMatchObject({
    code: 'no-right',
  });
  expect(await changeEnvironment(owner, { app, env: 'live', protected: true })).toMatchObject({ protected: true });
  expect(await fault(changeEnvironment(developer, { app, env: 'live', name: 'other' }))).toMatchObject({
    code: 'no-right',
  });
  expect(await fault(deleteEnvironment(developer, { app, env: 'live', confirm: 'live' }))).toMatchObject({
    code: 'no-right',
  });
});

it('renames an environment with its values and files, but not development', async () => {
  await createEnvironment(developer, { app, name: 'test' });
  await defineVariable(developer, { app, key: 'NAME', definition: { type: 'text' } });
  await setValues(developer, { app, env: 'test', values: { NAME: 'kept' } });
  makeFile('test');
  await changeEnvironment(developer, { app, env: 'test', name: 'staging' });
  expect(await names()).toEqual(['development', 'staging']);
  expect(readFileSync(join(own.home, 'data', app, 'staging', 'main.db'), 'utf8')).toBe('test');
  expect(await store().value.count()).toBe(1);
  expect(await fault(changeEnvironment(developer, { app, env: 'development', name: 'x' }))).toMatchObject({
    code: 'wrong-input',
  });
});

it('deletes an environment after its name was typed, and moves its files to the trash', async () => {
  await createEnvironment(developer, { app, name: 'test' });
  makeFile('test');
  expect(await fault(deleteEnvironment(developer, { app, env: 'test' }))).toMatchObject({
    code: 'confirmation-needed',
  });
  const { trash } = await deleteEnvironment(developer, { app, env: 'test', confirm: 'test' });
  expect(readFileSync(join(own.home, trash ?? '', 'main.db'), 'utf8')).toBe('test');
  expect(existsSync(join(own.home, 'data', app, 'test'))).toBe(false);
  expect(await fault(deleteEnvironment(owner, { app, env: 'development', confirm: 'development' }))).toMatchObject({
    code: 'wrong-input',
  });
});

it('keeps an environment while a deploy runs there', async () => {
  await createEnvironment(developer, { app, name: 'test' });
  const leaseUntil = new Date(Date.now() + 60_000);
  await store().environment.updateMany({ where: { name: 'test' }, data: { leaseOwner: 'p', leaseUntil } });
  const work = deleteEnvironment(developer, { app, env: 'test', confirm: 'test' });
  expect(await fault(work)).toMatchObject({ code: 'in-use' });
  expect(await fault(deleteApp(owner, { app, confirm: app }))).toMatchObject({ code: 'in-use' });
});

it('lists apps with what they hold, to a narrowed token only its own', async () => {
  await createApp(owner, { name: 'other' });
  makeFile('development');
  const { apps } = await listApps(viewer);
  expect(apps.map((each) => [each.name, each.title, each.environments.map((env) => env.name)])).toEqual([
    ['other', 'other', ['development']],
    ['shop', 'Shop', ['development']],
  ]);
  const narrowed = { ...viewer, scope: 'read' as const, tokenId: 't', onlyApp: 'other' };
  expect((await listApps(narrowed)).apps.map((each) => each.name)).toEqual(['other']);
  const { trash } = await deleteApp(owner, { app, confirm: app });
  expect(readFileSync(join(own.home, trash ?? '', 'development', 'main.db'), 'utf8')).toBe('development');
});

it('changes title and default database', async () => {
  expect(await changeApp(developer, { app, title: 'New' })).toMatchObject({ title: 'New' });
  expect(await fault(changeApp(developer, { app, defaultDatabase: 'databases.Gone' }))).toMatchObject({
    code: 'refused',
    reasons: [{ field: 'defaultDatabase' }],
  });
});
