import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { currentActor } from '#lib/access/browser-session.ts';
import { needsOwner } from '#lib/access/owner-token.ts';
import { ownPath } from './own-path.ts';
import { SignIn } from './SignIn.tsx';

export const metadata: Metadata = { title: 'Sign in' };

export default async function SignInPage({ searchParams }: { searchParams: Promise<{ to?: string | string[] }> }) {
  if (await needsOwner()) redirect('/setup');
  const { to } = await searchParams;
  if (await currentActor()) redirect(ownPath(to));
  return <SignIn to={ownPath(to)} />;
}
