'use client';
import Box from '@mui/material/Box';
import type { ReactNode } from 'react';

type Props = {
  id: string;
  label: string;
  optional?: boolean;
  control: ReactNode;
  toggle?: ReactNode;
  error?: string | undefined;
  help?: ReactNode;
  below?: ReactNode;
};

/** Label on the left, input, toggle at the right end; help, error and provenance below. Stacked where it is narrow. */
export function FieldRow({ id, label, optional = false, control, toggle, error, help, below }: Props) {
  return (
    <Box
      data-field={id}
      sx={{
        display: 'grid',
        gridTemplateColumns: { xs: 'minmax(0, 1fr) auto', sm: '168px minmax(0, 1fr) auto' },
        columnGap: 3,
        rowGap: 0.5,
        alignItems: 'start',
      }}
    >
      <Box
        component="label"
        htmlFor={id}
        id={`${id}-label`}
        sx={{
          gridColumn: { xs: '1 / -1', sm: 'auto' },
          pt: { xs: 0, sm: '7px' },
          lineHeight: '19px',
          fontWeight: 500,
          overflowWrap: 'anywhere',
          // seen, not read: the input says that it is required
          ...(optional ? {} : { '&::after': { content: '" *" / ""', color: 'error.main' } }),
        }}
      >
        {label}
      </Box>
      <Box sx={{ minWidth: 0 }}>{control}</Box>
      <Box sx={{ minWidth: 30 }}>{toggle}</Box>
      <Box
        id={`${id}-below`}
        sx={{
          gridColumn: { xs: '1 / -1', sm: '2 / -1' },
          fontSize: 12,
          lineHeight: '17px',
          color: 'text.secondary',
          display: 'grid',
          gap: 0.5,
          overflowWrap: 'anywhere',
        }}
      >
        {error ? (
          <Box role="alert" sx={{ color: 'error.main' }}>
            {error}
          </Box>
        ) : null}
        {below}
        {help && !error ? <div>{help}</div> : null}
      </Box>
    </Box>
  );
}
