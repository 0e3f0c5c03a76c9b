import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { actorOfToken } from '#lib/access/actor-of-token.ts';
import type { Actor, Scope } from '#lib/access/actor.ts';
import { holdsRight } from '#lib/access/rights.ts';
import { createManagementToken } from '#lib/access/tokens.ts';
import { PROJECT_ROOT } from '#lib/config.ts';
import { isRouteHandler } from '#lib/http/route.ts';
import { people } from '#test/support/api.ts';
import { ownStore } from '#test/support/store.ts';

/**
 * Everything that answers someone who has not signed in, by what for; beside these only `/healthz` and `/readyz`, which the server
 * answers itself. Not more than five purposes (security.md, figures).
 */
const OPEN: Record<string, string[]> = {
  'sign in and out': [
    'app/api/v1/login/route.ts POST',
    'app/(portal)/sign-in/page.tsx',
    'app/(portal)/sign-in/actions.ts signInAction',
    'app/(portal)/sign-in/actions.ts signOutAction',
  ],
  'make the first owner, or reset one on the machine itself': [
    'app/api/v1/setup/route.ts POST',
    'app/api/v1/setup/reset-owner/route.ts POST',
    'app/(portal)/setup/page.tsx',
  ],
  'accept an invitation': ['app/api/v1/invitations/[token]/route.ts POST', 'app/(portal)/invite/[token]/page.tsx'],
};
const open = new Set(Object.values(OPEN).flat());

const NOTHING = { get: () => undefined, getAll: () => [], has: () => false, set: () => undefined };
// what a page or an action sees of a request without a cookie, made by one of our own pages
vi.mock('next/headers', () => ({
  headers: async () => new Headers({ origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' }),
  cookies: async () => NOTHING,
}));
vi.mock('next/headers.js', () => ({
  headers: async () => new Headers({ origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' }),
  cookies: async () => NOTHING,
}));

const own = ownStore();
let tokens: Awaited<ReturnType<typeof people>>;
/** the owner's, of each lesser scope */
let scoped: Record<Exclude<Scope, 'full'>, string>;
beforeAll(async () => {
  await own.ready();
  tokens = await people();
  const owner = await actorOfToken(tokens.owner);
  if (!owner) throw new Error('the owner has no token');
  const make = async (scope: Scope) => (await createManagementToken(owner, { scope })).token;
  scoped = { read: await make('read'), source: await make('source'), deploy: await make('deploy') };
});
afterAll(own.remove);

const found = (pattern: string) => globSync(pattern, { cwd: PROJECT_ROOT }).sort();
const load = (file: string) =>
  import(/* @vite-ignore */ pathToFileURL(join(PROJECT_ROOT, file)).href) as Promise<object>;

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const routes = (
  await Promise.all(
    found('app/**/route.ts').map(async (file) =>
      Object.entries(await load(file))
        .filter(([name]) => METHODS.includes(name))
        .map(([method, handler]) => ({ door: `${file} ${method}`, file, method, handler: handler as unknown })),
    ),
  )
).flat();

describe('every route', () => {
  it('is found', () => expect(routes.length).toBeGreaterThan(10));

  it.each(routes)('$door was made by route()', ({ handler }) => expect(isRouteHandler(handler)).toBe(true));

  it.each(routes.filter(({ door }) => !open.has(door)))('$door refuses strangers and lesser people', async (route) => {
    const { handler } = route;
    if (!isRouteHandler(handler) || handler.right === 'anyone') throw new Error('open to anyone, and not on the list');
    const { right } = handler;
    const status = async (headers: Record<string, string>) => (await callDoor(route, headers)).status;
    const bearer = (token: string) => status({ authorization: `Bearer ${token}` });
    expect(await status({})).toBe(401);
    expect(await bearer('mrm_unknown')).toBe(401);
    expect(await status({ cookie: 'mooring.session_token=forged.forged', origin: 'http://localhost:3000' })).toBe(401);
    const lesser = (await actors()).filter(({ actor }) => !holdsRight(actor, right));
    const statuses = await Promise.all(lesser.map(({ token }) => bearer(token)));
    expect(statuses.filter((given) => given !== 403 && given !== 404)).toEqual([]);
  });
});

describe('every page', () => {
  it.each(found('app/**/page.tsx').filter((file) => !open.has(file)))('%s sends strangers to sign in', async (file) => {
    const { default: Page } = (await load(file)) as { default: (props: object) => Promise<unknown> };
    const props = { params: Promise.resolve(paramsOf(file)), searchParams: Promise.resolve({}) };
    const thrown = await (async () => Page(props))().then(
      () => 'rendered',
      (error: { digest?: string }) => error.digest ?? error,
    );
    expect(thrown).toMatch(/^NEXT_REDIRECT;\w+;\/sign-in/);
  });
});

describe('every server action', () => {
  it('stands in a file of its own that this test finds', () => {
    const others = found('{app,elements,lib}/**/*.{ts,tsx}').filter((file) => !/(^|\/)actions\.ts$/.test(file));
    const marked = others.filter((file) =>
      /^\s*['"]use server['"]/m.test(readFileSync(join(PROJECT_ROOT, file), 'utf8')),
    );
    expect(marked).toEqual([]);
  });

  it('refuses strangers', async () => {
    for (const file of found('app/**/actions.ts')) {
      for (const [name, action] of Object.entries(await load(file))) {
        if (open.has(`${file} ${name}`)) continue;
        const outcome = await (async () => (action as (input: object) => unknown)({}))().then(
          (answer) => JSON.stringify(answer),
          (error: { code?: string; digest?: string }) => error.code ?? error.digest,
        );
        expect(`${name}: ${outcome}`).toMatch(/not-signed-in|NEXT_REDIRECT;\w+;\/sign-in/);
      }
    }
  });
});

describe('the list of what is open', () => {
  it('has five purposes at most, and names only what exists', () => {
    expect(Object.keys(OPEN).length).toBeLessThanOrEqual(4);
    const pages = found('app/**/page.tsx');
    const doors = new Set([...routes.map(({ door }) => door), ...pages]);
    for (const door of open) expect(door.includes('actions.ts') || doors.has(door)).toBe(true);
  });
});

/** All tokens of this test with whom they act for. */
async function actors(): Promise<{ token: string; actor: Actor }[]> {
  const all = [...Object.values(tokens), ...Object.values(scoped)];
  const known = await Promise.all(all.map(async (token) => ({ token, actor: await actorOfToken(token) })));
  return known.flatMap(({ token, actor }) => (actor ? { token, actor } : []));
}

function callDoor({ file, method, handler }: { file: string; method: string; handler: unknown }, headers: object) {
  if (!isRouteHandler(handler)) throw new Error('not a route');
  const body = method === 'GET' || method === 'HEAD' ? null : '{}';
  const given = new Headers({ ...headers, ...(body && { 'content-type': 'application/json' }) });
  const request = new Request('http://localhost:3000/door', { method, headers: given, body });
  return handler(request, { params: Promise.resolve(paramsOf(file)) });
}

function paramsOf(file: string): Record<string, string | string[]> {
  const names = [...file.matchAll(/\[(\[?\.\.\.)?(\w+)\]?\]/g)];
  return Object.fromEntries(names.map(([, many, name]) => [name ?? '', many ? ['nothing'] : 'nothing']));
}
