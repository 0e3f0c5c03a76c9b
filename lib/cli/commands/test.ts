import { Option } from 'commander';
import type { Command } from 'commander';
import type { TestEvent, TestReport, TestStage } from '#lib/http/api.ts';
import { CliFailure } from '../cli-failure.ts';
import { MARKS } from '../marks.ts';
import type { Output } from '../output.ts';
import { at, stream } from '../portal-client.ts';
import { matrixLines, testEverywhere, type Environment } from '../test-everywhere.ts';

type Options = { env: string; element?: string; allEnvironments?: true; confirmTargets?: true; request?: true };

/** Tests databases and connections of an app, stage by stage. */
export function testCommand(program: Command, output: Output): void {
  program
    .command('test <app>')
    .description('test the databases and connections of an app')
    .option('--env <env>', 'with the values of this environment', 'development')
    .option('--element <name>', 'one element only, e.g. databases.Main')
    .option('--confirm-targets', 'secrets may go to new targets')
    .option('--request', 'print a text for whoever runs the server, where there is something to ask for')
    .addOption(
      new Option('--all-environments', 'everything, in every environment where you may test').conflicts([
        'env',
        'element',
      ]),
    )
    .action(async (app: string, options: Options) => {
      if (options.allEnvironments) return everywhere(output, app, options);
      const reports: TestReport[] = [];
      const body = {
        ...(options.element ? { element: options.element } : {}),
        confirmTargets: options.confirmTargets === true,
      };
      await stream<TestEvent>(at('apps', app, 'environments', options.env, 'test'), body, (event) => {
        if (event.event === 'report') reports.push(event.report);
        show(output, event);
      });
      tellRequests(output, reports, options.request === true);
      finish(output, reports);
    });
}

async function everywhere(output: Output, app: string, { confirmTargets, request }: Options): Promise<void> {
  const { environments, reports } = await testEverywhere(output, app, confirmTargets === true);
  if (!output.json) output.result({}, matrixLines(environments, reports));
  tellRequests(output, reports, request === true);
  finish(output, reports, environments);
}

function show(output: Output, event: TestEvent): void {
  if (event.event === 'start') output.note(event.element);
  if (event.event === 'stage') output.note(stageLine(event.stage));
  if (event.event === 'report' && event.report.facts.from) output.note(`  ran from ${event.report.facts.from}`);
}

/** On stdout, to be piped on; with --json they stand in the reports. */
function tellRequests(output: Output, reports: TestReport[], wanted: boolean): void {
  const requests = reports.flatMap(({ request }) => request ?? []);
  if (requests.length === 0 || output.json) return;
  if (wanted) output.result({}, requests);
  else output.note('Where somebody else has to act, --request prints a text that can be sent on.');
}

function stageLine(stage: TestStage): string {
  const next = stage.state === 'failed' && stage.next ? `\n      → ${stage.next}` : '';
  return `  ${MARKS[stage.state]} ${stage.stage.padEnd(9)} ${String(Math.round(stage.ms)).padStart(5)} ms  ${stage.message}${next}`;
}

/** @param environments of a test of all of them */
function finish(output: Output, reports: TestReport[], environments?: Environment[]): void {
  const document = { ...(environments && { environments }), reports };
  const failed = reports.filter((report) => report.state === 'failed');
  if (failed.length === 0) {
    return output.result(document, `${reports.length} tested, all can be used.`);
  }
  const named = ({ element, environment }: TestReport) => (environments ? `${element} in ${environment}` : element);
  const exit = failed.some((report) => !report.refused) ? 5 : 3;
  throw new CliFailure(
    exit,
    exit === 5 ? 'database-failed' : 'refused',
    `${failed.length} of ${reports.length} can not be used: ${failed.map(named).join(', ')}.`,
    failed.flatMap((report) => report.reasons),
    document,
  );
}
