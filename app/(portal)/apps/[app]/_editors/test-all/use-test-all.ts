'use client';
import { useCallback, useEffect, useRef, useState } from 'react';
import { ask } from '#app/_components/request.ts';
import { messageOf } from '#app/_components/Toasts.tsx';
import type { TestEverywhereEvent, TestReport } from '#lib/http/api.ts';
import { appPath } from '../../_data/paths.ts';
import { useRefresh } from '../../_data/use-app-data.ts';
import { useWorkbench } from '../../_workbench/workbench-context.ts';
import { jsonLines } from '../element/test/json-lines.ts';
import { failedOf, keyOf } from './test-grid.ts';
import type { Place, Run } from './test-grid.ts';

type Line = TestEverywhereEvent | { event: 'error'; problem: { detail: string } };
type Options = { only?: Place[]; confirmTargets?: boolean };

const NOTHING: Run = { reports: new Map(), waiting: new Set() };
const JOB = { id: 'test all', label: 'test all', view: 'test-all' };

/** Tests everything in all environments, or `only` some of it again; results of before stay in the other cells. */
export function useTestAll(app: string) {
  const { reportJob } = useWorkbench();
  const refresh = useRefresh(app);
  const [now, setNow] = useState<Run>(NOTHING);
  const [progress, setProgress] = useState({ running: false, done: 0, total: 0 });
  const [failure, setFailure] = useState<string | null>(null);
  const reports = useRef<ReadonlyMap<string, TestReport>>(NOTHING.reports);
  const cancelling = useRef<AbortController | null>(null);
  const cancel = useCallback(() => cancelling.current?.abort(), []);
  // a closed tab has nobody to show it to
  useEffect(() => cancel, [cancel]);

  const run = useCallback(
    async ({ only, confirmTargets = false }: Options = {}) => {
      cancelling.current?.abort();
      const controller = (cancelling.current = new AbortController());
      const found = new Map(only ? reports.current : []);
      const waiting = new Set<string>();
      let total = 0;
      const show = (running: boolean) => {
        if (cancelling.current !== controller) return;
        const done = total - waiting.size;
        reports.current = new Map(found);
        setNow({ reports: reports.current, waiting: running ? new Set(waiting) : NOTHING.waiting });
        setProgress({ running, done, total });
        if (running) reportJob({ ...JOB, state: 'running', detail: `${done}/${total}`, cancel });
      };
      setFailure(null);
      show(true);
      try {
        const response = await ask(`${appPath(app)}/test`, {
          body: { ...(only ? { only } : {}), confirmTargets },
          signal: controller.signal,
        });
        for await (const line of jsonLines<Line>(response)) {
          if (line.event === 'error') throw new Error(line.problem.detail);
          if (line.event === 'start') {
            total = line.tests.length;
            for (const test of line.tests) waiting.add(keyOf(test));
          }
          if (line.event === 'report') {
            found.set(keyOf(line.report), line.report);
            waiting.delete(keyOf(line.report));
          }
          if (line.event !== 'end') show(true);
        }
        show(false);
        const failed = failedOf({ reports: found, waiting }).length;
        const detail = failed > 0 ? `${failed} of ${found.size} failed` : `${found.size} work`;
        reportJob({ ...JOB, state: failed > 0 ? 'failed' : 'ok', detail });
      } catch (error) {
        show(false);
        const gone = controller.signal.aborted;
        const said = error instanceof Error && error.name === 'Error' ? error.message : messageOf(error);
        if (cancelling.current === controller) {
          setFailure(gone ? 'Cancelled: what had not begun was not tested.' : said);
          reportJob({ ...JOB, state: gone ? 'warning' : 'failed', detail: gone ? 'cancelled' : 'did not run' });
        }
      }
      void refresh();
    },
    [app, cancel, refresh, reportJob],
  );
  return { run, cancel, now, progress, failure };
}
