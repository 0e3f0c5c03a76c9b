'use client';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import Tooltip from '@mui/material/Tooltip';
import { Status } from '#app/_components/Status.tsx';
import { useWorkbench } from '../../_workbench/workbench-context.ts';

export const MODEL_TABS = ['fields', 'indexes', 'sql', 'rows', 'api', 'source'] as const;
export type ModelTab = (typeof MODEL_TABS)[number];

const TITLES: Record<ModelTab, string> = {
  fields: 'Fields',
  indexes: 'Indexes',
  sql: 'SQL',
  rows: 'Rows',
  api: 'API',
  source: 'Source',
};

type Props = {
  fullName: string;
  isNew: boolean;
  dirty: boolean;
  saving: boolean;
  tab: ModelTab;
  wrong: Partial<Record<ModelTab, boolean>>;
  onTab: (tab: ModelTab) => void;
  onSave: () => void;
};

/** Name, tabs and save. Stays in sight while the rest scrolls. */
export function ModelHeader({ fullName, isNew, dirty, saving, tab, wrong, onTab, onSave }: Props) {
  const { mayEdit } = useWorkbench();
  const shown = MODEL_TABS.filter((each) => each !== 'sql' || mayEdit);
  return (
    <Box
      sx={{
        position: 'sticky',
        top: 0,
        zIndex: 3,
        bgcolor: 'background.paper',
        borderBottom: 1,
        borderColor: 'divider',
        pt: 2.5,
      }}
    >
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 2, px: { xs: 4, sm: 5 } }}>
        <Box sx={{ flex: '1 1 160px', minWidth: 0 }}>
          <Box
            component="h1"
            sx={{ m: 0, fontSize: 14, lineHeight: '18px', fontWeight: 620, overflowWrap: 'anywhere' }}
          >
            {fullName.split('.').at(-1)}
          </Box>
          <Box sx={{ fontSize: 12, lineHeight: '16px', color: 'text.secondary', overflowWrap: 'anywhere' }}>
            Model{isNew ? ', not saved yet' : ''} · <code>{fullName}</code>
          </Box>
        </Box>
        {mayEdit ? (
          <Tooltip title="Ctrl S">
            <span>
              <Button variant="contained" onClick={onSave} loading={saving} disabled={!dirty}>
                Save
              </Button>
            </span>
          </Tooltip>
        ) : null}
      </Box>
      <Tabs
        value={tab}
        onChange={(_, next: ModelTab) => onTab(next)}
        aria-label={`Parts of ${fullName}`}
        variant="scrollable"
        scrollButtons={false}
        sx={{ px: { xs: 2, sm: 3 } }}
      >
        {shown.map((each) => (
          <Tab
            key={each}
            value={each}
            aria-controls={each === tab ? `${fullName}-${each}` : undefined}
            label={
              wrong[each] ? (
                <Status kind="failed" size={14}>
                  {TITLES[each]}
                  <span className="visually-hidden">, something is wrong</span>
                </Status>
              ) : (
                TITLES[each]
              )
            }
          />
        ))}
      </Tabs>
    </Box>
  );
}
