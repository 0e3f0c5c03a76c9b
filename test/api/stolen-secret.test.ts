/**
 * Rule 3.7 of product.md as a thief meets it: somebody who may edit the source and test, but not use secrets, tries to make a stored
 * password travel to a server of their own. The server counts who comes.
 */
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ElementDetail, Problem, TestEvent } from '#lib/http/api.ts';
import { api, people } from '#test/support/api.ts';
import { ownStore } from '#test/support/store.ts';

const own = ownStore();
let tokens: Awaited<ReturnType<typeof people>>;
/** the server that the secret is for, and the thief's: none of them ever says a word */
let meant: Server;
let rogue: Server;
let visits = 0;

const listening = async (server: Server): Promise<Server> => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return server;
};
const portOf = (server: Server): number => (server.address() as AddressInfo).port;

const APP = '/apps/shop';
const MAIN = `${APP}/elements/databases.Main`;
const body = (more: object = {}) => ({
  host: '127.0.0.1',
  port: portOf(meant),
  user: 'shop',
  database: 'shop',
  password: { $env: 'DB_PASSWORD' },
  ...more,
});
const TYPE = 'databases.PgSqlType';

async function asOwner(method: string, path: string, given?: unknown) {
  const answer = await api<Problem>(method, path, { token: tokens.owner, body: given });
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.body.detail}`);
  return answer.body as unknown;
}

/** Saves Main as `token`, whatever its revision. */
async function save(token: string, changed: object) {
  const { body: now } = await api<ElementDetail>('GET', MAIN, { token });
  const saved = await api<Problem>('PUT', MAIN, { token, body: { revision: now.revision, body: changed } });
  if (saved.status !== 200) throw new Error(saved.body.detail);
}

beforeAll(async () => {
  await own.ready();
  tokens = await people();
  meant = await listening(createServer((socket) => socket.destroy()));
  rogue = await listening(
    createServer((socket) => {
      visits += 1;
      socket.destroy();
    }),
  );
  await asOwner('POST', '/apps', { name: 'shop' });
  await asOwner('POST', `${APP}/environments`, { name: 'production', protected: true });
  for (const key of ['DB_PASSWORD', 'OTHER_PASSWORD'])
    await asOwner('PUT', `${APP}/variables/${key}`, { definition: { type: 'secret' } });
  await asOwner('PUT', `${APP}/variables/DB_PORT`, { definition: { type: 'number', default: portOf(meant) } });
  await asOwner('POST', `${APP}/elements`, { fullName: 'databases.Main', type: TYPE, body: body() });
  for (const env of ['development', 'production']) {
    await asOwner('PUT', `${APP}/environments/${env}/values`, { values: { DB_PASSWORD: 'the stored secret' } });
  }
});
afterEach(() => save(tokens.owner, body()));
afterAll(async () => {
  for (const server of [meant, rogue]) server?.close();
  await own.remove();
});

/** All codes that an answer of any door names. */
function codes(answer: { body: unknown }): string[] {
  if (Array.isArray(answer.body)) {
    const events = answer.body as TestEvent[];
    return events.flatMap((event) => (event.event === 'report' ? event.report.reasons.map(({ code }) => code) : []));
  }
  const { code, reasons = [] } = answer.body as Problem;
  return [code, ...reasons.map((reason) => reason.code)];
}

type Ways = { token: string; env: string };
const confirmTargets = true;
const draft = (more: object, type = TYPE) => ({ type, body: body(more) });

/** Each makes the stored secret of `env` point elsewhere, and then asks a door to use it. */
const attacks: [string, (ways: Ways) => Promise<{ body: unknown }>][] = [
  [
    'a saved edit, tested',
    async ({ token, env }) => {
      await save(token, body({ port: portOf(rogue) }));
      const asked = { element: 'databases.Main', confirmTargets };
      return api('POST', `${APP}/environments/${env}/test`, { token, body: asked });
    },
  ],
  [
    'a draft on the screen, tested',
    ({ token, env }) =>
      api('POST', `${APP}/environments/${env}/test`, {
        token,
        body: { draft: draft({ port: portOf(rogue) }), confirmTargets },
      }),
  ],
  [
    'a draft of another engine, tested',
    ({ token, env }) => {
      const other = draft({ port: portOf(rogue) }, 'databases.MySQLType');
      return api('POST', `${APP}/environments/${env}/test`, { token, body: { draft: other, confirmTargets } });
    },
  ],
  [
    'the default of a variable, tested',
    async ({ token, env }) => {
      await save(token, body({ port: { $env: 'DB_PORT' } }));
      const definition = { type: 'number', default: portOf(rogue) };
      await api('PUT', `${APP}/variables/DB_PORT`, { token, body: { definition } });
      const asked = { element: 'databases.Main', confirmTargets };
      return api('POST', `${APP}/environments/${env}/test`, { token, body: asked });
    },
  ],
  [
    'a weaker TLS mode to the very server, tested',
    ({ token, env }) => {
      const weaker = draft({ tls: { mode: 'disable' } });
      return api('POST', `${APP}/environments/${env}/test`, { token, body: { draft: weaker, confirmTargets } });
    },
  ],
  [
    'a draft, listed',
    ({ token, env: environment }) =>
      api('POST', `${APP}/databases`, {
        token,
        body: { draft: draft({ port: portOf(rogue) }), environment, confirmTargets },
      }),
  ],
  [
    'a saved edit, introspected',
    async ({ token, env: environment }) => {
      await save(token, body({ port: portOf(rogue) }));
      return api('POST', `${APP}/introspect`, { token, body: { database: 'databases.Main', environment } });
    },
  ],
  [
    'a connection of its own, listed through the database on it',
    async ({ token, env: environment }) => {
      const { database: _, ...shared } = body({ port: portOf(rogue) });
      const connection = { fullName: `connections.Of${environment}`, type: 'connections.PgSqlType', body: shared };
      await api('POST', `${APP}/elements`, { token, body: connection });
      const attached = { type: TYPE, body: { connection: connection.fullName, database: 'shop' } };
      const answer = await api('POST', `${APP}/databases`, {
        token,
        body: { draft: attached, environment, confirmTargets },
      });
      await api('DELETE', `${APP}/elements/${connection.fullName}?revision=1`, { token });
      return answer;
    },
  ],
  [
    'a folder, planned',
    async ({ token, env }) => {
      const { body: bundle } = await api<{ files: Record<string, string> }>('GET', `${APP}/source`, { token });
      const path = 'databases/Main/Main.json';
      const files = { ...bundle.files, [path]: JSON.stringify(body({ port: portOf(rogue) })) };
      return api('POST', `${APP}/environments/${env}/plan`, { token, body: { files, confirmTargets } });
    },
  ],
  [
    'a saved edit, planned',
    async ({ token, env }) => {
      await save(token, body({ port: portOf(rogue) }));
      return api('POST', `${APP}/environments/${env}/plan`, { token, body: { confirmTargets } });
    },
  ],
];

describe.each([
  ['a developer and a protected environment', async () => ({ token: tokens.developer, env: 'production' })],
  [
    'a token of scope source and any environment',
    async () => ({
      token: ((await asOwner('POST', '/tokens', { scope: 'source' })) as { token: string }).token,
      env: 'development',
    }),
  ],
])('%s', (_, whose) => {
  it.each(attacks)('%s: refused, and nobody comes', async (_name, attack) => {
    visits = 0;
    const answer = await attack(await whose());
    expect(codes(answer)).toContain('secret-target');
    expect(visits).toBe(0);
  });

  it('nothing else that would move a secret is theirs', async () => {
    const { token, env } = await whose();
    const at = `${APP}/environments/${env}`;
    const create = { draft: draft({ port: portOf(rogue) }), environment: env, what: 'database', confirmTargets };
    const doors = [
      await api('PUT', `${at}/values`, { token, body: { values: { DB_PASSWORD: 'x' }, confirmTargets } }),
      await api('DELETE', `${at}/values/DB_PASSWORD?confirm=true`, { token }),
      await api('POST', `${at}/deployments`, { token, body: { confirmTargets } }),
      await api('POST', `${at}/rollback`, { token, body: { confirmTargets } }),
      await api('POST', `${at}/tokens`, { token, body: { role: 'read' } }),
      await api('PATCH', at, { token, body: { protected: false } }),
      await api('DELETE', `${at}?confirm=${env}`, { token }),
      await api('POST', `${APP}/databases/create`, { token, body: create }),
    ];
    expect(doors.map(({ status }) => status).filter((status) => status !== 403 && status !== 422)).toEqual([]);
    await save(tokens.developer, body({ password: { $env: 'OTHER_PASSWORD' } }));
    const bared = { definition: { type: 'text' }, clearValues: true };
    const redefined = await api<Problem>('PUT', `${APP}/variables/DB_PASSWORD`, {
      token: tokens.developer,
      body: bared,
    });
    expect(redefined.body).toMatchObject({ code: 'no-right' });
  });
});

it('a holder of secret:use who confirms sends it there, which is why the others had to be refused', async () => {
  visits = 0;
  const asked = { draft: draft({ port: portOf(rogue) }), environment: 'production' };
  const unasked = await api('POST', `${APP}/databases`, { token: tokens.owner, body: asked });
  expect(codes(unasked)).toContain('secret-target');
  expect(visits).toBe(0);
  await api('POST', `${APP}/databases`, { token: tokens.owner, body: { ...asked, confirmTargets } });
  expect(visits).toBeGreaterThan(0);
});
