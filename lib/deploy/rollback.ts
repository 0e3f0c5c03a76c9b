import type { Actor } from '#lib/access/actor.ts';
import { findEnvironment } from '#lib/apps/find-app.ts';
import { Fault } from '#lib/core/errors.ts';
import type { Source } from '#lib/source/source.ts';
import { store } from '#lib/store/store.ts';
import { activate } from './activate.ts';
import { approve } from './approve.ts';
import { prepare } from './deploy.ts';
import type { DeployRun } from './deploy-run.ts';
import { activationsOf } from './list-releases.ts';
import { nothingToMigrate } from './migrate.ts';
import { stage } from './run.ts';
import { startRun } from './start-deploy.ts';
import { verify } from './verify.ts';

export type RollbackInput = {
  app: string;
  env: string;
  /** id, or number; left out: the last one that was active before */
  release?: string | undefined;
  confirmTargets?: boolean | undefined;
};

/**
 * Starts a roll-back to a release that was active before. It passes variables and connect with the present values (what the policy would refuse is a warning), alters no
 * schema, and is refused where the schema no longer fits.
 * @throws Fault `no-right`, `not-found`; `refused` where there is nothing to go back to
 */
export async function startRollback(actor: Actor, input: RollbackInput): Promise<{ id: string }> {
  const { app, environment } = await findEnvironment(actor, 'deploy', input.app, input.env);
  const earlier = [...(await activationsOf(environment.id)).keys()].filter((id) => id !== environment.activeReleaseId);
  const target = await chosen(input, earlier);
  const source = JSON.parse(target.content) as Source;
  return startRun(actor, input, 'rollback', app, environment, async () => source, rollback);
}

async function chosen({ release, env }: RollbackInput, earlier: string[]) {
  const rows = await store().release.findMany({ where: { id: { in: earlier } } });
  const wanted = release ?? earlier[0];
  if (wanted === undefined)
    throw new Fault('refused', `No other release than the present one was ever active in ${env}. Deploy one first.`, [
      {
        environment: env,
        code: 'no-earlier-release',
        message: `There is nothing to roll ${env} back to.`,
        next: 'Deploy a release first.',
      },
    ]);
  const found = rows.find((row) => row.id === wanted || String(row.number) === wanted);
  if (!found)
    throw new Fault(
      'not-found',
      `The release ${wanted} was never active in ${env}, or is now. List the others with \`mooring releases\`.`,
    );
  return found;
}

/** @throws Stop */
async function rollback(run: DeployRun): Promise<void> {
  const planned = await prepare(run);
  const approved = await stage(run, 'approve', () => approve(run, planned));
  await run.log.skip('migrate', 'A roll-back alters no schema.');
  const verified = await stage(run, 'verify', () => verify(run, nothingToMigrate(approved)));
  await stage(run, 'activate', () => activate(run, verified));
}
