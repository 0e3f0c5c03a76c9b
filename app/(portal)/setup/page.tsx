import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { needsOwner } from '#lib/access/owner-token.ts';
import { SetUp } from './SetUp.tsx';

export const metadata: Metadata = { title: 'Set up' };

export default async function SetUpPage({ searchParams }: { searchParams: Promise<{ token?: string }> }) {
  if (!(await needsOwner())) redirect('/sign-in');
  const { token } = await searchParams;
  return <SetUp token={token ?? ''} />;
}
