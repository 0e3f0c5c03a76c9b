'use client';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import Skeleton from '@mui/material/Skeleton';
import { useState } from 'react';
import { messageOf } from '#app/_components/Toasts.tsx';
import { CellSelect } from '#elements/model/ui/CellInput.tsx';
import { useWorkbench } from '../../_workbench/workbench-context.ts';
import { CommandBlock } from '#app/_components/CommandBlock.tsx';
import { curlRead } from './curl.ts';
import { DeploySection } from './DeploySection.tsx';
import { useDataToken } from './use-data-token.ts';
import { useDeployedModels } from './use-deploy-data.ts';
import { useMayDeploy } from './use-may-deploy.ts';

/** What an environment answers now: its models, with their rows, and a line that reads one of them. */
export function Served({ environment }: { environment: string }) {
  const { app, open } = useWorkbench();
  const { data, error } = useDeployedModels(app, environment);
  if (error && !data) return <Alert severity="error">{messageOf(error)}</Alert>;
  if (!data) return <Skeleton variant="rounded" height={150} />;
  if (data.models.length === 0) return <div>The release has no models yet. Add one, and deploy again.</div>;
  return (
    <>
      <DeploySection title="Models" aside={`served by ${environment}`}>
        <Box
          component="ul"
          sx={{
            m: 0,
            p: 0,
            listStyle: 'none',
            border: 1,
            borderColor: 'divider',
            borderRadius: '8px',
            maxHeight: 320,
            overflow: 'auto',
          }}
        >
          {data.models.map((model) => (
            <Box
              component="li"
              key={model.fullName}
              sx={{
                display: 'flex',
                flexWrap: 'wrap',
                gap: 2,
                alignItems: 'center',
                px: 3,
                py: 1,
                '& + &': { borderTop: '1px solid var(--mui-palette-divider)' },
              }}
            >
              <Box sx={{ fontWeight: 550, flex: '1 1 120px', overflowWrap: 'anywhere' }}>{model.name}</Box>
              <Box component="code" sx={{ color: 'text.secondary', flex: '2 1 160px', overflowWrap: 'anywhere' }}>
                {model.table} on {model.database.replace(/^databases\./, '')}
              </Box>
              <Link
                component="button"
                type="button"
                aria-label={`Rows of ${model.name}`}
                onClick={() => open(model.fullName, '?tab=rows')}
              >
                Rows
              </Link>
            </Box>
          ))}
        </Box>
      </DeploySection>
      <Try environment={environment} models={data.models} />
    </>
  );
}

function Try({
  environment,
  models,
}: {
  environment: string;
  models: NonNullable<ReturnType<typeof useDeployedModels>['data']>['models'];
}) {
  const { app } = useWorkbench();
  const { may } = useMayDeploy(environment);
  const [chosen, setChosen] = useState('');
  const { token, busy, make } = useDataToken(app, environment);
  const model = models.find((each) => each.fullName === chosen) ?? models[0];
  if (!model) return null;
  return (
    <DeploySection title="Read it">
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, alignItems: 'center' }}>
        <span aria-hidden>Model</span>
        <Box sx={{ width: 180 }}>
          <CellSelect
            label="Model"
            value={model.fullName}
            options={Object.fromEntries(models.map((each) => [each.fullName, each.name]))}
            onText={setChosen}
          />
        </Box>
        {may ? (
          <Button variant="outlined" loading={busy === 'read'} onClick={() => void make('read')}>
            {token === null ? 'Make a read token' : 'Make another read token'}
          </Button>
        ) : null}
      </Box>
      <CommandBlock
        label="curl line"
        text={curlRead({ origin: window.location.origin, app, environment, model }, token)}
      />
      <Box role="status" sx={{ fontSize: 12, color: 'text.secondary', minHeight: 17 }}>
        {token === null
          ? 'Each request needs a token of this environment.'
          : 'The token stands in the line. It is shown this once: keep it where secrets belong.'}
      </Box>
    </DeploySection>
  );
}
