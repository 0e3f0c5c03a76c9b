import type { AppOverview, ElementNode, TestReport } from '#lib/http/api.ts';
import type { Reason } from '#lib/core/errors.ts';

export type Place = { element: string; environment: string };

/** What one cell says: of this run, of the last test before it, or nothing yet. */
export type Cell =
  | { of: 'none'; state: 'waiting' | 'untested' }
  | { of: 'before'; state: 'ok' | 'warning' | 'failed'; at: string }
  | { of: 'run'; state: 'ok' | 'warning' | 'failed'; ms: number; message: string | null; reason: Reason | null };

export type Run = { reports: ReadonlyMap<string, TestReport>; waiting: ReadonlySet<string> };

export const keyOf = ({ element, environment }: Place): string => `${element} ${environment}`;

/** Rows of the grid. */
export const testableOf = ({ elements }: AppOverview): ElementNode[] =>
  elements
    .filter(({ family }) => family !== 'models')
    .toSorted((one, other) => (one.fullName < other.fullName ? -1 : 1));

export function cellOf({ fullName, tests }: ElementNode, environment: string, { reports, waiting }: Run): Cell {
  const key = keyOf({ element: fullName, environment });
  if (waiting.has(key)) return { of: 'none', state: 'waiting' };
  const report = reports.get(key);
  if (report) {
    const { state, stages, facts, ms, reasons } = report;
    const [reason = null] = reasons;
    const message = stages.find((stage) => stage.state === state && state !== 'ok')?.message ?? null;
    return { of: 'run', state, ms: facts.latencyMs ?? ms, message: reason?.message ?? message, reason };
  }
  const last = tests[environment];
  return last ? { of: 'before', state: last.state, at: last.at } : { of: 'none', state: 'untested' };
}

/** Works alike wherever it is: nothing to look at. */
export const isCalm = (cells: Cell[]): boolean => cells.every(({ state }) => state === 'ok');

/** Tests of this run that failed, or those of `code` alone. */
export const failedOf = ({ reports }: Run, code?: string): Place[] =>
  [...reports.values()]
    .filter(({ state, reasons }) => state === 'failed' && (!code || reasons.some((reason) => reason.code === code)))
    .map(({ element, environment }) => ({ element, environment }));
