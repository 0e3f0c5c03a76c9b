'use client';
import CloseIcon from '@mui/icons-material/Close';
import Box from '@mui/material/Box';
import Drawer from '@mui/material/Drawer';
import IconButton from '@mui/material/IconButton';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import useMediaQuery from '@mui/material/useMediaQuery';
import { HistoryPanel } from './panel/HistoryPanel.tsx';
import { UsedByPanel } from './panel/UsedByPanel.tsx';
import { VariablePanel } from './panel/VariablePanel.tsx';
import { parseView } from './view.ts';
import { useWorkbench, useWorkbenchState } from './workbench-context.ts';
import type { PanelTab } from './workbench-context.ts';

const TABS: { tab: PanelTab; label: string }[] = [
  { tab: 'variable', label: 'Variable' },
  { tab: 'used', label: 'Where used' },
  { tab: 'history', label: 'History' },
];

/** Beside the editor: the variable behind a field, who uses the element, what it was. A drawer on narrow screens. */
export function SidePanel() {
  const { showPanel, closePanel } = useWorkbench();
  const { panel, view } = useWorkbenchState();
  const wide = useMediaQuery((theme) => theme.breakpoints.up('lg'), { noSsr: true });
  const { fullName, draftType } = parseView(view);
  const saved = draftType === null ? fullName : null;
  const content = (
    <Box
      component="aside"
      aria-label="Side panel"
      sx={{
        width: { xs: '100vw', sm: 340 },
        maxWidth: '100vw',
        height: '100%',
        display: 'flex',
        flexDirection: 'column',
        bgcolor: 'background.paper',
      }}
    >
      <Box sx={{ display: 'flex', alignItems: 'center', borderBottom: 1, borderColor: 'divider', height: 36 }}>
        <Tabs
          value={panel.tab}
          onChange={(_, tab: PanelTab) => showPanel(tab, panel.binding ?? undefined)}
          aria-label="Side panel"
          sx={{ flex: 1 }}
        >
          {TABS.map(({ tab, label }) => (
            <Tab key={tab} value={tab} label={label} id={`side-${tab}`} aria-controls="side-panel" />
          ))}
        </Tabs>
        <IconButton aria-label="Close the side panel" onClick={closePanel} sx={{ mr: 1 }}>
          <CloseIcon sx={{ fontSize: 16 }} />
        </IconButton>
      </Box>
      <Box
        id="side-panel"
        role="tabpanel"
        aria-labelledby={`side-${panel.tab}`}
        sx={{ flex: 1, overflow: 'auto', p: 4 }}
      >
        {panel.tab === 'variable' ? <VariablePanel binding={panel.binding} /> : null}
        {panel.tab === 'used' ? <UsedByPanel fullName={saved} /> : null}
        {panel.tab === 'history' ? <HistoryPanel fullName={saved} /> : null}
      </Box>
    </Box>
  );
  if (wide) return <Box sx={{ borderLeft: 1, borderColor: 'divider', flex: 'none' }}>{content}</Box>;
  return (
    <Drawer anchor="right" open onClose={closePanel}>
      {content}
    </Drawer>
  );
}
