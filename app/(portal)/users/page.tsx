import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { requireMe } from '../_components/require-me.ts';
import { People } from './People.tsx';

export const metadata: Metadata = { title: 'People' };

export default async function PeoplePage() {
  const me = await requireMe('/users');
  if (me.role !== 'owner') redirect('/');
  return <People me={me} />;
}
