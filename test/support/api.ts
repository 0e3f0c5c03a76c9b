import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setupOwner } from '#lib/access/setup-owner.ts';
import { writeLocalProof, localProofFile } from '#lib/access/local-proof.ts';
import { createUser, hashOfPassword } from '#lib/access/credentials.ts';
import { makeToken } from '#lib/access/tokens.ts';
import type { Role } from '#lib/access/actor.ts';
import { PROJECT_ROOT } from '#lib/config.ts';
import type { RouteHandler } from '#lib/http/route.ts';
import { transaction } from '#lib/store/store.ts';

const API = join(PROJECT_ROOT, 'app/api/v1');

type Ask = { token?: string; body?: unknown; headers?: Record<string, string> };

/** `body` is the parsed JSON, the lines of an NDJSON answer as an array, or a text; null without one. */
export type Answer<T> = { status: number; headers: Headers; body: T };

/**
 * Calls a route of the management API in this process, as Next would: `api('GET', '/apps/shop', { token })`. The path is
 * below `/api/v1`. A method that the route does not export answers 405, a path without a route 404.
 */
export async function api<T = unknown>(method: string, path: string, ask: Ask = {}): Promise<Answer<T>> {
  const url = new URL(`http://localhost:3000/api/v1${path}`);
  const found = findRoute(url.pathname.slice('/api/v1/'.length).split('/').map(decodeURIComponent));
  if (!found) return { status: 404, headers: new Headers(), body: null as T };
  const exported = (await import(/* @vite-ignore */ pathToFileURL(found.file).href)) as Record<string, RouteHandler>;
  const handler = exported[method];
  if (!handler) return { status: 405, headers: new Headers(), body: null as T };
  const headers = new Headers(ask.headers);
  if (ask.token !== undefined) headers.set('authorization', `Bearer ${ask.token}`);
  if (ask.body !== undefined) headers.set('content-type', 'application/json');
  const body = ask.body === undefined ? null : JSON.stringify(ask.body);
  const response = await handler(new Request(url, { method, headers, body }), {
    params: Promise.resolve(found.params),
  });
  return { status: response.status, headers: response.headers, body: (await readBody(response)) as T };
}

export const PASSWORD = 'lantern gravel oyster 41';

/** An owner, a developer and a viewer with a token of scope `full` each; the password of all is {@link PASSWORD}. */
export async function people(): Promise<Record<Role, string>> {
  writeLocalProof();
  const proof = readFileSync(localProofFile(), 'utf8');
  const { token } = await setupOwner(
    { proof, email: 'owner@example.org', password: PASSWORD, printToken: true },
    'test',
  );
  if (token === undefined) throw new Error('no token was made');
  return { owner: token, developer: await addPerson('developer'), viewer: await addPerson('viewer') };
}

async function addPerson(role: Role): Promise<string> {
  const hash = await hashOfPassword(PASSWORD);
  return transaction(async (tx) => {
    const { id, email } = await createUser(tx, { email: `${role}@example.org`, name: role, role, hash });
    const actor = {
      userId: id,
      email,
      role,
      scope: 'full',
      tokenId: null,
      onlyApp: null,
      onlyEnvironment: null,
    } as const;
    return makeToken(tx, actor, { kind: 'management', scope: 'full', lifetime: null });
  });
}

// a folder of the very name goes before one that stands for any
function findRoute(
  segments: string[],
  folder = API,
  params: Record<string, string> = {},
): { file: string; params: Record<string, string> } | null {
  const entries = readdirSync(folder, { withFileTypes: true });
  const [first, ...rest] = segments;
  if (first === undefined) {
    return entries.some(({ name }) => name === 'route.ts') ? { file: join(folder, 'route.ts'), params } : null;
  }
  const folders = entries.flatMap((entry) => (entry.isDirectory() ? entry.name : []));
  const inner = folders.includes(first) ? findRoute(rest, join(folder, first), params) : null;
  if (inner) return inner;
  const any = folders.find((name) => /^\[\w+\]$/.test(name));
  return any === undefined ? null : findRoute(rest, join(folder, any), { ...params, [any.slice(1, -1)]: first });
}

async function readBody(response: Response): Promise<unknown> {
  const text = await response.text();
  const type = response.headers.get('content-type') ?? '';
  if (type.includes('ndjson')) return text.split('\n').flatMap((line) => (line ? (JSON.parse(line) as unknown) : []));
  return type.includes('json') ? (JSON.parse(text) as unknown) : text || null;
}
