'use client';
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import { useState } from 'react';
import { LabeledInput } from '#app/_components/LabeledInput.tsx';
import { FITTING_TYPES } from '#elements/connection/type-fit.ts';
import type { VariableRow } from '#lib/http/api.ts';
import type { BindingRequest } from '../binding.ts';

/** The variables whose type fits the field. */
export function PickVariable({ binding, variables }: { binding: BindingRequest; variables: VariableRow[] }) {
  const [text, setText] = useState('');
  const fitting = variables.filter(
    ({ key, definition }) =>
      FITTING_TYPES[binding.field.kind].includes(definition.type) &&
      `${key} ${definition.name ?? ''}`.toLowerCase().includes(text.toLowerCase()),
  );
  return (
    <>
      <LabeledInput label="Find" autoFocus value={text} onChange={(event) => setText(event.target.value)} />
      {fitting.length === 0 ? (
        <Box sx={{ color: 'text.secondary' }}>
          No {FITTING_TYPES[binding.field.kind].join(' or ')} variable {text ? 'is called that' : 'is there yet'}. Make
          a new one.
        </Box>
      ) : null}
      <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 1 }}>
        {fitting.map(({ key, definition, usedBy }) => (
          <li key={key}>
            <ButtonBase
              onClick={() => binding.bind(key)}
              aria-pressed={key === binding.current}
              sx={{
                display: 'block',
                width: '100%',
                textAlign: 'left',
                p: 2,
                border: 1,
                borderColor: key === binding.current ? 'primary.main' : 'divider',
                borderRadius: '6px',
                '&:hover': { bgcolor: 'surface.hover' },
              }}
            >
              <Box component="code" sx={{ overflowWrap: 'anywhere' }}>
                {key}
              </Box>
              <Box sx={{ color: 'text.secondary', fontSize: 12 }}>
                {definition.name ? `${definition.name} · ` : ''}
                {definition.type} · {usedBy.length === 0 ? 'unused' : `used by ${usedBy.length}`}
              </Box>
            </ButtonBase>
          </li>
        ))}
      </Box>
    </>
  );
}
