import type { Command } from 'commander';
import type { Plan } from '#lib/deploy/plan.ts';
import type { DeploymentDetail, PlanAnswer, ReleaseRow } from '#lib/http/api.ts';
import { reasonLine, table, type Output } from '../output.ts';
import { at, call } from '../portal-client.ts';
import { readFolder } from '../source-folder.ts';
import { followDeployment } from '../follow-deployment.ts';

type Confirm = { confirmTargets?: true };

export function deployCommands(program: Command, output: Output): void {
  program
    .command('plan <app> <env>')
    .description('what a deploy would do now')
    .option('--from <dir>', 'plan the source of a folder, without saving it')
    .option('--confirm-targets', 'secrets may go to new targets')
    .action(async (app: string, env: string, options: Confirm & { from?: string }) => {
      const files = options.from === undefined ? {} : { files: (await readFolder(options.from)).files };
      const body = { ...files, confirmTargets: options.confirmTargets === true };
      const found = await call<PlanAnswer>('POST', at('apps', app, 'environments', env, 'plan'), body);
      for (const warning of found.warnings) output.note(reasonLine(warning).replace('✗', '▲'));
      output.result({ ...found, hash: found.plan.hash }, planLines(found.plan));
    });

  program
    .command('deploy <app> <env>')
    .description('prove that an environment is ready, and bring the app there')
    .option('--approve <hash>', 'consent to the plan of this hash')
    .option('--confirm-targets', 'secrets may go to new targets')
    .action(async (app: string, env: string, options: Confirm & { approve?: string }) => {
      const body = {
        ...(options.approve ? { approve: options.approve } : {}),
        confirmTargets: options.confirmTargets === true,
      };
      const { id } = await call<{ id: string }>('POST', at('apps', app, 'environments', env, 'deployments'), body);
      finish(output, await followDeployment(output, app, env, id));
    });

  program
    .command('releases <app> <env>')
    .description('releases that the environment has served')
    .action(async (app: string, env: string) => {
      const { releases } = await call<{ releases: ReleaseRow[] }>(
        'GET',
        at('apps', app, 'environments', env, 'releases'),
      );
      const rows = releases.map((row) => [
        String(row.number),
        row.release,
        row.active ? 'active' : '',
        row.createdAt,
        row.by,
      ]);
      output.result({ releases }, table(['#', 'Release', '', 'Made', 'By'], rows));
    });

  program
    .command('rollback <app> <env> [release]')
    .description('back to the release that was active before, or to a named one')
    .option('--confirm-targets', 'secrets may go to new targets')
    .action(async (app: string, env: string, release: string | undefined, options: Confirm) => {
      const body = { ...(release ? { release } : {}), confirmTargets: options.confirmTargets === true };
      const { id } = await call<{ id: string }>('POST', at('apps', app, 'environments', env, 'rollback'), body);
      finish(output, await followDeployment(output, app, env, id));
    });
}

function finish(output: Output, done: DeploymentDetail): void {
  output.result(
    { deployment: done, release: done.release, changes: done.plan?.changes ?? 0 },
    `${done.environment} serves release ${done.releaseNumber ?? ''} (${done.release ?? ''}).`,
  );
}

function planLines(plan: Plan): string[] {
  const lines = plan.databases.flatMap((database) => [
    `${database.element} (${database.target}): ${database.changes.length === 0 ? 'nothing to do' : amount(database.changes.length)}`,
    ...database.changes.flatMap((change) => [
      ...change.statements.map((statement) => `    ${statement.sql.replaceAll('\n', '\n    ')}`),
      ...change.risks.map((risk) => `    ▲ ${risk.message}`),
    ]),
    ...database.drift.map((drift) => `    drift: ${drift.message}`),
    ...database.notes.map((note) => `    note: ${note}`),
  ]);
  const consent = plan.needsConsent ? [`This plan needs consent: deploy with --approve ${plan.hash}`] : [];
  return [...lines, `Plan ${plan.hash}: ${amount(plan.changes)}.`, ...consent];
}

const amount = (changes: number): string => `${changes} change${changes === 1 ? '' : 's'}`;
