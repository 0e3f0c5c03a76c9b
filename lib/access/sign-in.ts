import { Fault } from '#lib/core/errors.ts';
import { log } from '#lib/core/log.ts';
import { masterKey } from '#lib/secrets/master-key.ts';
import { store, transaction } from '#lib/store/store.ts';
import type { Actor, Role } from './actor.ts';
import { countAttempt, forgiveAttempt } from './attempts.ts';
import { audit } from './audit.ts';
import { auth } from './auth.ts';

type Attempt = { email: string; password: string; remote: string };

/** A new session: who it is of, its text, and the Set-Cookie lines that give it to a browser. */
export type SignedIn = { actor: Actor; session: string; setCookie: string[] };

/**
 * Signs in by e-mail and password. Unknown, disabled and mistaken people get the same answer after the same work.
 * @throws Fault `not-signed-in`, `too-many`
 */
export async function signIn({ email: typed, password, remote }: Attempt): Promise<SignedIn> {
  const email = typed.trim().toLowerCase();
  await countAttempt(remote, email);
  const found = await tryPassword(email, password);
  const user = found && (await store().user.findUnique({ where: { id: found.response.user.id } }));
  if (!user || user.disabledAt) {
    log().warn({ email, remote }, 'sign-in refused');
    throw new Fault('not-signed-in', 'E-mail address or password is wrong. Try again, or ask an owner for a new link.');
  }
  await forgiveAttempt(remote, email);
  const actor: Actor = {
    userId: user.id,
    email: user.email,
    role: user.role as Role,
    scope: 'full',
    tokenId: null,
    onlyApp: null,
    onlyEnvironment: null,
  };
  // a sealed portal can not write its audit, and still shows its structure to people
  if ((await masterKey()).state === 'open') await transaction((tx) => audit(tx, actor, 'session.start'));
  return { actor, session: found.response.token, setCookie: found.headers.getSetCookie() };
}

/** Ends the session of these headers' cookie, if there is one. @returns Set-Cookie lines that clear it */
export async function signOut(headers: Headers): Promise<string[]> {
  const ended = await (await auth()).api.signOut({ headers, returnHeaders: true });
  return ended.headers.getSetCookie();
}

async function tryPassword(email: string, password: string) {
  try {
    return await (await auth()).api.signInEmail({ body: { email, password }, returnHeaders: true });
  } catch (error) {
    // what it refuses is an APIError with a status; all else is broken
    if (error instanceof Error && 'status' in error) return null;
    throw error;
  }
}
