'use client';
import Box from '@mui/material/Box';
import { memo, Suspense, useMemo, useState } from 'react';
import { Editor } from '../_editors/registry.tsx';
import { Start } from './Start.tsx';
import { TabBar } from './TabBar.tsx';
import { TabContext, useWorkbenchState } from './workbench-context.ts';
import type { View } from './view.ts';

/** Tabs and the editors below them. Every open editor stays mounted, so that switching loses nothing. */
export function EditorArea() {
  const { tabs, view } = useWorkbenchState();
  return (
    <Box
      component="main"
      sx={{ flex: 1, minWidth: 0, display: 'flex', flexDirection: 'column', bgcolor: 'background.paper' }}
    >
      {tabs.length > 0 ? <TabBar /> : null}
      {view === '' ? <Start /> : null}
      {tabs.map((tab) => (
        <TabPanel key={tab.id} id={tab.id} view={tab.view} active={tab.view === view} />
      ))}
    </Box>
  );
}

const TabPanel = memo(function TabPanel({ id, view, active }: { id: string; view: View; active: boolean }) {
  const context = useMemo(() => ({ id, active }), [id, active]);
  // a tab kept over a reload asks for nothing until it is looked at
  const [seen, setSeen] = useState(active);
  if (active && !seen) setSeen(true);
  return (
    <Box
      id={`panel-${id}`}
      role="tabpanel"
      aria-labelledby={id}
      hidden={!active}
      sx={{ flex: 1, minHeight: 0, overflow: 'auto', '&[hidden]': { display: 'none' }, position: 'relative' }}
    >
      <TabContext value={context}>
        <Suspense>{seen ? <Editor view={view} /> : null}</Suspense>
      </TabContext>
    </Box>
  );
});
