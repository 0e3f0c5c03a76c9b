import type { Problem, TestEverywhereEvent, TestReport } from '#lib/http/api.ts';
import { MARKS } from './marks.ts';
import { table, type Output } from './output.ts';
import { at, failureOf, stream } from './portal-client.ts';

export type Environment = { name: string; protected: boolean };
type Tested = { environments: Environment[]; reports: TestReport[] };
type Line = TestEverywhereEvent | { event: 'error'; problem: Problem };

/**
 * Every connection and database in every environment, with a line on stderr as each ends. Reports come in the order of
 * elements and environments. @throws CliFailure also where the portal stopped on its way
 */
export async function testEverywhere(output: Output, app: string, confirmTargets: boolean): Promise<Tested> {
  let environments: Environment[] = [];
  let tests: { element: string; environment: string }[] = [];
  const found = new Map<string, TestReport>();
  await stream<Line>(at('apps', app, 'test'), { confirmTargets }, (line) => {
    if (line.event === 'start') ({ environments, tests } = line);
    if (line.event === 'error') throw failureOf(line.problem);
    if (line.event !== 'report') return;
    const { element, environment, state, ms } = line.report;
    found.set(`${element} ${environment}`, line.report);
    const count = `${found.size}/${tests.length}`;
    output.note(`${count} ${MARKS[state]} ${element} in ${environment} · ${Math.round(ms)} ms`);
  });
  return { environments, reports: tests.flatMap((test) => found.get(`${test.element} ${test.environment}`) ?? []) };
}

/** Rows are elements, columns environments; a failure says at which stage. */
export function matrixLines(environments: Environment[], reports: TestReport[]): string[] {
  const elements = [...new Set(reports.map(({ element }) => element))];
  const headings = environments.map(({ name, protected: guarded }) => (guarded ? `${name} (protected)` : name));
  const rows = elements.map((element) => [
    element,
    ...environments.map(({ name }) =>
      cell(reports.find((report) => report.element === element && report.environment === name)),
    ),
  ]);
  return table(['', ...headings], rows);
}

function cell(report: TestReport | undefined): string {
  if (!report) return '';
  const { state, stages, ms, facts } = report;
  const failed = stages.find((stage) => stage.state === 'failed');
  if (failed) return `${MARKS.failed} ${failed.stage}${failed.code ? `: ${failed.code}` : ''}`;
  return `${MARKS[state]} ${Math.round(facts.latencyMs ?? ms)} ms`;
}
