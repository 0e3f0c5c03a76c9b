'use client';
import { useEffect, useRef } from 'react';
import { useLatest } from '#app/_components/use-latest.ts';
import type { DeploymentDetail } from '#lib/http/api.ts';
import { useRefresh } from '../../_data/use-app-data.ts';
import { useWorkbench } from '../../_workbench/workbench-context.ts';
import { headline, STAGE_WORDS } from './deploy-words.ts';

const JOB_STATES = { refused: 'warning', interrupted: 'warning', failed: 'failed', done: 'ok' } as const;

/** Tells the strip at the bottom how a run gets on, and has everything asked again when it ends. */
export function useRunEvents(run: DeploymentDetail | undefined): void {
  const { app, reportJob } = useWorkbench();
  const refresh = useRefresh(app);
  const running = useRef<string | null>(null);
  const latest = useLatest(run);
  const { id, state } = run ?? {};
  const stage = run?.stages.at(-1)?.stage;
  useEffect(() => {
    const now = latest.current;
    if (!now || id === undefined || state === undefined) return;
    const job = { id: `deploy ${now.environment}`, label: `${now.kind} → ${now.environment}`, view: 'deploy' };
    if (state === 'running') {
      running.current = id;
      reportJob({ ...job, state, detail: stage ? STAGE_WORDS[stage].title : 'starting' });
    } else if (running.current === id) {
      running.current = null;
      reportJob({ ...job, state: JOB_STATES[state], detail: headline(now) });
      void refresh();
    }
  }, [id, state, stage, latest, reportJob, refresh]);
}
