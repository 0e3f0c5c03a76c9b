import { store, transaction } from '#lib/store/store.ts';
import { signIn } from './sign-in.ts';
import { makeToken } from './tokens.ts';

const LIFETIME_MS = 90 * 86_400_000;

/** A management token for the command line of a person who proves their password: all they may do, for 90 days. @throws as `signIn` */
export async function login(input: { email: string; password: string }, remote: string): Promise<{ token: string }> {
  const { actor, session } = await signIn({ ...input, remote });
  await store().session.deleteMany({ where: { token: session } });
  const token = await transaction((tx) =>
    makeToken(tx, actor, { kind: 'management', scope: 'full', lifetime: LIFETIME_MS }),
  );
  return { token };
}
