'use client';
import { useEffect, useRef, useState } from 'react';
import { useController } from 'react-hook-form';
import { isReference } from '../fields.ts';
import type { FieldDefinition, FieldValue } from '../fields.ts';
import { CertificateLines } from './CertificateLines.tsx';
import { inputId, useFieldHost } from './field-host.ts';
import { FieldRow } from './FieldRow.tsx';
import { slot } from './form-values.ts';
import type { FormValues } from './form-values.ts';
import { LiteralInput } from './LiteralInput.tsx';
import { NamePicker } from './NamePicker.tsx';
import { SecretField } from './SecretField.tsx';
import { UploadPem } from './UploadPem.tsx';
import { VariableChip } from './VariableChip.tsx';
import { VariableToggle } from './VariableToggle.tsx';

/** One field: a literal or a variable, switched by the toggle at its end. */
export function BindableField({ field }: { field: FieldDefinition }) {
  return field.kind === 'secret' ? <SecretField field={field} /> : <OpenField field={field} />;
}

function OpenField({ field }: { field: FieldDefinition }) {
  const host = useFieldHost();
  const id = inputId(host.formId, field.name);
  const { field: input, fieldState } = useController<FormValues, `fields.${string}`>({
    name: `fields.${slot(field.name)}`,
  });
  const value = input.value as FieldValue;
  const key = isReference(value) ? value.$env : null;
  /** what stood here before the variable, for the way back */
  const literal = useRef<Exclude<FieldValue, object>>('');
  useEffect(() => {
    if (!isReference(value)) literal.current = value;
  }, [value]);
  const choose = () =>
    host.chooseVariable(field, {
      current: key,
      literal: isReference(value) || value === '' ? null : value,
      bind: (chosen) => input.onChange({ $env: chosen }),
    });
  const [refused, setRefused] = useState<string | null>(null);
  const chosen = field.choices?.find((choice) => choice.value === value);
  const load = host.namesOf?.(field.name);
  const error = refused ?? fieldState.error?.message ?? host.blamed[field.name];
  return (
    <FieldRow
      id={id}
      label={field.label}
      optional={field.optional || field.default !== undefined}
      error={error}
      help={chosen?.help ?? field.help}
      below={
        <>
          {key === null ? null : (
            <host.Provenance variable={key} optional={field.optional || field.default !== undefined} />
          )}
          {field.kind === 'pem' && key === null ? (
            <UploadPem
              label={field.label}
              kind="certificate"
              disabled={host.readOnly}
              onText={(pem) => {
                setRefused(null);
                input.onChange(pem);
              }}
              onRefused={setRefused}
            />
          ) : null}
          <CertificateLines field={field.name} />
        </>
      }
      toggle={
        <VariableToggle
          label={field.label}
          pressed={key !== null}
          disabled={host.readOnly}
          onPress={() => {
            if (key === null) return choose();
            input.onChange(literal.current);
            host.releaseVariable();
          }}
        />
      }
      control={
        isReference(value) ? (
          <VariableChip id={id} label={field.label} variable={value.$env} onOpen={choose} buttonRef={input.ref} />
        ) : (
          <LiteralInput
            id={id}
            field={field}
            value={value}
            disabled={host.readOnly}
            invalid={Boolean(error)}
            onChange={(next) => {
              setRefused(null);
              input.onChange(next);
            }}
            onBlur={input.onBlur}
            inputRef={input.ref}
            picker={
              load ? (
                <NamePicker label={field.label} value={String(value)} load={load} onChoose={input.onChange} />
              ) : null
            }
          />
        )
      }
    />
  );
}
