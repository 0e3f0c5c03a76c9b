'use client';
import Box from '@mui/material/Box';
import type { ComponentProps } from 'react';
import { cellStyle, monoCell } from './cell-style.ts';

type InputProps = Omit<ComponentProps<'input'>, 'onChange' | 'ref'> & {
  label: string;
  mono?: boolean;
  onText: (text: string) => void;
};

/** A text in a cell. */
export function CellInput({ label, mono = false, onText, ...input }: InputProps) {
  return (
    <Box
      component="input"
      aria-label={label}
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => onText(event.target.value)}
      sx={mono ? monoCell : cellStyle}
      {...input}
    />
  );
}

type SelectProps = {
  label: string;
  value: string;
  /** value → words */
  options: Record<string, string>;
  disabled?: boolean;
  invalid?: boolean;
  mono?: boolean;
  onText: (value: string) => void;
};

/** A choice in a cell. The browser's own: a table may hold hundreds of them. */
export function CellSelect({
  label,
  value,
  options,
  disabled = false,
  invalid = false,
  mono = false,
  onText,
}: SelectProps) {
  return (
    <Box
      component="select"
      aria-label={label}
      aria-invalid={invalid || undefined}
      value={value}
      disabled={disabled}
      onChange={(event) => onText(event.target.value)}
      sx={mono ? monoCell : cellStyle}
    >
      {value in options ? null : <option value={value}>{value}</option>}
      {Object.entries(options).map(([key, words]) => (
        <option key={key} value={key}>
          {words}
        </option>
      ))}
    </Box>
  );
}

/** Yes or no in a cell. */
export function CellCheck({
  label,
  checked,
  disabled = false,
  onCheck,
}: {
  label: string;
  checked: boolean;
  disabled?: boolean;
  onCheck: (checked: boolean) => void;
}) {
  return (
    <Box
      component="input"
      type="checkbox"
      aria-label={label}
      checked={checked}
      disabled={disabled}
      onChange={(event) => onCheck(event.target.checked)}
      sx={{ width: 16, height: 16, m: '7px', accentColor: 'var(--mui-palette-primary-main)' }}
    />
  );
}
