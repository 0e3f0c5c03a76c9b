import { config } from '#lib/config.ts';
import { Fault } from '#lib/core/errors.ts';
import type { UserRow } from '#lib/http/api.ts';
import { newId } from '#lib/store/new-id.ts';
import type { Tx } from '#lib/store/open.ts';
import { store, transaction } from '#lib/store/store.ts';
import type { Actor, Role } from './actor.ts';
import { audit } from './audit.ts';
import { forgetDataTokens } from './data-token.ts';
import { requireRight } from './rights.ts';
import { hashToken, newTokenText } from './token-text.ts';
import { userRow } from './user-row.ts';

const INVITE_MS = 7 * 86_400_000;
const RESET_MS = 86_400_000;

/** Everybody who can sign in or is invited to. @throws Fault `no-right` */
export async function listUsers(actor: Actor): Promise<{ users: UserRow[] }> {
  requireRight(actor, 'user:manage');
  const users = await store().user.findMany({ orderBy: { email: 'asc' } });
  const open = await store().invitation.findMany({
    where: { kind: 'invite', usedAt: null, expiresAt: { gt: new Date() } },
    orderBy: { email: 'asc' },
  });
  const invited = open.map((row): UserRow => ({
    id: row.id,
    email: row.email,
    name: '',
    role: row.role as Role,
    disabled: false,
    invited: true,
    createdAt: row.createdAt.toISOString(),
  }));
  return { users: [...users.map(userRow), ...invited] };
}

/** A link with which a new person sets their password, good for 7 days; an earlier one is void. @throws Fault `exists` */
export function inviteUser(actor: Actor, input: { email: string; role: Role }): Promise<{ link: string }> {
  requireRight(actor, 'user:manage');
  return transaction(async (tx) => {
    if (await tx.user.findUnique({ where: { email: input.email } })) {
      throw new Fault('exists', `${input.email} is here already. Reset the password with \`mooring user reset\`.`);
    }
    return { link: await makeLink(tx, actor, 'invite', input.email, input.role) };
  });
}

/** A link with which a person sets a new password, good for one day; it lets a disabled one in again. @throws Fault `not-found` */
export function resetUser(actor: Actor, input: { email: string }): Promise<{ link: string }> {
  requireRight(actor, 'user:manage');
  return transaction(async (tx) => {
    const user = await knownUser(tx, input.email);
    return { link: await makeLink(tx, actor, 'reset', user.email, user.role) };
  });
}

/**
 * Ends a person's access: sessions and tokens at once, open links with them. Of someone only invited, the invitation is taken back.
 * @throws Fault `not-found`; `refused` for the last owner
 */
export async function disableUser(actor: Actor, input: { email: string }): Promise<void> {
  requireRight(actor, 'user:manage');
  await transaction(async (tx) => {
    const { count } = await tx.invitation.deleteMany({ where: { email: input.email, usedAt: null } });
    if (count === 0 || (await tx.user.findUnique({ where: { email: input.email } }))) {
      const user = await knownUser(tx, input.email);
      const owners = await tx.user.count({ where: { role: 'owner', disabledAt: null, id: { not: user.id } } });
      if (owners === 0) throw new Fault('refused', `${user.email} is the last owner. Invite another owner first.`);
      await tx.user.update({ where: { id: user.id }, data: { disabledAt: new Date() } });
      await tx.session.deleteMany({ where: { userId: user.id } });
      await tx.token.updateMany({ where: { userId: user.id, revokedAt: null }, data: { revokedAt: new Date() } });
    }
    await audit(tx, actor, 'user.disable', { subject: input.email });
  });
  forgetDataTokens();
}

async function knownUser(tx: Tx, email: string) {
  const user = await tx.user.findUnique({ where: { email } });
  if (!user) throw new Fault('not-found', `There is no user ${email}. List them with \`mooring user list\`.`);
  return user;
}

async function makeLink(tx: Tx, actor: Actor, kind: 'invite' | 'reset', email: string, role: string): Promise<string> {
  await tx.invitation.deleteMany({ where: { email, usedAt: null } });
  const text = newTokenText('link');
  const expiresAt = new Date(Date.now() + (kind === 'invite' ? INVITE_MS : RESET_MS));
  await tx.invitation.create({
    data: { id: newId('n'), tokenHash: hashToken(text), kind, email, role, expiresAt, createdBy: actor.userId },
  });
  await audit(tx, actor, `user.${kind}`, { subject: email, detail: { role } });
  return `${config().baseUrl}/invite/${text}`;
}
