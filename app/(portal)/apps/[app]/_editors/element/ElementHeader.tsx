'use client';
import TestIcon from '@mui/icons-material/ElectricalServicesOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import Tooltip from '@mui/material/Tooltip';
import { EngineLogo } from '#elements/database/ui/EngineLogo.tsx';
import type { DatabaseDefinition } from '#elements/database/contract.ts';
import { useWorkbench, useWorkbenchState } from '../../_workbench/workbench-context.ts';
import { EditorBar } from '../EditorBar.tsx';

export type Mode = 'form' | 'source';

type Props = {
  definition: DatabaseDefinition;
  fullName: string;
  isNew: boolean;
  dirty: boolean;
  mode: Mode;
  sourceWrong: boolean;
  testing: boolean;
  saving: boolean;
  onMode: (mode: Mode) => void;
  onTest: () => void;
  onSave: () => void;
};

/** Name and engine on the left; form or source, test and save on the right. Stays in sight while the form scrolls. */
export function ElementHeader({
  definition,
  fullName,
  isNew,
  dirty,
  mode,
  sourceWrong,
  testing,
  saving,
  onMode,
  onTest,
  onSave,
}: Props) {
  const { mayEdit } = useWorkbench();
  const { environment } = useWorkbenchState();
  return (
    <EditorBar>
      <EngineLogo engine={definition.engine} size={20} />
      <Box sx={{ flex: '1 1 160px', minWidth: 0 }}>
        <Box component="h1" sx={{ m: 0, fontSize: 14, lineHeight: '18px', fontWeight: 620, overflowWrap: 'anywhere' }}>
          {fullName.split('.').at(-1)}
        </Box>
        <Box sx={{ fontSize: 12, lineHeight: '16px', color: 'text.secondary', overflowWrap: 'anywhere' }}>
          {definition.title}
          {isNew ? ', not saved yet' : ''} · <code>{fullName}</code>
        </Box>
      </Box>
      <ToggleButtonGroup
        exclusive
        size="small"
        aria-label="View"
        value={mode}
        onChange={(_, next: Mode | null) => next && onMode(next)}
        sx={{ '& button': { textTransform: 'none', py: '3px', px: 2.5 } }}
      >
        <ToggleButton value="form" disabled={sourceWrong}>
          Form
        </ToggleButton>
        <ToggleButton value="source">Source</ToggleButton>
      </ToggleButtonGroup>
      {mayEdit ? (
        <>
          <Tooltip placement="top" title={`With what is on the screen, in ${environment} (Ctrl Enter)`}>
            <Button
              variant="outlined"
              color="inherit"
              startIcon={<TestIcon />}
              onClick={onTest}
              loading={testing}
              loadingPosition="start"
            >
              Test connection
            </Button>
          </Tooltip>
          <Tooltip title="Ctrl S">
            <span>
              <Button variant="contained" onClick={onSave} loading={saving} disabled={!dirty || sourceWrong}>
                Save
              </Button>
            </span>
          </Tooltip>
        </>
      ) : null}
    </EditorBar>
  );
}
