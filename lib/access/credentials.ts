import { hashPassword } from 'better-auth/crypto';
import { newId } from '#lib/store/new-id.ts';
import type { Tx } from '#lib/store/open.ts';
import type { Role } from './actor.ts';

// what better-auth calls a password of its own
const PROVIDER = 'credential';

/** The hash that sign-in compares with (scrypt, as better-auth makes it). Takes some 100 ms: not inside a transaction. */
export function hashOfPassword(password: string): Promise<string> {
  return hashPassword(password);
}

/** Makes a person who can sign in. `hash` is of {@link hashOfPassword}. */
export async function createUser(tx: Tx, person: { email: string; name: string; role: Role; hash: string }) {
  const { email, name, role, hash } = person;
  const id = newId('u');
  const user = await tx.user.create({ data: { id, email, name, role, emailVerified: true } });
  await tx.account.create({
    data: { id: newId('c'), userId: id, accountId: id, providerId: PROVIDER, password: hash },
  });
  return user;
}

/** Gives a person another password and ends all their sessions. */
export async function replacePassword(tx: Tx, userId: string, hash: string): Promise<void> {
  await tx.account.updateMany({ where: { userId, providerId: PROVIDER }, data: { password: hash } });
  await tx.session.deleteMany({ where: { userId } });
}
