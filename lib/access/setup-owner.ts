import { Fault } from '#lib/core/errors.ts';
import type { UserRow } from '#lib/http/api.ts';
import { transaction } from '#lib/store/store.ts';
import type { Actor } from './actor.ts';
import { countAttempt, forgiveAttempt } from './attempts.ts';
import { audit } from './audit.ts';
import { createUser, hashOfPassword, replacePassword } from './credentials.ts';
import { isLocalProof } from './local-proof.ts';
import { isOwnerToken, needsOwner, spendOwnerToken } from './owner-token.ts';
import { checkPassword } from './password.ts';
import { makeToken } from './tokens.ts';
import { userRow } from './user-row.ts';

const DAY_MS = 86_400_000;

type Setup = {
  /** text of the local-proof file, or of the one-time token that the first start printed */
  proof?: string | undefined;
  ownerToken?: string | undefined;
  email: string;
  password: string;
  name?: string | undefined;
  printToken?: boolean | undefined;
  /** of the printed token, ms; 24 h when absent */
  expires?: number | undefined;
};

/**
 * Makes the first owner. Of many at once, one succeeds.
 * @returns the owner and, when asked for, a management token of scope `full`
 * @throws Fault `not-signed-in` for a wrong proof or token, `exists` when there is an owner, `wrong-input`, `too-many`
 */
export async function setupOwner(input: Setup, remote: string): Promise<{ user: UserRow; token?: string }> {
  await countAttempt(remote, null);
  const proven =
    (input.proof !== undefined && isLocalProof(input.proof)) ||
    (input.ownerToken !== undefined && (await isOwnerToken(input.ownerToken)));
  if (!(await needsOwner())) throw ownerExists();
  if (!proven) {
    throw new Fault(
      'not-signed-in',
      'The set-up token is wrong. Use the one that the newest start of the portal printed.',
    );
  }
  checkPassword(input.password, input.email);
  const hash = await hashOfPassword(input.password);
  const made = await transaction(async (tx) => {
    if (!(await needsOwner())) throw ownerExists();
    const user = await createUser(tx, {
      email: input.email,
      name: input.name ?? nameOf(input.email),
      role: 'owner',
      hash,
    });
    await spendOwnerToken(tx);
    const actor = ownerActor(user);
    await audit(tx, actor, 'user.setup', { subject: user.email });
    if (!input.printToken) return { user: userRow(user) };
    const lifetime = input.expires ?? DAY_MS;
    return { user: userRow(user), token: await makeToken(tx, actor, { kind: 'management', scope: 'full', lifetime }) };
  });
  await forgiveAttempt(remote, null);
  return made;
}

/**
 * Gives the owner of `email` a new password, for whoever can read the data folder's private files: a way back in. A person who was
 * disabled or had a lesser role becomes an owner again; one who is not known is made.
 * @throws Fault `not-signed-in`, `wrong-input`, `too-many`
 */
export async function resetOwner(
  input: { proof: string; email: string; password: string },
  remote: string,
): Promise<{ user: UserRow }> {
  await countAttempt(remote, null);
  if (!isLocalProof(input.proof)) {
    throw new Fault(
      'not-signed-in',
      'The proof of local access is wrong. Run the command on the portal’s own machine.',
    );
  }
  checkPassword(input.password, input.email);
  const hash = await hashOfPassword(input.password);
  const user = await transaction(async (tx) => {
    const known = await tx.user.findUnique({ where: { email: input.email } });
    const owner = known
      ? await tx.user.update({ where: { id: known.id }, data: { role: 'owner', disabledAt: null } })
      : await createUser(tx, { email: input.email, name: nameOf(input.email), role: 'owner', hash });
    if (known) await replacePassword(tx, known.id, hash);
    await spendOwnerToken(tx);
    await audit(tx, ownerActor(owner), 'user.reset-owner', { subject: owner.email });
    return owner;
  });
  await forgiveAttempt(remote, null);
  return { user: userRow(user) };
}

function ownerActor(user: { id: string; email: string }): Actor {
  return {
    userId: user.id,
    email: user.email,
    role: 'owner',
    scope: 'full',
    tokenId: null,
    onlyApp: null,
    onlyEnvironment: null,
  };
}

function nameOf(email: string): string {
  return email.split('@')[0] ?? email;
}

function ownerExists(): Fault {
  return new Fault('exists', 'This portal has an owner already. Sign in, or ask an owner to invite you.');
}
