import type { Metadata } from 'next';
import { requireMe } from '../../../_components/require-me.ts';
import { WorkbenchLoader } from '../_workbench/WorkbenchLoader.tsx';

type Props = { params: Promise<{ app: string; view?: string[] }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { app, view } = await params;
  return { title: view ? `${view.map(decodeURIComponent).join(' ')} · ${app}` : app };
}

export default async function WorkbenchPage({ params }: Props) {
  const { app, view = [] } = await params;
  return <WorkbenchLoader app={app} me={await requireMe(`/apps/${[app, ...view].join('/')}`)} />;
}
