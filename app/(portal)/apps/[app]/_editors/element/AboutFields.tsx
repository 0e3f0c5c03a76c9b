'use client';
import Box from '@mui/material/Box';
import OutlinedInput from '@mui/material/OutlinedInput';
import Typography from '@mui/material/Typography';
import { Controller } from 'react-hook-form';
import { FieldRow } from '#elements/connection/ui/FieldRow.tsx';
import { inputId, useFieldHost } from '#elements/connection/ui/field-host.ts';
import type { FormValues } from '#elements/connection/ui/form-values.ts';

/** Title and description: what stands in e.json. */
export function AboutFields() {
  const { formId, readOnly } = useFieldHost();
  return (
    <Box sx={{ borderTop: 1, borderColor: 'divider', py: 3, display: 'grid', gap: 3.5 }}>
      <Typography variant="h3" component="h2">
        About
      </Typography>
      {(['title', 'description'] as const).map((name) => (
        <Controller<FormValues, typeof name>
          key={name}
          name={name}
          render={({ field: { ref, ...field } }) => (
            <FieldRow
              id={inputId(formId, name)}
              label={name === 'title' ? 'Title' : 'Description'}
              optional
              control={
                <OutlinedInput
                  {...field}
                  id={inputId(formId, name)}
                  fullWidth
                  inputRef={ref}
                  multiline={name === 'description'}
                  disabled={readOnly}
                />
              }
            />
          )}
        />
      ))}
    </Box>
  );
}
