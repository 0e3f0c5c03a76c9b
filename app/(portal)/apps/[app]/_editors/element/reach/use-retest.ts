'use client';
import { useCallback, useRef, useState } from 'react';
import { ask } from '#app/_components/request.ts';
import { messageOf } from '#app/_components/Toasts.tsx';
import type { Draft, RetestEvent, RetestResult } from '#lib/http/api.ts';
import { connectionPath } from '../../../_data/paths.ts';
import { useRefresh } from '../../../_data/use-app-data.ts';
import { useWorkbench } from '../../../_workbench/workbench-context.ts';
import { jsonLines } from '../test/json-lines.ts';

type Line = RetestEvent | { event: 'error'; problem: { detail: string } };

export type Retest = ReturnType<typeof useRetest>;

/** Tests every database on a connection, in all environments that one may test, with what is on the screen. */
export function useRetest(app: string, fullName: string) {
  const { reportJob } = useWorkbench();
  const refresh = useRefresh(app);
  const [tests, setTests] = useState<{ database: string; environment: string }[]>([]);
  const [results, setResults] = useState<RetestResult[]>([]);
  const [running, setRunning] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const cancelling = useRef<AbortController | null>(null);

  const run = useCallback(
    /** @param draft null: the connection as saved */
    async (draft: Draft | null, { confirmTargets = false } = {}) => {
      cancelling.current?.abort();
      const controller = (cancelling.current = new AbortController());
      const job = { id: `retest ${fullName}`, label: `test all on ${fullName}`, view: fullName };
      const cancel = () => controller.abort();
      const done: RetestResult[] = [];
      let total = 0;
      setTests([]);
      setResults([]);
      setFailure(null);
      setRunning(true);
      const report = () => reportJob({ ...job, state: 'running', detail: `${done.length}/${total}`, cancel });
      report();
      try {
        const response = await ask(`${connectionPath(app, fullName)}/retest`, {
          body: { ...(draft ? { draft } : {}), ...(confirmTargets ? { confirmTargets } : {}) },
          signal: controller.signal,
        });
        for await (const line of jsonLines<Line>(response)) {
          if (line.event === 'error') throw new Error(line.problem.detail);
          if (line.event === 'start') {
            total = line.tests.length;
            setTests(line.tests);
          }
          if (line.event === 'result') {
            done.push(line.result);
            setResults([...done]);
          }
          if (line.event !== 'end') report();
        }
        const worst = done.some(({ outcome }) => outcome !== 'works') ? 'failed' : 'ok';
        reportJob({ ...job, state: worst, detail: summaryOf(done) });
        void refresh();
      } catch (error) {
        const gone = controller.signal.aborted;
        const said = error instanceof Error && error.name === 'Error' ? error.message : messageOf(error);
        setFailure(gone ? 'Cancelled: what was not reached was not tested.' : said);
        reportJob({ ...job, state: gone ? 'warning' : 'failed', detail: gone ? 'cancelled' : 'did not run' });
      } finally {
        if (cancelling.current === controller) setRunning(false);
      }
    },
    [app, fullName, refresh, reportJob],
  );
  return { run, running, tests, results, failure, cancel: () => cancelling.current?.abort() };
}

/** `8 of 10 work, 2 would break` */
export function summaryOf(results: RetestResult[]): string {
  const count = (outcome: RetestResult['outcome']) => results.filter((each) => each.outcome === outcome).length;
  const parts = [
    `${count('works')} of ${results.length} work`,
    ...(count('breaks') > 0 ? [`${count('breaks')} would break`] : []),
    ...(count('broken') > 0 ? [`${count('broken')} did not work before either`] : []),
    ...(count('not-tried') > 0 ? [`${count('not-tried')} not tried`] : []),
  ];
  return parts.join(', ');
}
