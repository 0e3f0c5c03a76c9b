'use client';
import Box from '@mui/material/Box';
import { createElement, useEffect, useMemo, useState } from 'react';
import type { Me } from '#lib/http/api.ts';
import { useOverview } from '../_data/use-app-data.ts';
import { EditorArea } from './EditorArea.tsx';
import { environmentColour, environmentFill } from './environment-colour.ts';
import { JobStrip } from './JobStrip.tsx';
import { SidePanel, UnsavedGuard } from './on-demand.tsx';
import { Side } from './Side.tsx';
import { TopBar } from './TopBar.tsx';
import { titleOfView } from './view.ts';
import { usePalette } from './use-palette.ts';
import { useShortcuts } from './use-shortcuts.ts';
import { useWorkbenchStore } from './use-workbench-store.ts';
import { ActionsContext, StateContext } from './workbench-context.ts';

/** The shell of one app: tree, tabs, side panel, strip. */
export function Workbench({ app, me }: { app: string; me: Me }) {
  const { email, name, role, scope } = me;
  // the page gives a new object each time; the actions hang on this one
  const who = useMemo(() => ({ email, name, role, scope }), [email, name, role, scope]);
  const store = useWorkbenchStore(app, who);
  const overview = useOverview(app);
  const [palette, setPalette] = useState(false);
  const loadedPalette = usePalette();
  /** the view over which the tree was opened as a drawer: going elsewhere closes it */
  const [treeOver, setTreeOver] = useState<string | null>(null);
  const { environment, view } = store.state;
  useEffect(() => {
    document.title = `${view ? `${titleOfView(view)} · ` : ''}${overview.data?.title || app} · Mooring`;
  }, [view, app, overview.data?.title]);
  useShortcuts({
    palette: () => setPalette(true),
    save: () => void store.activeHandle()?.save?.(),
    test: () => store.activeHandle()?.test?.(),
  });
  return (
    <ActionsContext value={store.actions}>
      <StateContext value={store.state}>
        <Box
          data-environment={environment}
          sx={{
            '--env': environmentColour(overview.data?.environments ?? [], environment),
            '--env-fill': environmentFill(overview.data?.environments ?? [], environment),
            height: '100dvh',
            display: 'grid',
            gridTemplateRows: 'auto minmax(0, 1fr) auto',
            gridTemplateColumns: 'minmax(0, 1fr)',
            bgcolor: 'surface.canvas',
            overflow: 'hidden',
          }}
        >
          <TopBar onPalette={() => setPalette(true)} onTree={() => setTreeOver(view)} />
          <Box sx={{ display: 'flex', minHeight: 0 }}>
            <Side open={treeOver === view} onClose={() => setTreeOver(null)} />
            <EditorArea />
            {store.state.panel.open ? <SidePanel /> : null}
          </Box>
          <JobStrip />
        </Box>
        {palette && loadedPalette ? createElement(loadedPalette, { onClose: () => setPalette(false) }) : null}
        {store.guard ? (
          <UnsavedGuard
            tab={store.state.tabs.find((tab) => tab.id === store.guard?.tabId)}
            onCancel={() => store.setGuard(null)}
            onDiscard={store.remove}
            onSave={async (id) => {
              if (await store.handles.current.get(id)?.save?.()) store.remove(id);
              else store.setGuard(null);
            }}
          />
        ) : null}
      </StateContext>
    </ActionsContext>
  );
}
