'use client';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { request } from '#app/_components/request.ts';
import { useToasts } from '#app/_components/Toasts.tsx';
import type { Reason } from '#lib/core/errors.ts';
import { appPath } from '../../_data/paths.ts';
import { useOverview } from '../../_data/use-app-data.ts';
import { useWorkbench } from '../../_workbench/workbench-context.ts';
import { fieldSearch } from './field-search.ts';

/** What *Create* makes, by the cause that asks for it. */
const CREATES: Record<string, 'database' | 'schema' | 'file'> = {
  'unknown-database': 'database',
  'unknown-schema': 'schema',
  'missing-file': 'file',
};

type Props = { reason: Reason; environment: string; onConfirmTargets: () => void };

/** The buttons that mend a reason, or lead to where it is mended. */
export function ReasonActions({ reason, environment, onConfirmTargets }: Props) {
  const { app, open, mayEdit } = useWorkbench();
  const { data } = useOverview(app);
  const { say, fail } = useToasts();
  const [busy, setBusy] = useState(false);
  const [created, setCreated] = useState(false);
  const { element, field, variable, code } = reason;
  const known = element !== undefined && data?.elements.some((each) => each.fullName === element);
  const what = CREATES[code];

  const create = async () => {
    setBusy(true);
    try {
      const made = await request<{ created: string }>(`${appPath(app)}/databases/create`, {
        body: { element, what, environment },
      });
      setCreated(true);
      say(`The ${what} ${made.created} is there now. Deploy again.`);
    } catch (error) {
      fail(error);
    }
    setBusy(false);
  };

  return (
    <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
      {what && mayEdit && known ? (
        <Button variant="outlined" loading={busy} disabled={created} onClick={() => void create()}>
          Create the {what}
        </Button>
      ) : null}
      {code === 'secret-target' ? (
        <Button variant="outlined" onClick={onConfirmTargets}>
          Confirm target
        </Button>
      ) : null}
      {code === 'undefined-variable' && variable ? (
        <Button variant="outlined" color="inherit" onClick={() => open('variables', `?find=${variable}`)}>
          Open variables
        </Button>
      ) : null}
      {known ? (
        <Button
          variant="outlined"
          color="inherit"
          aria-label={`${wordFor(element, field)} ${element}${field ? ` ${field}` : ''}`}
          onClick={() => open(element, fieldSearch(field))}
        >
          {wordFor(element, field)}
        </Button>
      ) : null}
    </Box>
  );
}

function wordFor(element: string, field: string | undefined): string {
  if (element.startsWith('models.')) return 'Open model';
  return field ? 'Open field' : 'Open element';
}
