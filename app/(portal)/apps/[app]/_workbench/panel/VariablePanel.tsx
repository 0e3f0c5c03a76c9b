'use client';
import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useVariables } from '../../_data/use-app-data.ts';
import type { BindingRequest } from '../binding.ts';
import { useWorkbench } from '../workbench-context.ts';
import { PickVariable } from './PickVariable.tsx';
import { VariableForm } from './VariableForm.tsx';

/** Opened by a field's toggle: makes, edits or picks the variable that the field refers to. */
export function VariablePanel({ binding }: { binding: BindingRequest | null }) {
  if (!binding) {
    return (
      <Box sx={{ color: 'text.secondary' }}>
        Press the toggle at the right end of a field to use a variable for it. What the variable holds in each
        environment is then set here and in Variables.
      </Box>
    );
  }
  // another field, or another variable in it, begins afresh
  return <ForField key={`${binding.element} ${binding.field.name} ${binding.current}`} binding={binding} />;
}

function ForField({ binding }: { binding: BindingRequest }) {
  const { app } = useWorkbench();
  const { data } = useVariables(app);
  const [mode, setMode] = useState<'define' | 'pick'>('define');
  const { field, element, current } = binding;
  const existing = data?.variables.find((variable) => variable.key === current);
  return (
    <Box sx={{ display: 'grid', gap: 4 }}>
      <Box>
        <Typography variant="h2">{field.label}</Typography>
        <Box component="code" sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>
          {element}
        </Box>
      </Box>
      <ToggleButtonGroup
        exclusive
        fullWidth
        size="small"
        color="primary"
        aria-label="Which variable"
        value={mode}
        onChange={(_, next: 'define' | 'pick' | null) => next && setMode(next)}
        sx={{
          '& button': { textTransform: 'none', py: 0.5, px: 2, flex: 'auto', fontSize: 12.5, whiteSpace: 'nowrap' },
        }}
      >
        <ToggleButton value="define">{current ? 'This variable' : 'New variable'}</ToggleButton>
        <ToggleButton value="pick">Pick an existing variable</ToggleButton>
      </ToggleButtonGroup>
      {data ? (
        mode === 'define' ? (
          <VariableForm binding={binding} existing={existing} all={data.variables} />
        ) : (
          <PickVariable binding={binding} variables={data.variables} />
        )
      ) : (
        <Skeleton variant="rounded" height={320} />
      )}
    </Box>
  );
}
