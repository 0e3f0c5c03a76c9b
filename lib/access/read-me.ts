import type { Me } from '#lib/http/api.ts';
import { store } from '#lib/store/store.ts';
import type { Actor } from './actor.ts';

/** Who one is signed in as. */
export async function readMe(actor: Actor): Promise<Me> {
  const { name } = await store().user.findUniqueOrThrow({ where: { id: actor.userId }, select: { name: true } });
  return { email: actor.email, name, role: actor.role, scope: actor.scope };
}
