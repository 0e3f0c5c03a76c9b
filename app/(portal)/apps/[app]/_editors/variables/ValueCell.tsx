'use client';
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import { useState } from 'react';
import { Ago } from '#app/_components/Ago.tsx';
import { Status } from '#app/_components/Status.tsx';
import type { VariableCell, VariableRow } from '#lib/http/api.ts';
import { useWorkbench } from '../../_workbench/workbench-context.ts';
import { ValueEditor } from './ValueEditor.tsx';

type Props = { variable: VariableRow; environment: { name: string; protected: boolean } };

const NOTHING: VariableCell = { state: 'unset', value: null, setAt: null, setBy: null, targets: [] };

/** One value: set, default, missing or not set; a press edits it in place. */
export function ValueCell({ variable, environment }: Props) {
  const { me } = useWorkbench();
  const [editing, setEditing] = useState(false);
  const cell = variable.cells[environment.name] ?? NOTHING;
  const may = me.role === 'owner' || (me.role === 'developer' && !environment.protected);
  if (editing)
    return (
      <ValueEditor variable={variable} environment={environment.name} cell={cell} onDone={() => setEditing(false)} />
    );
  return (
    <ButtonBase
      disabled={!may}
      onClick={() => setEditing(true)}
      sx={{
        display: 'block',
        width: '100%',
        minWidth: 120,
        maxWidth: 280,
        textAlign: 'left',
        px: 1.5,
        py: 0.5,
        mx: -1.5,
        borderRadius: '5px',
        overflowWrap: 'anywhere',
        '&:hover': { bgcolor: 'surface.selected' },
        '&.Mui-disabled': { color: 'inherit' },
      }}
    >
      <span className="visually-hidden">
        {variable.key} in {environment.name}:{' '}
      </span>
      <Shown cell={cell} secret={variable.definition.type === 'secret'} />
    </ButtonBase>
  );
}

function Shown({ cell, secret }: { cell: VariableCell; secret: boolean }) {
  if (cell.state === 'missing') return <Status kind="failed">missing</Status>;
  if (cell.state === 'unset') return <Box sx={{ color: 'text.secondary' }}>not set</Box>;
  if (cell.state === 'default') {
    return (
      <Box>
        {String(cell.value)}
        <Box sx={{ color: 'text.secondary', fontSize: 12 }}>default</Box>
      </Box>
    );
  }
  const text = String(cell.value ?? '');
  return (
    <Box>
      {secret || cell.value === null ? (
        <Status kind="ok">set</Status>
      ) : text.length > 60 ? (
        `${text.slice(0, 60)}…`
      ) : (
        text || <em>empty text</em>
      )}
      {cell.setAt ? (
        <Box sx={{ color: 'text.secondary', fontSize: 12 }}>
          <Ago at={cell.setAt} />
          {cell.setBy ? ` by ${cell.setBy.split('@')[0]}` : ''}
        </Box>
      ) : null}
    </Box>
  );
}
