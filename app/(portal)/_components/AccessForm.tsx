'use client';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import { useState } from 'react';
import type { FormEvent, HTMLInputAutoCompleteAttribute } from 'react';
import { LabeledInput } from '#app/_components/LabeledInput.tsx';
import { messageOf } from '#app/_components/Toasts.tsx';

export type AccessField = {
  name: string;
  label: string;
  type?: 'text' | 'email' | 'password';
  help?: string;
  autoComplete: HTMLInputAutoCompleteAttribute;
  initial?: string;
  minLength?: number;
  mono?: boolean;
};

type Props = {
  fields: AccessField[];
  submit: string;
  /** does the work; what it throws is shown above the button */
  onSubmit: (values: Record<string, string>) => Promise<void>;
};

/** A short form before the portal. Works with password managers: real form, names, autocomplete. */
export function AccessForm({ fields, submit, onSubmit }: Props) {
  const [failure, setFailure] = useState<string | null>(null);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const values = Object.fromEntries(fields.map(({ name }) => [name, String(form.get(name) ?? '')]));
    const wrong = Object.fromEntries(fields.flatMap((field) => faultOf(field, values[field.name] ?? '')));
    setErrors(wrong);
    const first = Object.keys(wrong)[0];
    if (first) return event.currentTarget.querySelector<HTMLInputElement>(`[name="${first}"]`)?.focus();
    setBusy(true);
    setFailure(null);
    try {
      await onSubmit(values);
    } catch (error) {
      setFailure(messageOf(error));
      setBusy(false);
    }
  }

  return (
    // sent before the page is alive, a form without a method would put the password into the address
    <Stack component="form" method="post" spacing={4} noValidate onSubmit={send}>
      {fields.map(({ name, label, type = 'text', help, autoComplete, initial, mono }) => (
        <LabeledInput
          key={name}
          name={name}
          label={label}
          type={type}
          help={help}
          error={errors[name]}
          autoComplete={autoComplete}
          defaultValue={initial ?? ''}
          mono={mono ?? false}
        />
      ))}
      {failure ? (
        <Alert severity="error" role="alert">
          {failure}
        </Alert>
      ) : null}
      <Button type="submit" variant="contained" fullWidth loading={busy} sx={{ minHeight: 36 }}>
        {submit}
      </Button>
    </Stack>
  );
}

function faultOf({ name, label, type, minLength }: AccessField, value: string): [string, string][] {
  if (!value.trim()) return [[name, `${label} is empty. Fill it in.`]];
  if (type === 'email' && !/^\S+@\S+\.\S+$/.test(value)) {
    return [[name, 'This is no e-mail address. Write it as name@example.com.']];
  }
  if (minLength && value.length < minLength) {
    return [[name, `${minLength} characters or more are needed; this has ${value.length}.`]];
  }
  return [];
}
