'use server';
import { headers } from 'next/headers';
import { z } from 'zod';
import { signInBrowser, signOutBrowser } from '#lib/access/browser-session.ts';
import { isSameOrigin } from '#lib/access/same-origin.ts';
import { Fault } from '#lib/core/errors.ts';

const Credentials = z.strictObject({ email: z.string().max(320), password: z.string().max(1_024) });

/** Begins a session in this browser; null, or why not. Open to anyone. */
export async function signInAction(input: z.input<typeof Credentials>): Promise<{ refused: string } | null> {
  const elsewhere = await fromElsewhere();
  if (elsewhere) return elsewhere;
  const parsed = Credentials.safeParse(input);
  if (!parsed.success) return { refused: 'E-mail and password are expected. Fill in both.' };
  try {
    await signInBrowser(parsed.data);
    return null;
  } catch (error) {
    if (error instanceof Fault) return { refused: error.message };
    throw error;
  }
}

/** Ends this browser's session, if there is one. */
export async function signOutAction(): Promise<{ refused: string } | null> {
  const elsewhere = await fromElsewhere();
  if (elsewhere) return elsewhere;
  await signOutBrowser();
  return null;
}

/** A form of another site may call an action too, and carries our cookie. */
async function fromElsewhere(): Promise<{ refused: string } | null> {
  return isSameOrigin(new Headers(await headers()))
    ? null
    : { refused: 'This request came from another site. Open the portal’s own page and try again.' };
}
