import type { Metadata } from 'next';
import { AppList } from './_apps/AppList.tsx';
import { requireMe } from './_components/require-me.ts';

export const metadata: Metadata = { title: 'Apps' };

export default async function AppsPage() {
  return <AppList me={await requireMe('/')} />;
}
