'use client';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import useSWR from 'swr';
import { Reasons } from '#app/_components/Reasons.tsx';
import { request, RequestFailure } from '#app/_components/request.ts';
import { Status } from '#app/_components/Status.tsx';
import { messageOf } from '#app/_components/Toasts.tsx';
import { bodyOfDraft } from '#elements/model/ui/body-of-draft.ts';
import type { PlanAnswer } from '#lib/http/api.ts';
import { environmentPath } from '../../_data/paths.ts';
import { useWorkbench, useWorkbenchState } from '../../_workbench/workbench-context.ts';
import { changeWords } from '../deploy/change-words.ts';
import { Sql } from '../deploy/PlanView.tsx';
import type { ModelState } from './use-model-draft.ts';
import { useSource } from './use-models.ts';

type Props = { fullName: string; state: ModelState; wrong: boolean; active: boolean };

/** What a deploy to the chosen environment would run now for this model, as it stands on the screen. */
export function SqlTab({ fullName, state, wrong, active }: Props) {
  const { app, open } = useWorkbench();
  const { environment } = useWorkbenchState();
  const { data: source } = useSource(app);
  const files = source && filesWith(source.files, fullName, state);
  const { data, error, isLoading, isValidating, mutate } = useSWR<PlanAnswer>(
    files && !wrong && active ? ['plan of a model', app, environment, fullName, JSON.stringify(files)] : null,
    () => request<PlanAnswer>(`${environmentPath(app, environment)}/plan`, { body: { files } }),
    { revalidateOnFocus: false },
  );
  if (wrong) return <Alert severity="info">The SQL shows when the model has no faults any more.</Alert>;
  if (error)
    return (
      <Box sx={{ display: 'grid', gap: 3, maxWidth: 860 }}>
        <div>{messageOf(error)}</div>
        {error instanceof RequestFailure ? <Reasons reasons={error.reasons} /> : null}
        <Box sx={{ display: 'flex', gap: 2 }}>
          <Button variant="outlined" loading={isValidating} onClick={() => void mutate()}>
            Ask again
          </Button>
          <Button color="inherit" onClick={() => open('deploy')}>
            Open deploy
          </Button>
        </Box>
      </Box>
    );
  if (!data || isLoading) return <Skeleton variant="rounded" height={180} />;
  const warnings = data.warnings.filter(({ element }) => element === fullName);
  const changes = data.plan.databases.flatMap((each) => each.changes).filter((each) => each.model === fullName);
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 3, maxWidth: 960 }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 3, alignItems: 'center' }}>
        <Box role="status" sx={{ flex: 1 }}>
          {changes.length === 0
            ? `A deploy to ${environment} would run nothing for this model: the table is as it should be.`
            : `What a deploy to ${environment} would run for this model now.`}
        </Box>
        <Button variant="outlined" color="inherit" loading={isValidating} onClick={() => void mutate()}>
          Ask again
        </Button>
      </Box>
      {warnings.length > 0 ? (
        <Alert severity="warning">
          <Reasons reasons={warnings} />
        </Alert>
      ) : null}
      {changes.map(({ change, statements, risks, phase }, index) => {
        const { verb, what } = changeWords(change);
        return (
          // oxlint-disable-next-line react/no-array-index-key -- a plan is a list in its order
          <Box key={index}>
            <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2 }}>
              <Box component="span" sx={{ fontWeight: 550 }}>
                {verb}
              </Box>
              <code>{what}</code>
              {phase === 'destructive' ? <Status kind="warning">destructive</Status> : null}
            </Box>
            {risks.map((risk) => (
              <Box key={risk.message} sx={{ fontSize: 12 }}>
                <Status kind="warning" size={14}>
                  <span>{risk.message}</span>
                </Status>
              </Box>
            ))}
            <Sql statements={statements.map(({ sql }) => sql)} />
          </Box>
        );
      })}
    </Box>
  );
}

/** The app's source with this model as it stands on the screen. */
function filesWith(files: Record<string, string>, fullName: string, { title, draft }: ModelState) {
  const folder = fullName.replaceAll('.', '/');
  const heading = `${folder}/e.json`;
  return {
    ...files,
    [`${folder}/${fullName.split('.').at(-1)}.json`]: `${JSON.stringify(bodyOfDraft(draft), null, 2)}\n`,
    [heading]: files[heading] ?? `${JSON.stringify({ title, type: 'models.NormalType' }, null, 2)}\n`,
  };
}
