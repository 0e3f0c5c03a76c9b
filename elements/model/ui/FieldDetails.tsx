'use client';
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import Popover from '@mui/material/Popover';
import { useState } from 'react';
import { CellInput } from './CellInput.tsx';
import { cellStyle, monoCell } from './cell-style.ts';
import type { FieldDraft } from './model-draft.ts';

type Props = {
  field: FieldDraft;
  called: string;
  disabled: boolean;
  onSet: (change: Partial<FieldDraft>) => void;
  onReference: () => void;
};

/** What a type needs besides its name: a length, digits, options, a target. */
export function FieldDetails({ field, called, disabled, onSet, onReference }: Props) {
  switch (field.type) {
    case 'text':
      return (
        <CellInput
          label={`Length of ${called}`}
          mono
          inputMode="numeric"
          placeholder="length"
          value={field.length}
          disabled={disabled}
          onText={(length) => onSet({ length })}
        />
      );
    case 'decimal':
      return (
        <Box sx={{ display: 'flex', gap: 1 }}>
          <CellInput
            label={`Precision of ${called}`}
            mono
            inputMode="numeric"
            title="digits in all"
            value={field.precision}
            disabled={disabled}
            onText={(precision) => onSet({ precision })}
          />
          <CellInput
            label={`Scale of ${called}`}
            mono
            inputMode="numeric"
            title="digits after the point"
            value={field.scale}
            disabled={disabled}
            onText={(scale) => onSet({ scale })}
          />
        </Box>
      );
    case 'native':
      return (
        <CellInput
          label={`Native type of ${called}`}
          mono
          placeholder="inet"
          value={field.native}
          disabled={disabled}
          onText={(native) => onSet({ native })}
        />
      );
    case 'choice':
      return <Options field={field} called={called} disabled={disabled} onSet={onSet} />;
    case 'reference':
      return (
        <ButtonBase
          disabled={disabled}
          aria-label={`Target of ${called}: ${field.model ? targetOf(field) : 'none'}. Choose`}
          aria-haspopup="dialog"
          onClick={onReference}
          sx={{ ...monoCell, justifyContent: 'flex-start', overflow: 'hidden', whiteSpace: 'nowrap' }}
        >
          → {field.model ? targetOf(field) : 'choose a model'}
        </ButtonBase>
      );
    default:
      return (
        <Box aria-hidden sx={{ height: 30, pt: '5px', px: 1.5, color: 'text.disabled' }}>
          –
        </Box>
      );
  }
}

const targetOf = ({ model, to }: FieldDraft): string => `${model.split('.').at(-1)}${to ? `.${to}` : ''}`;

function Options({ field, called, disabled, onSet }: Omit<Props, 'onReference'>) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const options = field.options.split('\n').filter((option) => option !== '');
  return (
    <>
      <ButtonBase
        disabled={disabled}
        aria-label={`Options of ${called}: ${options.length === 0 ? 'none' : options.join(', ')}. Edit`}
        aria-haspopup="dialog"
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={{
          ...cellStyle,
          display: 'block',
          textAlign: 'left',
          overflow: 'hidden',
          textOverflow: 'ellipsis',
          whiteSpace: 'nowrap',
        }}
      >
        {options.length === 0 ? 'add options' : options.join(', ')}
      </ButtonBase>
      <Popover
        open={anchor !== null}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
        slotProps={{ paper: { role: 'dialog', 'aria-label': `Options of ${called}`, sx: { p: 3, width: 260 } } }}
      >
        <Box component="label" sx={{ display: 'grid', gap: 1 }}>
          Options, one a line
          <Box
            component="textarea"
            autoFocus
            rows={6}
            value={field.options}
            onChange={(event) => onSet({ options: event.target.value })}
            sx={{ ...monoCell, height: 'auto', py: 1.5, resize: 'vertical' }}
          />
        </Box>
      </Popover>
    </>
  );
}
