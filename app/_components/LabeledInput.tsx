'use client';
import FormControl from '@mui/material/FormControl';
import FormHelperText from '@mui/material/FormHelperText';
import OutlinedInput from '@mui/material/OutlinedInput';
import type { OutlinedInputProps } from '@mui/material/OutlinedInput';
import Typography from '@mui/material/Typography';
import { useId } from 'react';
import type { ReactNode } from 'react';

export type LabeledInputProps = Omit<OutlinedInputProps, 'label' | 'error'> & {
  label: ReactNode;
  help?: ReactNode;
  error?: string | undefined;
  mono?: boolean;
};

/** A text field with its label above and its help or error below, tied together for assistive technology. */
export function LabeledInput({ label, help, error, mono = false, id, slotProps, sx, ...input }: LabeledInputProps) {
  const own = useId();
  const inputId = id ?? own;
  const below = error ?? help;
  return (
    <FormControl fullWidth error={Boolean(error)}>
      <Typography component="label" htmlFor={inputId} variant="body2" sx={{ fontWeight: 550, mb: 1 }}>
        {label}
      </Typography>
      <OutlinedInput
        id={inputId}
        {...input}
        sx={[mono ? { fontFamily: 'var(--mono)' } : {}, ...(Array.isArray(sx) ? sx : [sx ?? {}])]}
        slotProps={{
          ...slotProps,
          input: { ...slotProps?.input, 'aria-describedby': below ? `${inputId}-help` : undefined },
        }}
      />
      {below ? (
        <FormHelperText id={`${inputId}-help`} role={error ? 'alert' : undefined}>
          {below}
        </FormHelperText>
      ) : null}
    </FormControl>
  );
}
