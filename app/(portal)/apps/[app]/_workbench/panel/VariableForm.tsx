'use client';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormHelperText from '@mui/material/FormHelperText';
import { useState } from 'react';
import { LabeledInput } from '#app/_components/LabeledInput.tsx';
import { request } from '#app/_components/request.ts';
import { messageOf, useToasts } from '#app/_components/Toasts.tsx';
import type { VariableRow } from '#lib/http/api.ts';
import { variablePath } from '../../_data/paths.ts';
import { useRefresh } from '../../_data/use-app-data.ts';
import type { BindingRequest } from '../binding.ts';
import { useWorkbench } from '../workbench-context.ts';
import { draftOf, faultsOf, requestOf } from './variable-draft.ts';
import type { VariableDraft } from './variable-draft.ts';

type Props = { binding: BindingRequest; existing: VariableRow | undefined; all: VariableRow[] };

/** The inputs of product.md section 3; saving makes the field refer to the variable. */
export function VariableForm({ binding, existing, all }: Props) {
  const { app, mayEdit } = useWorkbench();
  const refresh = useRefresh(app);
  const { say } = useToasts();
  const [draft, setDraft] = useState<VariableDraft>(() => draftOf(binding, existing));
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const faults = faultsOf(draft, binding.field, existing ? [] : all.map((variable) => variable.key));
  const errorOf = (name: keyof VariableDraft) => (shown ? faults[name] : undefined);
  const set = <K extends keyof VariableDraft>(name: K, value: VariableDraft[K]) =>
    setDraft((now) => ({ ...now, [name]: value }));
  const isSecret = draft.type === 'secret';
  const development = existing?.cells.development;

  const save = async () => {
    setShown(true);
    if (Object.keys(faults).length > 0) return;
    setBusy(true);
    setFailure(null);
    try {
      await request(variablePath(app, draft.key), { method: 'PUT', body: requestOf(draft) });
      binding.bind(draft.key);
      await refresh();
      say(
        existing ? `${draft.key} is saved.` : `${binding.field.label} uses ${draft.key}. Save the element to keep it.`,
      );
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Box
      component="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      sx={{ display: 'grid', gap: 4 }}
    >
      <LabeledInput
        label="Name"
        value={draft.name}
        onChange={(event) => set('name', event.target.value)}
        disabled={!mayEdit}
      />
      <LabeledInput
        label="Key"
        mono
        value={draft.key}
        readOnly={existing !== undefined}
        onChange={(event) => set('key', event.target.value.toUpperCase())}
        error={errorOf('key')}
        help={existing ? 'Stands in the source; it does not change.' : 'Capital letters, digits and _.'}
        disabled={!mayEdit}
      />
      {isSecret ? null : (
        <LabeledInput
          label="Default value"
          value={draft.defaultValue}
          onChange={(event) => set('defaultValue', event.target.value)}
          error={errorOf('defaultValue')}
          help="Used where an environment sets nothing, unless the variable is required."
          multiline={draft.type === 'file'}
          disabled={!mayEdit}
        />
      )}
      <LabeledInput
        label="Description"
        value={draft.description}
        onChange={(event) => set('description', event.target.value)}
        multiline
        disabled={!mayEdit}
      />
      <LabeledInput
        label="Value in current application"
        value={draft.value}
        type={isSecret && !draft.value.includes('\n') ? 'password' : 'text'}
        autoComplete={isSecret ? 'new-password' : 'off'}
        multiline={draft.type === 'file'}
        onChange={(event) => set('value', event.target.value)}
        error={errorOf('value')}
        placeholder={isSecret && development?.state === 'set' ? '•••••••• set; type to replace' : ''}
        help={`The value in development.${isSecret ? ' It is kept sealed and never shown again.' : ''}`}
        disabled={!mayEdit}
      />
      <Box>
        <FormControlLabel
          control={
            <Checkbox
              checked={draft.required}
              disabled={!mayEdit}
              onChange={(event) => set('required', event.target.checked)}
            />
          }
          label="Required"
        />
        <FormHelperText sx={{ mt: 0, ml: 7 }}>
          Each environment but development must set it before a deploy.
        </FormHelperText>
        <FormControlLabel control={<Checkbox checked={isSecret} disabled />} label="Secret" />
        <FormHelperText sx={{ mt: 0, ml: 7 }}>
          {isSecret
            ? 'This field takes only a secret, and a secret stands nowhere else.'
            : 'A secret stands only in passwords and keys; this field is neither.'}
        </FormHelperText>
      </Box>
      {failure ? (
        <Alert severity="error" role="alert">
          {messageOf(failure)}
        </Alert>
      ) : null}
      {mayEdit ? (
        <Button type="submit" variant="contained" loading={busy}>
          {existing ? 'Save the variable' : 'Use this variable'}
        </Button>
      ) : null}
    </Box>
  );
}
