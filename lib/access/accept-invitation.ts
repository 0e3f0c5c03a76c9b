import { Fault } from '#lib/core/errors.ts';
import type { UserRow } from '#lib/http/api.ts';
import { store, transaction } from '#lib/store/store.ts';
import type { Actor, Role } from './actor.ts';
import { countAttempt, forgiveAttempt } from './attempts.ts';
import { audit } from './audit.ts';
import { createUser, hashOfPassword, replacePassword } from './credentials.ts';
import { checkPassword } from './password.ts';
import { hashToken } from './token-text.ts';
import { userRow } from './user-row.ts';

type Link = { id: string; kind: string; email: string; role: string };

/**
 * Sets the password that a link was given for: makes the invited person, or lets a known one in again and ends their sessions.
 * A link works once. @throws Fault `not-found`, `wrong-input`, `too-many`
 */
export async function acceptInvitation(
  input: { token: string; name?: string | undefined; password: string },
  remote: string,
): Promise<{ user: UserRow }> {
  await countAttempt(remote, null);
  const link = await openLink(input.token);
  checkPassword(input.password, link.email);
  const hash = await hashOfPassword(input.password);
  const user = await transaction(async (tx) => {
    const used = await tx.invitation.updateMany({ where: { id: link.id, usedAt: null }, data: { usedAt: new Date() } });
    if (used.count === 0) throw noLink();
    const made = link.kind === 'invite' ? await createUser(tx, { ...person(link, input.name), hash }) : await reopen();
    await audit(tx, actorOf(made), `user.accept-${link.kind}`, { subject: made.email });
    return made;

    async function reopen() {
      const { id } = await tx.user.findUniqueOrThrow({ where: { email: link.email } });
      await replacePassword(tx, id, hash);
      return tx.user.update({ where: { id }, data: { disabledAt: null } });
    }
  });
  await forgiveAttempt(remote, null);
  return { user: userRow(user) };
}

async function openLink(token: string): Promise<Link> {
  const link = await store().invitation.findUnique({ where: { tokenHash: hashToken(token) } });
  if (!link || link.usedAt || link.expiresAt.getTime() <= Date.now()) throw noLink();
  return link;
}

function person(link: Link, name: string | undefined) {
  return { email: link.email, name: name ?? link.email.split('@')[0] ?? link.email, role: link.role as Role };
}

function actorOf(user: { id: string; email: string; role: string }): Actor {
  const { id: userId, email, role } = user;
  return { userId, email, role: role as Role, scope: 'full', tokenId: null, onlyApp: null, onlyEnvironment: null };
}

function noLink(): Fault {
  return new Fault('not-found', 'This link is unknown, used or too old. Ask an owner for a new one.');
}
