import { cookies, headers } from 'next/headers.js';
import { parseSetCookieHeader } from 'better-auth/cookies';
import type { Actor } from './actor.ts';
import { actorOfSession } from './actor-of-session.ts';
import { remoteOf } from './attempts.ts';
import { signIn, signOut } from './sign-in.ts';

/** Who looks at this page, or null: for pages, layouts and server actions. */
export async function currentActor(): Promise<Actor | null> {
  return actorOfSession(new Headers(await headers()));
}

/** {@link signIn} for a server action: the browser gets the cookie. @throws Fault `not-signed-in`, `too-many` */
export async function signInBrowser(input: { email: string; password: string }): Promise<Actor> {
  const { actor, setCookie } = await signIn({ ...input, remote: remoteOf(new Headers(await headers())) });
  await giveCookies(setCookie);
  return actor;
}

/** Ends this browser's session, for a server action. */
export async function signOutBrowser(): Promise<void> {
  await giveCookies(await signOut(new Headers(await headers())));
}

async function giveCookies(lines: string[]): Promise<void> {
  const jar = await cookies();
  for (const line of lines) {
    for (const [name, cookie] of parseSetCookieHeader(line)) {
      jar.set(name, decodeURIComponent(cookie.value), {
        httpOnly: true,
        sameSite: 'lax',
        path: '/',
        secure: cookie.secure === true,
        ...(cookie['max-age'] !== undefined && { maxAge: Number(cookie['max-age']) }),
      });
    }
  }
}
