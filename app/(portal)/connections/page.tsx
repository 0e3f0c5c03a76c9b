import type { Metadata } from 'next';
import { requireMe } from '../_components/require-me.ts';
import { AllConnections } from './AllConnections.tsx';

export const metadata: Metadata = { title: 'Connections' };

export default async function ConnectionsPage() {
  return <AllConnections me={await requireMe('/connections')} />;
}
