import { redirect } from 'next/navigation';
import { currentActor } from '#lib/access/browser-session.ts';
import { needsOwner } from '#lib/access/owner-token.ts';
import type { Me } from '#lib/http/api.ts';

/** Who looks at this page; whoever is not signed in is sent to the page for it, and back to `path` after. */
export async function requireMe(path: string): Promise<Me> {
  const actor = await currentActor();
  if (!actor) redirect((await needsOwner()) ? '/setup' : `/sign-in?to=${encodeURIComponent(path)}`);
  return { email: actor.email, name: actor.email, role: actor.role, scope: actor.scope };
}
