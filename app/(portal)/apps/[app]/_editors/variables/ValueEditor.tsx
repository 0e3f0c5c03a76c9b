'use client';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import OutlinedInput from '@mui/material/OutlinedInput';
import { useState } from 'react';
import { request } from '#app/_components/request.ts';
import { messageOf, useToasts } from '#app/_components/Toasts.tsx';
import type { VariableCell, VariableRow } from '#lib/http/api.ts';
import { environmentPath } from '../../_data/paths.ts';
import { useRefresh } from '../../_data/use-app-data.ts';
import { useWorkbench } from '../../_workbench/workbench-context.ts';
import { refusalOf } from './set-refusal.ts';

type Props = { variable: VariableRow; environment: string; cell: VariableCell; onDone: () => void };

/** Edits a value where it stands: Enter sets it, Escape leaves it. A secret is only ever written. */
export function ValueEditor({ variable, environment, cell, onDone }: Props) {
  const { app } = useWorkbench();
  const refresh = useRefresh(app);
  const { say } = useToasts();
  const { type } = variable.definition;
  const [text, setText] = useState(cell.state === 'set' && cell.value !== null ? String(cell.value) : '');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const refusal = refusalOf(failure);

  const act = async (work: () => Promise<unknown>, said: string) => {
    setBusy(true);
    setFailure(null);
    try {
      await work();
      await refresh();
      say(said);
      onDone();
    } catch (error) {
      setFailure(error);
      setBusy(false);
    }
  };
  const path = `${environmentPath(app, environment)}/values`;
  const set = (options: { force?: boolean; confirmTargets?: boolean } = {}) =>
    act(
      () => request(path, { method: 'PUT', body: { values: { [variable.key]: text }, ...options } }),
      `${variable.key} is set in ${environment}.`,
    );
  const unset = () =>
    act(
      () => request(`${path}/${encodeURIComponent(variable.key)}?confirm=true`, { method: 'DELETE' }),
      `${variable.key} is no longer set in ${environment}.`,
    );

  return (
    <Box
      component="form"
      onSubmit={(event) => {
        event.preventDefault();
        void set();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onDone();
        if (event.key === 'Enter' && type === 'secret' && !event.shiftKey) {
          event.preventDefault();
          void set();
        }
      }}
      sx={{ minWidth: 200, maxWidth: 280, display: 'grid', gap: 1.5 }}
    >
      <OutlinedInput
        autoFocus
        value={text}
        disabled={busy}
        onChange={(event) => setText(event.target.value)}
        type={type === 'secret' && !text.includes('\n') ? 'password' : 'text'}
        multiline={type === 'file'}
        maxRows={8}
        placeholder={type === 'secret' ? 'New value' : type === 'boolean' ? 'true or false' : ''}
        error={failure !== null}
        slotProps={{
          input: {
            'aria-label': `${variable.key} in ${environment}`,
            autoComplete: type === 'secret' ? 'new-password' : 'off',
            inputMode: type === 'number' ? 'numeric' : 'text',
            spellCheck: false,
          },
        }}
        sx={{ fontFamily: 'var(--mono)', fontSize: 12.5 }}
      />
      {failure ? (
        <Box role="alert" sx={{ color: 'error.main', fontSize: 12, overflowWrap: 'anywhere' }}>
          {messageOf(failure)}
        </Box>
      ) : null}
      <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
        {refusal ? (
          <Button variant="contained" color="warning" disabled={busy} onClick={() => void set(refusal.options)}>
            {refusal.label}
          </Button>
        ) : (
          <Button type="submit" variant="contained" loading={busy} disabled={type === 'secret' && text === ''}>
            Set
          </Button>
        )}
        {cell.state === 'set' ? (
          <Button color="error" disabled={busy} onClick={() => void unset()}>
            Unset
          </Button>
        ) : null}
        <Button color="inherit" disabled={busy} onClick={onDone}>
          Cancel
        </Button>
      </Box>
    </Box>
  );
}
