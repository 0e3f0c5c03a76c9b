'use client';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import { CopyField } from '#app/_components/CopyField.tsx';
import { messageOf } from '#app/_components/Toasts.tsx';
import { useWorkbench, useWorkbenchState } from '../../_workbench/workbench-context.ts';
import { CommandBlock } from '#app/_components/CommandBlock.tsx';
import { curlInsert, curlRead, dataUrl } from '../deploy/curl.ts';
import { DeploySection } from '../deploy/DeploySection.tsx';
import { useDataToken } from '../deploy/use-data-token.ts';
import { useDeployedModels } from '../deploy/use-deploy-data.ts';
import { useMayDeploy } from '../deploy/use-may-deploy.ts';
import { exampleRow } from './example-row.ts';
import { NotDeployed } from './RowsTab.tsx';
import { useModels } from './use-models.ts';

/** Address of the model in the chosen environment, and lines that read and write it. */
export function ApiTab({ fullName }: { fullName: string }) {
  const { app } = useWorkbench();
  const { environment } = useWorkbenchState();
  const { may } = useMayDeploy(environment);
  const { data, error } = useDeployedModels(app, environment);
  const models = useModels(app);
  const { token, role, busy, make } = useDataToken(app, environment);
  if (error && !data) return <Alert severity="error">{messageOf(error)}</Alert>;
  if (!data) return <Skeleton variant="rounded" height={260} />;
  const model = data.models.find((each) => each.fullName === fullName);
  if (!model) return <NotDeployed fullName={fullName} />;
  const place = { origin: window.location.origin, app, environment, model };
  const body = models?.get(fullName)?.body;
  const columns = model.fields.slice(0, 3).map((field) => field.name);
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 5, maxWidth: 860 }}>
      <CopyField label="Address" text={dataUrl(place)} />
      <DeploySection title="Token" aside={`of ${environment} alone`}>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2 }}>
          {may
            ? (['read', 'write'] as const).map((each) =>
                each === 'write' && model.readOnly ? null : (
                  <Button key={each} variant="outlined" loading={busy === each} onClick={() => void make(each)}>
                    Make a {each} token
                  </Button>
                ),
              )
            : 'Ask an owner for a token of this environment.'}
        </Box>
        <Box role="status" sx={{ fontSize: 12, color: 'text.secondary' }}>
          {token === null
            ? 'A token is shown once, in the lines below.'
            : `The ${role} token stands in the lines below. It is shown this once: keep it where secrets belong.`}
        </Box>
      </DeploySection>
      <DeploySection title="Read">
        <CommandBlock
          label="curl line that reads"
          text={curlRead(place, token, `select=${columns.join(',')}&order=${columns[0]}&limit=5`)}
        />
      </DeploySection>
      {model.readOnly ? (
        <Alert severity="info">Its database is read-only in {environment}: writes are refused.</Alert>
      ) : (
        <DeploySection title="Insert" aside="needs a write token">
          <CommandBlock
            label="curl line that inserts"
            text={curlInsert(place, role === 'write' ? token : null, body ? exampleRow(body) : {})}
          />
        </DeploySection>
      )}
      <DeploySection title="JavaScript" aside="@supabase/postgrest-js">
        <CommandBlock
          label="JavaScript example"
          text={[
            `import { PostgrestClient } from '@supabase/postgrest-js';`,
            '',
            `const db = new PostgrestClient('${place.origin}/data/${app}/${environment}', {`,
            `  headers: { Authorization: ${token === null ? '`Bearer ${process.env.TOKEN}`' : `'Bearer ${token}'`} },`,
            `});`,
            `const { data, error } = await db${model.profile === null ? '' : `.schema('${model.profile}')`}`,
            `  .from('${model.name}')`,
            `  .select('${columns.join(',')}')`,
            `  .limit(5);`,
          ].join('\n')}
        />
      </DeploySection>
    </Box>
  );
}
