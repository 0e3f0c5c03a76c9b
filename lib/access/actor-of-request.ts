import { Fault } from '#lib/core/errors.ts';
import type { Actor } from './actor.ts';
import { actorOfSession } from './actor-of-session.ts';
import { actorOfToken } from './actor-of-token.ts';
import { isSameOrigin } from './same-origin.ts';

const READING = new Set(['GET', 'HEAD']);

/**
 * Who makes this request: the maker of its bearer token, or the person of its session cookie. A cookie is sent by any page of
 * the world, so with one a request that changes something must come from our own pages.
 * @throws Fault `not-signed-in`; `no-right` for a request from another site
 */
export async function actorOfRequest(request: Request): Promise<Actor> {
  const authorization = request.headers.get('authorization');
  const actor =
    authorization === null ? await actorOfSession(request.headers) : await actorOfToken(bearer(authorization));
  if (!actor) throw new Fault('not-signed-in', 'You are not signed in, or no longer. Sign in, or send a valid token.');
  if (actor.tokenId === null && !READING.has(request.method) && !isSameOrigin(request.headers)) {
    throw new Fault('no-right', 'This request came from another site. Use the portal’s own pages, or send a token.');
  }
  return actor;
}

function bearer(authorization: string): string {
  return /^Bearer ([\w.~+/=-]{1,500})$/i.exec(authorization)?.[1] ?? '';
}
