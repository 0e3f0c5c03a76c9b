import { store } from '#lib/store/store.ts';
import type { Actor, Role, Scope } from './actor.ts';
import { hashToken } from './token-text.ts';

/**
 * Who a management token acts for, or null when it is unknown, revoked, past its end, or its maker is disabled.
 * Role and state of the maker are read each time, so a token never has more than its maker has now.
 */
export async function actorOfToken(text: string): Promise<Actor | null> {
  const token = await store().token.findUnique({
    where: { hash: hashToken(text) },
    include: { user: true, app: { select: { name: true } }, environment: { select: { name: true } } },
  });
  if (!token || token.kind !== 'management' || token.revokedAt || token.user.disabledAt) return null;
  if (token.expiresAt && token.expiresAt.getTime() <= Date.now()) return null;
  return {
    userId: token.userId,
    email: token.user.email,
    role: token.user.role as Role,
    scope: token.scope as Scope,
    tokenId: token.id,
    onlyApp: token.app?.name ?? null,
    onlyEnvironment: token.environment?.name ?? null,
  };
}
