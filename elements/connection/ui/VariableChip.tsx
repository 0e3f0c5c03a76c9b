'use client';
import ButtonBase from '@mui/material/ButtonBase';
import type { Ref } from 'react';

type Props = { id: string; label: string; variable: string; onOpen: () => void; buttonRef?: Ref<HTMLButtonElement> };

/** `{{ KEY }}` in the place of the input: opens the variable in the side panel. */
export function VariableChip({ id, label, variable, onOpen, buttonRef }: Props) {
  return (
    <ButtonBase
      id={id}
      {...(buttonRef ? { ref: buttonRef } : {})}
      aria-label={`${label}: variable ${variable}`}
      aria-describedby={`${id}-below`}
      onClick={onOpen}
      sx={{
        width: '100%',
        minHeight: 32,
        px: 2.5,
        justifyContent: 'flex-start',
        textAlign: 'left',
        fontFamily: 'var(--mono)',
        fontSize: 12.5,
        color: 'primary.main',
        bgcolor: 'surface.selected',
        border: '1px solid color-mix(in srgb, var(--mui-palette-primary-main) 35%, transparent)',
        borderRadius: '6px',
        overflowWrap: 'anywhere',
        '&:hover': { borderColor: 'primary.main' },
      }}
    >
      {`{{ ${variable} }}`}
    </ButtonBase>
  );
}
