'use client';
import dynamic from 'next/dynamic';
import type { ComponentType } from 'react';
import { Empty } from '#app/_components/Empty.tsx';
import { parseView } from '../_workbench/view.ts';
import type { EditorProps } from './editor-props.ts';
import { EditorSkeleton } from './EditorSkeleton.tsx';

const lazily = (load: () => Promise<ComponentType<EditorProps>>) =>
  dynamic(load, { ssr: false, loading: () => <EditorSkeleton /> });

/** Editors of elements by family, loaded when first opened. */
const EDITORS: Record<string, ComponentType<EditorProps>> = {
  connections: lazily(async () => (await import('./element/ElementEditor.tsx')).ElementEditor),
  databases: lazily(async () => (await import('./element/ElementEditor.tsx')).ElementEditor),
  models: lazily(async () => (await import('./model/ModelEditor.tsx')).ModelEditor),
};

/** Pages of the app by name. */
const PAGES: Record<string, ComponentType<EditorProps>> = {
  connections: lazily(async () => (await import('./connections/ConnectionsPage.tsx')).ConnectionsPage),
  variables: lazily(async () => (await import('./variables/VariablesPage.tsx')).VariablesPage),
  'test-all': lazily(async () => (await import('./test-all/TestAllPage.tsx')).TestAllPage),
  environments: lazily(async () => (await import('./environments/EnvironmentsPage.tsx')).EnvironmentsPage),
  deploy: lazily(async () => (await import('./deploy/DeployPage.tsx')).DeployPage),
  releases: lazily(async () => (await import('./deploy/ReleasesPage.tsx')).ReleasesPage),
  'from-tables': lazily(async () => (await import('./from-tables/FromTablesPage.tsx')).FromTablesPage),
};

/** The editor of a view. */
export function Editor({ view }: { view: string }) {
  const { kind, fullName, draftType } = parseView(view);
  const Found = (fullName === null ? PAGES : EDITORS)[kind];
  if (Found) return <Found fullName={fullName} draftType={draftType} />;
  return (
    <Empty title="Nothing opens here">
      No page of the app is called <code>{view}</code>. Close this tab, or choose from the tree.
    </Empty>
  );
}
