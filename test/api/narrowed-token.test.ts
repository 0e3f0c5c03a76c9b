/** A token that was made for one app, or for one environment of it, finds nothing of the others: the same answer as where nothing is. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from '#lib/config.ts';
import type { Problem } from '#lib/http/api.ts';
import { api, people } from '#test/support/api.ts';
import { ownStore } from '#test/support/store.ts';

const own = ownStore();
let owner = '';
let onlyShop = '';
let onlyDevelopment = '';
const TYPE = 'databases.SqliteType';

beforeAll(async () => {
  await own.ready();
  owner = (await people()).owner;
  for (const app of ['shop', 'other']) {
    await api('POST', '/apps', { token: owner, body: { name: app } });
    await api('POST', `/apps/${app}/environments`, { token: owner, body: { name: 'production' } });
    const element = { fullName: 'databases.Main', type: TYPE, body: { file: 'main.db' } };
    await api('POST', `/apps/${app}/elements`, { token: owner, body: element });
    const secrets = { password: { key: 'SERVER_PASSWORD', text: 'four wide ropes' } };
    const server = { fullName: 'connections.Server', type: 'connections.PgSqlType', body: { host: 'db', user: 'u' } };
    await api('POST', `/apps/${app}/elements`, { token: owner, body: { ...server, secrets } });
    const definition = { definition: { type: 'text' }, development: 'x' };
    await api('PUT', `/apps/${app}/variables/NAME`, { token: owner, body: definition });
  }
  const made = async (body: object) =>
    (await api<{ token: string }>('POST', '/tokens', { token: owner, body })).body.token;
  onlyShop = await made({ scope: 'full', app: 'shop' });
  onlyDevelopment = await made({ scope: 'full', app: 'shop', env: 'development' });
});
afterAll(own.remove);

const draft = { type: TYPE, body: { file: 'main.db' } };
const definition = { type: 'text' };
/** A request that each door would take; a route that is not here fails the test. */
const REQUESTS: Record<string, object | null> = {
  'GET /apps/[app]': null,
  'PATCH /apps/[app]': { title: 'x' },
  'DELETE /apps/[app]?confirm=other': null,
  'GET /apps/[app]/connections': null,
  'GET /apps/[app]/connections/[fullName]/reach': null,
  'POST /apps/[app]/connections/[fullName]/retest': {},
  'POST /apps/[app]/databases': { element: 'databases.Main' },
  'POST /apps/[app]/databases/create': { draft, what: 'file' },
  'POST /apps/[app]/elements': { fullName: 'databases.New', ...draft },
  'POST /apps/[app]/elements/many': { elements: [{ fullName: 'databases.New', ...draft }] },
  'GET /apps/[app]/elements/[fullName]': null,
  'PUT /apps/[app]/elements/[fullName]': { revision: 1, body: draft.body },
  'DELETE /apps/[app]/elements/[fullName]?revision=1': null,
  'POST /apps/[app]/elements/[fullName]/duplicate': { to: 'databases.Copy' },
  'GET /apps/[app]/elements/[fullName]/history': null,
  'POST /apps/[app]/elements/[fullName]/move': { revision: 1, to: 'databases.Moved' },
  'POST /apps/[app]/folders/move': { from: 'databases.a', to: 'databases.b' },
  'POST /apps/[app]/introspect': { database: 'databases.Main' },
  'POST /apps/[app]/models/from-tables': { database: 'databases.Main', tables: ['t'] },
  'GET /apps/[app]/source': null,
  'POST /apps/[app]/source': { files: { 'app.json': '{"name":"other"}' }, base: null },
  'POST /apps/[app]/test': {},
  'GET /apps/[app]/variables': null,
  'PUT /apps/[app]/variables/[key]': { definition },
  'DELETE /apps/[app]/variables/[key]': null,
  'GET /apps/[app]/environments': null,
  'POST /apps/[app]/environments': { name: 'third' },
  'PATCH /apps/[app]/environments/[env]': { position: 0 },
  'DELETE /apps/[app]/environments/[env]?confirm=production': null,
  'POST /apps/[app]/environments/[env]/certificates': draft,
  'GET /apps/[app]/environments/[env]/deployments': null,
  'POST /apps/[app]/environments/[env]/deployments': {},
  'GET /apps/[app]/environments/[env]/deployments/[id]': null,
  'POST /apps/[app]/environments/[env]/grants': draft,
  'GET /apps/[app]/environments/[env]/models': null,
  'POST /apps/[app]/environments/[env]/plan': {},
  'GET /apps/[app]/environments/[env]/releases': null,
  'POST /apps/[app]/environments/[env]/rollback': {},
  'GET /apps/[app]/environments/[env]/rows/[model]': null,
  'POST /apps/[app]/environments/[env]/test': { element: 'databases.Main' },
  'POST /apps/[app]/environments/[env]/tokens': { role: 'read' },
  'PUT /apps/[app]/environments/[env]/values': { values: { NAME: 'y' } },
  'DELETE /apps/[app]/environments/[env]/values/[key]?confirm=true': null,
};
const withoutQuery = (request: string): string => request.split('?')[0] ?? request;

function ask(request: string, names: { token: string; app: string; env: string }) {
  const [method = '', path = ''] = request.split(' ');
  const filled = path
    .replace('[app]', names.app)
    .replace('[env]', names.env)
    .replace('connections/[fullName]', 'connections/connections.Server')
    .replace('[fullName]', 'databases.Main')
    .replace('[key]', 'NAME')
    .replace(/\[\w+\]/, 'nothing');
  const body = REQUESTS[request];
  return api<Problem>(method, filled, { token: names.token, ...(body && { body }) });
}

it('every door of an app is among the requests', () => {
  const files = globSync('apps/[[]app[]]/**/route.ts', { cwd: join(PROJECT_ROOT, 'app/api/v1') });
  const doors = files.flatMap((file) => {
    const text = readFileSync(join(PROJECT_ROOT, 'app/api/v1', file), 'utf8');
    return [...text.matchAll(/^export const ([A-Z]+)\b/gm)].map(
      ([, method]) => `${method} /${file.replace('/route.ts', '')}`,
    );
  });
  expect(doors.length).toBeGreaterThan(30);
  expect(doors.sort()).toEqual(Object.keys(REQUESTS).map(withoutQuery).sort());
});

describe('a token of one app', () => {
  it.each(Object.keys(REQUESTS))('%s of another app is not found, as of none', async (request) => {
    const there = await ask(request, { token: onlyShop, app: 'other', env: 'production' });
    const nowhere = await ask(request, { token: onlyShop, app: 'none', env: 'production' });
    expect(there).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect(there.body.detail).toBe(nowhere.body.detail.replaceAll('none', 'other'));
  });

  it('does not see the others in lists either', async () => {
    const lists = await Promise.all(['/apps', '/tokens'].map((path) => api('GET', path, { token: onlyShop })));
    expect(lists.map(({ status }) => status)).toEqual([200, 200]);
    expect(JSON.stringify(lists.map(({ body }) => body))).not.toContain('"other"');
  });
});

describe('a token of one environment', () => {
  it.each(Object.keys(REQUESTS).filter((request) => request.includes('[env]')))(
    '%s of another is not found',
    async (request) => {
      const there = await ask(request, { token: onlyDevelopment, app: 'shop', env: 'production' });
      expect(there).toMatchObject({ status: 404, body: { code: 'not-found' } });
    },
  );
});

describe('what reaches into every environment', () => {
  it('is not for a token of one: the app, and values elsewhere', async () => {
    const values = { values: { NAME: 'kept' } };
    await api('PUT', '/apps/shop/environments/production/values', { token: owner, body: values });
    const token = onlyDevelopment;
    const doors = [
      await api<Problem>('DELETE', '/apps/shop?confirm=shop', { token }),
      await api<Problem>('DELETE', '/apps/shop/variables/NAME?clearValues=true', { token }),
      await api<Problem>('POST', '/tokens', { token, body: { scope: 'full', app: 'shop' } }),
      await api<Problem>('POST', '/tokens', { token, body: { scope: 'full' } }),
      await api<Problem>('POST', '/users', { token, body: { email: 'x@example.org', role: 'owner' } }),
    ];
    expect(doors.map(({ body }) => body.code)).toEqual(doors.map(() => 'no-right'));
  });
});

it('the owner finds them all: it was the token that did not', async () => {
  const requests = Object.keys(REQUESTS).filter(
    (request) => request.startsWith('GET') && !/\[(id|model)\]|\/reach$/.test(request),
  );
  for (const request of requests) {
    expect(await ask(request, { token: owner, app: 'other', env: 'production' })).toMatchObject({ status: 200 });
  }
});
