'use client';
import { useCallback, useState } from 'react';
import { ask, RequestFailure } from '#app/_components/request.ts';
import { useToasts } from '#app/_components/Toasts.tsx';
import type { ConnectionRow, Problem, TestEvent } from '#lib/http/api.ts';
import { environmentPath } from '../apps/[app]/_data/paths.ts';
import { jsonLines } from '../apps/[app]/_editors/element/test/json-lines.ts';
import { rowKey } from './row-actions.ts';

type Line = TestEvent | { event: 'error'; problem: Problem };

/** Tests of rows as saved, several at once; each shows its result in its own row. */
export function useRowTests(environment: string, reload: () => Promise<unknown>) {
  const { fail } = useToasts();
  const [running, setRunning] = useState<ReadonlyMap<string, number>>(new Map());
  const test = useCallback(
    async (row: ConnectionRow) => {
      const key = rowKey(row);
      const show = (stages: number | null) =>
        setRunning((now) => {
          const next = new Map(now);
          if (stages === null) next.delete(key);
          else next.set(key, stages);
          return next;
        });
      show(0);
      try {
        const response = await ask(`${environmentPath(row.app, environment)}/test`, {
          body: { element: row.fullName },
        });
        let stages = 0;
        for await (const line of jsonLines<Line>(response)) {
          if (line.event === 'stage') show(++stages);
          if (line.event === 'error') throw new RequestFailure(line.problem);
        }
        await reload();
      } catch (error) {
        fail(error);
      } finally {
        show(null);
      }
    },
    [environment, reload, fail],
  );
  return { test, running };
}
