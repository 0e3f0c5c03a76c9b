'use client';
import MenuItem from '@mui/material/MenuItem';
import OutlinedInput from '@mui/material/OutlinedInput';
import Select from '@mui/material/Select';
import Switch from '@mui/material/Switch';
import type { ReactNode, Ref } from 'react';
import type { FieldDefinition, FieldValue } from '../fields.ts';
import { parsed } from './form-values.ts';

type Props = {
  id: string;
  field: FieldDefinition;
  value: Exclude<FieldValue, object>;
  disabled: boolean;
  invalid: boolean;
  onChange: (value: FieldValue) => void;
  onBlur: () => void;
  inputRef: Ref<HTMLInputElement>;
  /** at the input's end */
  picker?: ReactNode;
};

/** The input of a literal, by the field's kind. */
export function LiteralInput({ id, field, value, disabled, invalid, onChange, onBlur, inputRef, picker }: Props) {
  const described = { 'aria-describedby': `${id}-below`, 'aria-invalid': invalid, 'aria-required': !field.optional };
  if (field.kind === 'boolean') {
    return (
      <Switch
        checked={value === '' ? field.default === true : value === true}
        disabled={disabled}
        onChange={(_, on) => onChange(on === field.default ? '' : on)}
        onBlur={onBlur}
        slotProps={{ input: { id, ref: inputRef, ...described } }}
        sx={{ my: '3px' }}
      />
    );
  }
  if (field.kind === 'choice') {
    return (
      <Select
        fullWidth
        size="small"
        displayEmpty
        value={String(value)}
        disabled={disabled}
        error={invalid}
        onChange={(event) => onChange(event.target.value)}
        onBlur={onBlur}
        inputRef={inputRef}
        labelId={`${id}-label`}
        SelectDisplayProps={{ id, ...described }}
        renderValue={(chosen) => (chosen === '' ? <em>default</em> : chosen)}
      >
        <MenuItem value="">
          <em>default</em>
        </MenuItem>
        {field.choices?.map((choice) => (
          <MenuItem key={choice.value} value={choice.value} sx={{ display: 'block' }}>
            <div>{choice.label}</div>
            {choice.help ? (
              <div style={{ fontSize: 12, opacity: 0.75, whiteSpace: 'normal', maxWidth: 380 }}>{choice.help}</div>
            ) : null}
          </MenuItem>
        ))}
      </Select>
    );
  }
  const pem = field.kind === 'pem';
  return (
    <OutlinedInput
      id={id}
      fullWidth
      size="small"
      value={String(value)}
      disabled={disabled}
      error={invalid}
      multiline={pem}
      maxRows={8}
      placeholder={
        field.default === undefined
          ? pem
            ? '-----BEGIN CERTIFICATE-----'
            : (field.placeholder ?? '')
          : String(field.default)
      }
      onChange={(event) => onChange(parsed(field, event.target.value))}
      onBlur={onBlur}
      inputRef={inputRef}
      endAdornment={picker}
      slotProps={{
        input: {
          inputMode: field.kind === 'number' ? 'numeric' : 'text',
          autoComplete: 'off',
          spellCheck: false,
          ...described,
        },
      }}
      sx={pem ? { fontFamily: 'var(--mono)', fontSize: 12 } : {}}
    />
  );
}
