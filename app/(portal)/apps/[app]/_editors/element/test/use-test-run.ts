'use client';
import { useCallback, useMemo, useRef, useState } from 'react';
import { milliseconds } from '#app/_components/milliseconds.ts';
import { ask } from '#app/_components/request.ts';
import { messageOf } from '#app/_components/Toasts.tsx';
import { TEST_STAGES } from '#lib/http/api.ts';
import type { Draft, TestEvent, TestReport, TestStage } from '#lib/http/api.ts';
import { environmentPath } from '../../../_data/paths.ts';
import { useRefresh } from '../../../_data/use-app-data.ts';
import { useWorkbench, useWorkbenchState } from '../../../_workbench/workbench-context.ts';
import { jsonLines } from './json-lines.ts';

/** `pending` has not begun. */
export type ShownStage = TestStage | { stage: TestStage['stage']; state: 'pending' | 'running' };

export type TestRun = ReturnType<typeof useTestRun>;

/** Runs the staged test on what is on the screen, and shows stages as they finish. */
export function useTestRun(app: string, fullName: string) {
  const { environment } = useWorkbenchState();
  const { reportJob } = useWorkbench();
  const refresh = useRefresh(app);
  const [done, setDone] = useState<TestStage[]>([]);
  const [report, setReport] = useState<TestReport | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [ranIn, setRanIn] = useState<string | null>(null);
  const [running, setRunning] = useState(false);
  const [tested, setTested] = useState<Draft | null>(null);
  const cancelling = useRef<AbortController | null>(null);

  const run = useCallback(
    /** @param draft null: test the element as saved */
    async (draft: Draft | null, { confirmTargets = false } = {}) => {
      cancelling.current?.abort();
      const controller = (cancelling.current = new AbortController());
      const job = {
        id: `test ${fullName}`,
        label: `test ${fullName}`,
        view: window.location.pathname.split('/').slice(3).join('/'),
      };
      const cancel = () => controller.abort();
      setDone([]);
      setReport(null);
      setFailure(null);
      setRunning(true);
      setTested(draft);
      setRanIn(environment);
      reportJob({ ...job, state: 'running', detail: `0/${TEST_STAGES.length}`, cancel });
      try {
        const response = await ask(`${environmentPath(app, environment)}/test`, {
          body: { element: fullName, ...(draft ? { draft } : {}), ...(confirmTargets ? { confirmTargets } : {}) },
          signal: controller.signal,
        });
        let count = 0;
        for await (const event of jsonLines<TestEvent | { event: 'error'; problem: { detail: string } }>(response)) {
          if (event.event === 'error') throw new Error(event.problem.detail);
          if (event.event === 'stage') {
            setDone((now) => [...now, event.stage]);
            reportJob({ ...job, state: 'running', detail: `${++count}/${TEST_STAGES.length}`, cancel });
          }
          if (event.event === 'report') {
            setReport(event.report);
            setDone(event.report.stages);
            const passed = event.report.stages.filter(
              (stage) => stage.state === 'ok' || stage.state === 'warning',
            ).length;
            reportJob({
              ...job,
              state: event.report.state,
              detail: `${passed}/${TEST_STAGES.length} · ${milliseconds(event.report.ms)}`,
            });
          }
        }
        if (!draft) void refresh();
      } catch (error) {
        const message = controller.signal.aborted
          ? 'Cancelled.'
          : error instanceof Error && error.name === 'Error'
            ? error.message
            : messageOf(error);
        setFailure(message);
        reportJob({
          ...job,
          state: controller.signal.aborted ? 'warning' : 'failed',
          detail: controller.signal.aborted ? 'cancelled' : 'did not run',
        });
      } finally {
        if (cancelling.current === controller) setRunning(false);
      }
    },
    [app, environment, fullName, refresh, reportJob],
  );

  const stages = useMemo<ShownStage[]>(() => {
    if (!running && done.length === 0 && failure === null) return [];
    return TEST_STAGES.map((stage, index) => {
      const finished = done.find((each) => each.stage === stage);
      return (
        finished ?? { stage, state: running && index === done.length ? ('running' as const) : ('pending' as const) }
      );
    });
  }, [running, done, failure]);
  const blamed = useMemo(
    () =>
      Object.fromEntries(
        done.flatMap((stage) => (stage.state === 'failed' && stage.field ? [[stage.field, stage.message]] : [])),
      ),
    [done],
  );
  const close = useCallback(() => {
    setDone([]);
    setReport(null);
    setFailure(null);
  }, []);
  return {
    app,
    element: fullName,
    tested,
    run,
    running,
    stages,
    report,
    failure,
    blamed,
    environment: ranIn,
    cancel: () => cancelling.current?.abort(),
    close,
  };
}
