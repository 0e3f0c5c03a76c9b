'use client';
import LockIcon from '@mui/icons-material/LockOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { Empty } from '#app/_components/Empty.tsx';
import { messageOf } from '#app/_components/Toasts.tsx';
import { useSearch } from '../../_workbench/use-search.ts';
import { useEditor, useWorkbench, useWorkbenchState } from '../../_workbench/workbench-context.ts';
import { EditorBar } from '../EditorBar.tsx';
import { EditorSkeleton } from '../EditorSkeleton.tsx';
import { EditorUnread } from '../EditorUnread.tsx';
import { DeployHistory } from './DeployHistory.tsx';
import { PlanPreview } from './PlanPreview.tsx';
import { RollBackDialog } from './RollBackDialog.tsx';
import { RunDetails } from './RunDetails.tsx';
import { ServingLine } from './ServingLine.tsx';
import { StageList } from './StageList.tsx';
import { useDeployment, useDeployments } from './use-deploy-data.ts';
import { useMayDeploy } from './use-may-deploy.ts';
import { usePlan } from './use-plan.ts';
import { useRunEvents } from './use-run-events.ts';
import { useStart } from './use-start.ts';

/** The stages of a deploy as they run, what is missing and how it is mended, and what was deployed before. */
export function DeployPage() {
  const { app } = useWorkbench();
  const { environment } = useWorkbenchState();
  const [search, setSearch] = useSearch();
  const { environment: row, may } = useMayDeploy(environment);
  const { data, error } = useDeployments(app, environment);
  const [rollingBack, setRollingBack] = useState<{ release: string; number: number | null } | null>(null);
  useEditor({ dirty: false });

  const wanted = search.get('run');
  const newest = data?.deployments[0]?.id ?? null;
  const shown = data?.deployments.some((each) => each.id === wanted) ? wanted : newest;
  const { data: run, error: unread } = useDeployment(app, environment, shown);
  useRunEvents(run);
  const planning = usePlan(app, environment);
  const { starting, start } = useStart(app, environment, (id) => {
    planning.close();
    setSearch('run', id);
  });
  const running = data?.deployments.find((each) => each.state === 'running');
  const busy = starting || run?.state === 'running';

  if (error && !data) return <EditorUnread error={error} />;
  const buttons = may ? (
    <>
      <Button
        variant="outlined"
        color="inherit"
        loading={planning.planning}
        disabled={busy}
        onClick={() => void planning.plan()}
      >
        Plan
      </Button>
      <Button variant="contained" loading={busy} onClick={() => void start()}>
        Deploy to {environment}
      </Button>
    </>
  ) : null;

  return (
    <Box>
      <EditorBar>
        <Box sx={{ flex: '1 1 200px', minWidth: 0 }}>
          <Typography variant="h2" component="h1" sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
            Deploy to {environment}
            {row?.protected ? <LockIcon sx={{ fontSize: 16 }} titleAccess="protected" /> : null}
          </Typography>
          <ServingLine environment={row} />
        </Box>
        {buttons}
      </EditorBar>
      {!data ? (
        <EditorSkeleton />
      ) : shown === null && !planning.preview ? (
        <Empty title={`Nothing was deployed to ${environment} yet`} action={buttons}>
          A deploy checks variables, databases and schema first, and names everything that is missing. It changes
          nothing until all of it is there.
        </Empty>
      ) : (
        <Box sx={{ p: { xs: 4, sm: 5 }, display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 8 }}>
          {planning.preview ? (
            <Box sx={{ maxWidth: 960 }}>
              <PlanPreview
                preview={planning.preview}
                starting={starting}
                onApprove={(approve) => void start({ approve })}
                onConfirmTargets={() => void planning.plan({ confirmTargets: true })}
                onClose={planning.close}
              />
            </Box>
          ) : unread ? (
            <Alert severity="error">{messageOf(unread)}</Alert>
          ) : (
            <Box
              sx={{
                display: 'grid',
                gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: '250px minmax(0, 1fr)' },
                gap: { xs: 5, md: 8 },
                alignItems: 'start',
              }}
            >
              {run ? (
                <>
                  <Box sx={{ position: { md: 'sticky' }, top: { md: 76 } }}>
                    <StageList run={run} />
                  </Box>
                  <Box sx={{ maxWidth: 900, minWidth: 0 }}>
                    <RunDetails run={run} latest={run.id === newest} starting={starting} onDeploy={start} />
                  </Box>
                </>
              ) : (
                <>
                  <Skeleton variant="rounded" height={414} />
                  <Skeleton variant="rounded" height={240} />
                </>
              )}
            </Box>
          )}
          {data.deployments.length > 0 ? (
            <Box component="section" aria-label="History">
              <Typography variant="h3" component="h2" sx={{ mb: 2 }}>
                History
              </Typography>
              <DeployHistory
                deployments={data.deployments}
                shown={planning.preview ? null : shown}
                environment={row}
                may={may && !running}
                onOpen={(id) => {
                  planning.close();
                  setSearch('run', id);
                }}
                onRollBack={setRollingBack}
              />
            </Box>
          ) : null}
        </Box>
      )}
      {rollingBack ? (
        <RollBackDialog
          environment={environment}
          number={rollingBack.number}
          onClose={() => setRollingBack(null)}
          onConfirm={() => start({ release: rollingBack.release })}
        />
      ) : null}
    </Box>
  );
}
