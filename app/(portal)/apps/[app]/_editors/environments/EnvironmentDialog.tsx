'use client';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import { useState } from 'react';
import { FormDialog } from '#app/_components/FormDialog.tsx';
import { LabeledInput } from '#app/_components/LabeledInput.tsx';
import { request } from '#app/_components/request.ts';
import { PLACE_NAME } from '#lib/apps/place-name.ts';
import type { EnvironmentRow } from '#lib/http/api.ts';
import { appPath, environmentPath } from '../../_data/paths.ts';
import { useRefresh } from '../../_data/use-app-data.ts';
import { useWorkbench, useWorkbenchState } from '../../_workbench/workbench-context.ts';

/** Makes an environment, or gives one another name. */
export function EnvironmentDialog({
  environment,
  taken,
  onClose,
}: {
  environment: EnvironmentRow | null;
  taken: string[];
  onClose: () => void;
}) {
  const { app, me, setEnvironment } = useWorkbench();
  const { environment: chosen } = useWorkbenchState();
  const refresh = useRefresh(app);
  const [name, setName] = useState(environment?.name ?? '');
  const [guarded, setGuarded] = useState(false);
  const isTaken = name !== environment?.name && taken.includes(name);
  return (
    <FormDialog
      title={environment ? `Rename ${environment.name}` : 'New environment'}
      submit={environment ? 'Rename' : 'Make the environment'}
      disabled={!PLACE_NAME.test(name) || isTaken || name === environment?.name}
      onClose={onClose}
      onSubmit={async () => {
        if (environment) await request(environmentPath(app, environment.name), { method: 'PATCH', body: { name } });
        else await request(`${appPath(app)}/environments`, { body: { name, ...(guarded ? { protected: true } : {}) } });
        await refresh();
        if (environment?.name === chosen) setEnvironment(name);
      }}
    >
      <LabeledInput
        label="Name"
        mono
        autoFocus
        value={name}
        placeholder="production"
        onChange={(event) => setName(event.target.value)}
        help={
          environment
            ? 'The address of its data API changes with it: whoever uses the old one has to be told.'
            : 'Stands in the address of its data API: small letters, digits and dashes.'
        }
        error={
          isTaken
            ? `${name} is there already.`
            : name !== '' && !PLACE_NAME.test(name)
              ? 'Small letters, digits and dashes are expected, a letter first, at most 63.'
              : undefined
        }
      />
      {environment || me.role !== 'owner' ? null : (
        <FormControlLabel
          control={<Checkbox checked={guarded} onChange={(_, on) => setGuarded(on)} />}
          label="Protected: owners alone set values, deploy and consent"
        />
      )}
    </FormDialog>
  );
}
