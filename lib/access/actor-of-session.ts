import type { Actor, Role } from './actor.ts';
import { auth } from './auth.ts';

/** The person of the session cookie in these headers, or null. The store is asked each time, so an ended session ends at once. */
export async function actorOfSession(headers: Headers): Promise<Actor | null> {
  if (!headers.has('cookie')) return null;
  const found = await (await auth()).api.getSession({ headers });
  if (!found || found.user.disabledAt) return null;
  return {
    userId: found.user.id,
    email: found.user.email,
    role: found.user.role as Role,
    scope: 'full',
    tokenId: null,
    onlyApp: null,
    onlyEnvironment: null,
  };
}
