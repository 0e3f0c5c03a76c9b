'use client';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { LabeledInput } from '#app/_components/LabeledInput.tsx';
import { request } from '#app/_components/request.ts';
import { messageOf } from '#app/_components/Toasts.tsx';
import type { VariableRow } from '#lib/http/api.ts';
import { environmentPath } from '../../_data/paths.ts';
import { useRefresh } from '../../_data/use-app-data.ts';
import { useWorkbench } from '../../_workbench/workbench-context.ts';
import { refusalOf } from '../variables/set-refusal.ts';

/** Sets a variable where a deploy says that it is missing; its default, where it has one, is the proposal. */
export function SetValue({ variable, environment }: { variable: VariableRow; environment: string }) {
  const { app } = useWorkbench();
  const refresh = useRefresh(app);
  const { type, default: byDefault, name } = variable.definition;
  const [text, setText] = useState(byDefault === undefined ? '' : String(byDefault));
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const refusal = refusalOf(failure);
  const secret = type === 'secret';

  const set = async (options: { force?: boolean; confirmTargets?: boolean } = {}) => {
    setBusy(true);
    setFailure(null);
    try {
      await request(`${environmentPath(app, environment)}/values`, {
        method: 'PUT',
        body: { values: { [variable.key]: text }, ...options },
      });
      await refresh();
    } catch (error) {
      setFailure(error);
    }
    setBusy(false);
  };

  return (
    <Box
      component="form"
      noValidate
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        void set();
      }}
      sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, alignItems: 'flex-start', mt: 1.5 }}
    >
      <Box sx={{ flex: '1 1 240px', maxWidth: 420 }}>
        <LabeledInput
          mono
          label={
            <>
              {name && name !== variable.key ? name : <code>{variable.key}</code>} in {environment}
            </>
          }
          value={text}
          disabled={busy}
          onChange={(event) => setText(event.target.value)}
          type={secret && !text.includes('\n') ? 'password' : 'text'}
          multiline={type === 'file'}
          maxRows={8}
          placeholder={type === 'boolean' ? 'true or false' : ''}
          autoComplete={secret ? 'new-password' : 'off'}
          error={failure ? messageOf(failure) : undefined}
          help={
            byDefault === undefined ? undefined : 'Proposed from the default. Change it if this place needs another.'
          }
          slotProps={{ input: { spellCheck: false, inputMode: type === 'number' ? 'numeric' : 'text' } }}
        />
      </Box>
      {refusal ? (
        <Button
          variant="contained"
          color="warning"
          loading={busy}
          onClick={() => void set(refusal.options)}
          sx={{ mt: '23px' }}
        >
          {refusal.label}
        </Button>
      ) : (
        <Button
          type="submit"
          variant="contained"
          loading={busy}
          disabled={text === '' && type !== 'text'}
          aria-label={`Set value of ${variable.key}`}
          sx={{ mt: '23px' }}
        >
          Set value
        </Button>
      )}
    </Box>
  );
}
