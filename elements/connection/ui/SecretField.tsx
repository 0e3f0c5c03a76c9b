'use client';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import OutlinedInput from '@mui/material/OutlinedInput';
import { useState } from 'react';
import { useController } from 'react-hook-form';
import { isReference } from '../fields.ts';
import type { FieldDefinition } from '../fields.ts';
import { CertificateLines } from './CertificateLines.tsx';
import { inputId, useFieldHost } from './field-host.ts';
import { FieldRow } from './FieldRow.tsx';
import { slot } from './form-values.ts';
import type { FormValues, TypedSecret } from './form-values.ts';
import { UploadPem } from './UploadPem.tsx';
import { VariableChip } from './VariableChip.tsx';
import { VariableToggle } from './VariableToggle.tsx';

/**
 * A secret always is a variable (product.md section 2). Typing one makes the variable on save, under a key that can be
 * changed here (rule 3.5); the toggle picks another.
 */
export function SecretField({ field }: { field: FieldDefinition }) {
  const host = useFieldHost();
  const id = inputId(host.formId, field.name);
  const { field: reference, fieldState } = useController<FormValues, `fields.${string}`>({
    name: `fields.${slot(field.name)}`,
  });
  const { field: typed } = useController<FormValues, `secrets.${string}`>({ name: `secrets.${slot(field.name)}` });
  const key = isReference(reference.value) ? reference.value.$env : null;
  const secret = (typed.value ?? null) as TypedSecret | null;
  const choose = () =>
    host.chooseVariable(field, {
      current: key,
      literal: null,
      bind: (chosen) => {
        typed.onChange(null);
        reference.onChange({ $env: chosen });
      },
    });
  const begin = (text: string) => {
    setRefused(null);
    typed.onChange({ key: secret?.key ?? key ?? host.proposedKey(field.name), text });
  };
  const [refused, setRefused] = useState<string | null>(null);
  const error = refused ?? fieldState.error?.message ?? host.blamed[field.name];
  const isFile = field.name.endsWith('.key');
  const showsChip = key !== null && secret === null;
  return (
    <FieldRow
      id={id}
      label={field.label}
      optional={field.optional}
      error={error}
      help={showsChip ? null : field.help}
      toggle={
        <VariableToggle
          label={field.label}
          pressed={key !== null || secret !== null}
          disabled={host.readOnly}
          title="A secret is always kept as a variable. Choose which."
          onPress={choose}
        />
      }
      below={
        <>
          {secret?.text ? (
            <KeyOfSecret
              id={id}
              field={field}
              secret={secret}
              fixed={key !== null}
              onKey={(next) => typed.onChange({ ...secret, key: next })}
            />
          ) : null}
          {key === null ? null : <host.Provenance variable={key} optional={field.optional} />}
          {isFile && !showsChip ? (
            <UploadPem label={field.label} kind="key" disabled={host.readOnly} onText={begin} onRefused={setRefused} />
          ) : null}
          <CertificateLines field={field.name} />
        </>
      }
      control={
        showsChip ? (
          <Box sx={{ display: 'flex', gap: 2 }}>
            <Box sx={{ flex: 1, minWidth: 0 }}>
              <VariableChip id={id} label={field.label} variable={key} onOpen={choose} buttonRef={reference.ref} />
            </Box>
            {host.readOnly ? null : (
              <Button
                color="inherit"
                variant="outlined"
                aria-label={`Enter again: ${field.label}`}
                onClick={() => begin('')}
              >
                Enter again
              </Button>
            )}
          </Box>
        ) : (
          <OutlinedInput
            id={id}
            fullWidth
            size="small"
            type={isFile ? 'text' : 'password'}
            multiline={isFile}
            maxRows={6}
            // it takes the place of the button that was pressed
            autoFocus={secret !== null}
            value={secret?.text ?? ''}
            disabled={host.readOnly}
            error={Boolean(error)}
            onChange={(event) =>
              event.target.value === '' && key === null ? typed.onChange(null) : begin(event.target.value)
            }
            onBlur={typed.onBlur}
            inputRef={reference.ref}
            slotProps={{
              input: {
                autoComplete: 'new-password',
                spellCheck: false,
                'aria-describedby': `${id}-below`,
                'aria-required': !field.optional,
              },
            }}
            sx={isFile ? { fontFamily: 'var(--mono)', fontSize: 12 } : {}}
            {...(key === null
              ? {}
              : {
                  endAdornment: (
                    <Button color="inherit" onClick={() => typed.onChange(null)}>
                      Keep the old one
                    </Button>
                  ),
                })}
          />
        )
      }
    />
  );
}

type KeyProps = {
  id: string;
  field: FieldDefinition;
  secret: TypedSecret;
  fixed: boolean;
  onKey: (key: string) => void;
};

function KeyOfSecret({ id, field, secret, fixed, onKey }: KeyProps) {
  return (
    <Box sx={{ display: 'flex', gap: 1.5, alignItems: 'center', flexWrap: 'wrap' }}>
      <label htmlFor={`${id}-key`}>{fixed ? 'Saving sets' : 'Saved as'}</label>
      <Box
        component="input"
        id={`${id}-key`}
        aria-label={`Key of the variable for ${field.label}`}
        value={secret.key}
        readOnly={fixed}
        onChange={(event) => onKey(event.target.value.toUpperCase())}
        sx={{
          font: 'inherit',
          fontFamily: 'var(--mono)',
          color: 'text.primary',
          bgcolor: 'transparent',
          border: '1px solid',
          borderColor: fixed ? 'transparent' : 'divider',
          borderRadius: '4px',
          px: 1,
          width: `${Math.max(14, secret.key.length + 2)}ch`,
          maxWidth: '100%',
        }}
      />
      <span>in development, sealed</span>
    </Box>
  );
}
