import { readFileSync } from 'node:fs';
import { setupOwner } from '#lib/access/setup-owner.ts';
import { writeLocalProof, localProofFile } from '#lib/access/local-proof.ts';
import { createUser, hashOfPassword } from '#lib/access/credentials.ts';
import { makeToken } from '#lib/access/tokens.ts';
import type { Role } from '#lib/access/actor.ts';
import { transaction } from '#lib/store/store.ts';
import { callRoute } from './call-route.ts';

type Ask = { token?: string; body?: unknown; headers?: Record<string, string> };

/** `body` is the parsed JSON, the lines of an NDJSON answer as an array, or a text; null without one. */
export type Answer<T> = { status: number; headers: Headers; body: T };

/**
 * Calls a route of the management API in this process, as Next would: `api('GET', '/apps/shop', { token })`. The path is
 * below `/api/v1`. A method that the route does not export answers 405, a path without a route 404.
 */
export async function api<T = unknown>(method: string, path: string, ask: Ask = {}): Promise<Answer<T>> {
  const url = new URL(`http://localhost:3000/api/v1${path}`);
  const headers = new Headers(ask.headers);
  if (ask.token !== undefined) headers.set('authorization', `Bearer ${ask.token}`);
  if (ask.body !== undefined) headers.set('content-type', 'application/json');
  const body = ask.body === undefined ? null : JSON.stringify(ask.body);
  const response = await callRoute(new Request(url, { method, headers, body }));
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

async function readBody(response: Response): Promise<unknown> {
  const text = await response.text();
  const type = response.headers.get('content-type') ?? '';
  if (type.includes('ndjson')) return text.split('\n').flatMap((line) => (line ? (JSON.parse(line) as unknown) : []));
  return type.includes('json') ? (JSON.parse(text) as unknown) : text || null;
}
