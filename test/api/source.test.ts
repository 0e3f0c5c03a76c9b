import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  AppOverview,
  ElementDetail,
  Problem,
  PushResult,
  SourceBundle,
  VariableMatrix,
  VariableRow,
} from '#lib/http/api.ts';
import { api, people } from '#test/support/api.ts';
import { ownStore } from '#test/support/store.ts';

const own = ownStore();
let token: string;
let viewer: string;
beforeAll(async () => {
  await own.ready();
  ({ developer: token, viewer } = await people());
});
afterAll(own.remove);

const ask = <T>(method: string, path: string, body?: unknown) =>
  api<T>(method, `/apps${path}`, { token, ...(body === undefined ? {} : { body }) });

describe('the main job up to the deploy, over the API', () => {
  it('makes an app, an element with a typed password and its connection, and a model', async () => {
    expect(await ask('POST', '', { name: 'shop', title: 'Shop' })).toMatchObject({ status: 201 });
    const made = await ask<{ elements: ElementDetail[] }>('POST', '/shop/elements', {
      fullName: 'databases.Main',
      type: 'databases.PgSqlType',
      body: { host: { $env: 'HOST' }, user: 'shop', database: 'shop' },
      secrets: { password: { key: 'MAIN_PASSWORD', text: 'canary-in-a-mine' } },
      makeConnection: { fullName: 'connections.Primary' },
    });
    expect(made.status).toBe(201);
    expect(made.body.elements.map((each) => each.fullName)).toEqual(['databases.Main', 'connections.Primary']);
    const model = await ask('POST', '/shop/elements', {
      fullName: 'models.Customer',
      type: 'models.NormalType',
      body: { table: 'customer', fields: [{ id: 'f_id', name: 'id', type: 'integer', primaryKey: true }] },
    });
    expect(model.status).toBe(201);
    const { body } = await ask<AppOverview>('GET', '/shop');
    expect(body.elements.map((each) => [each.fullName, each.on])).toEqual([
      ['connections.Primary', null],
      ['databases.Main', 'connections.Primary'],
      ['models.Customer', 'databases.Main'],
    ]);
  });

  it('defines the variable that was used before it was, with its value in development', async () => {
    const { body } = await ask<VariableRow>('PUT', '/shop/variables/HOST', {
      definition: { type: 'text', name: 'Host', required: true },
      development: 'db.internal',
    });
    expect(body.cells.development).toMatchObject({ state: 'set', value: 'db.internal' });
    const detail = await ask<ElementDetail>('GET', '/shop/elements/databases.Main');
    expect(detail.body.origins.development?.host).toMatchObject({
      origin: { from: 'value', variable: 'HOST' },
      display: 'db.internal',
      setBy: 'developer@example.org',
    });
  });

  it('sets and unsets values of another environment', async () => {
    expect((await ask('POST', '/shop/environments', { name: 'test' })).status).toBe(201);
    const values = { HOST: 'db.test', MAIN_PASSWORD: 'canary-in-a-mine' };
    expect(await ask('PUT', '/shop/environments/test/values', { values })).toMatchObject({
      status: 200,
      body: { set: ['HOST', 'MAIN_PASSWORD'] },
    });
    expect(await ask('DELETE', '/shop/environments/test/values/HOST')).toMatchObject({ status: 422 });
    expect(await ask('DELETE', '/shop/environments/test/values/HOST?confirm=true')).toMatchObject({ status: 204 });
    const { body } = await ask<VariableMatrix>('GET', '/shop/variables');
    expect(body.variables.map((row) => [row.key, row.cells.test?.state])).toEqual([
      ['HOST', 'missing'],
      ['MAIN_PASSWORD', 'set'],
    ]);
  });

  it('renames, saves, duplicates, tells history and deletes', async () => {
    const at = '/shop/elements/models.Customer';
    expect(await ask('POST', `${at}/move`, { revision: 1, to: 'models.Client' })).toMatchObject({ status: 200 });
    const client = '/shop/elements/models.Client';
    const body = { table: 'client', fields: [{ id: 'f_id', name: 'id', type: 'bigint', primaryKey: true }] };
    expect(await ask('PUT', client, { revision: 1, body })).toMatchObject({ status: 409 });
    expect(await ask('PUT', client, { revision: 2, body })).toMatchObject({ status: 200, body: { revision: 3 } });
    expect(await ask('POST', `${client}/duplicate`, { to: 'models.crm.Copy' })).toMatchObject({ status: 201 });
    expect(await ask('POST', '/shop/folders/move', { from: 'models.crm', to: 'models.old' })).toMatchObject({
      status: 200,
      body: { elements: [{ fullName: 'models.old.Copy' }] },
    });
    const history = await ask<{ revisions: { change: string }[] }>('GET', `${client}/history`);
    expect(history.body.revisions.map((row) => row.change)).toEqual(['save', 'move', 'create']);
    const used = await ask<Problem>('DELETE', '/shop/elements/databases.Main?revision=1');
    expect(used).toMatchObject({ status: 409, body: { code: 'in-use', reasons: [{ element: 'models.Client' }, {}] } });
    expect(await ask('DELETE', '/shop/elements/models.old.Copy?revision=2')).toMatchObject({ status: 204 });
  });

  it('pulls, plans a push, and pushes; no secret ever leaves', async () => {
    const { body: bundle } = await ask<SourceBundle>('GET', '/shop/source');
    const path = 'models/Client/Client.json';
    const files = { ...bundle.files, [path]: (bundle.files[path] ?? '').replace('"client"', '"clients"') };
    const dry = await ask<PushResult>('POST', '/shop/source', { files, base: bundle.base, dryRun: true });
    expect(dry).toMatchObject({ status: 200, body: { dryRun: true, changed: ['models.Client'], unchanged: 6 } });
    expect(await ask<PushResult>('POST', '/shop/source', { files, base: bundle.base })).toMatchObject({ status: 200 });
    expect(await ask('POST', '/shop/source', { files: bundle.files, base: bundle.base })).toMatchObject({
      status: 409,
    });
    const everything = await Promise.all(
      ['', '/shop', '/shop/source', '/shop/variables', '/shop/elements/connections.Primary', '/shop/environments'].map(
        (each) => ask('GET', each),
      ),
    );
    expect(JSON.stringify(everything)).not.toContain('canary-in-a-mine');
  });

  it('lets a viewer read, and change nothing', async () => {
    expect((await api('GET', '/apps/shop/source', { token: viewer })).status).toBe(200);
    expect((await api('GET', '/schemas/databases.PgSqlType.json', { token: viewer })).status).toBe(200);
    const body = { files: {}, base: null };
    expect((await api('POST', '/apps/shop/source', { token: viewer, body })).status).toBe(403);
    expect((await api('DELETE', '/apps/shop?confirm=shop', { token })).status).toBe(403);
  });
});
