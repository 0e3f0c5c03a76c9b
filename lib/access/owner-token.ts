import { store } from '#lib/store/store.ts';
import type { Tx } from '#lib/store/open.ts';
import { hashToken, newTokenText } from './token-text.ts';

const KEY = 'owner-token-hash';

/** True until the first owner was made. */
export async function needsOwner(): Promise<boolean> {
  return (await store().user.count({ where: { role: 'owner' } })) === 0;
}

/**
 * A new one-time token for the first owner, to be printed on the server's console; only its hash is kept, so a start that finds
 * no owner makes another one. Null when there is an owner.
 */
export async function newOwnerToken(): Promise<string | null> {
  if (!(await needsOwner())) return null;
  const text = newTokenText('owner');
  const value = hashToken(text);
  await store().setting.upsert({ where: { key: KEY }, create: { key: KEY, value }, update: { value } });
  return text;
}

export async function isOwnerToken(text: string): Promise<boolean> {
  const row = await store().setting.findUnique({ where: { key: KEY } });
  return row !== null && row.value === hashToken(text.trim());
}

export async function spendOwnerToken(tx: Tx): Promise<void> {
  await tx.setting.deleteMany({ where: { key: KEY } });
}
