import type { Actor } from '#lib/access/actor.ts';
import { audit } from '#lib/access/audit.ts';
import { requireRight } from '#lib/access/rights.ts';
import { findEnvironment } from '#lib/apps/find-app.ts';
import type { Reason } from '#lib/core/errors.ts';
import { readSource } from '#lib/source/read-source.ts';
import type { Source } from '#lib/source/source.ts';
import { newId } from '#lib/store/new-id.ts';
import type { Tx } from '#lib/store/open.ts';
import { transaction } from '#lib/store/store.ts';
import { deploy } from './deploy.ts';
import type { DeployRun } from './deploy-run.ts';
import { deploymentRow } from './deployment-row.ts';
import { settleInterrupted } from './interrupted.ts';
import { startJob } from './jobs.ts';
import { takeLease } from './lease.ts';
import { runToEnd } from './run-to-end.ts';

export type DeployInput = {
  app: string;
  env: string;
  /** hash of the plan that is consented to */
  approve?: string | undefined;
  /** let secrets go to targets they have not been bound to (rule 3.7) */
  confirmTargets?: boolean | undefined;
};

/**
 * Starts a deploy of the app's present source; it goes on in the background, and its record tells how it gets on.
 * While another one runs there, the record is `refused` from the start.
 * @throws Fault `no-right`, `not-found`
 */
export async function startDeploy(actor: Actor, input: DeployInput): Promise<{ id: string }> {
  const { app, environment } = await findEnvironment(actor, 'deploy', input.app, input.env);
  if (input.approve !== undefined) requireRight(actor, 'approve', { app: app.name, environment });
  return startRun(actor, input, 'deploy', app, environment, () => readSource(app), deploy);
}

type Found = Awaited<ReturnType<typeof findEnvironment>>;

/** What a deploy and a roll-back have in common: the lease, the record and the work in the background. */
export async function startRun(
  actor: Actor,
  input: DeployInput,
  kind: DeployRun['kind'],
  app: Found['app'],
  environment: Found['environment'],
  sourceOf: () => Promise<Source>,
  work: (run: DeployRun) => Promise<void>,
): Promise<{ id: string }> {
  const id = newId('d');
  const at = { app: app.name, environment: environment.name, subject: id };
  const started = await transaction(async (tx) => {
    const token = await takeLease(tx, environment.id);
    const common = { id, environmentId: environment.id, kind, startedById: actor.userId };
    if (token === null) {
      const reasons = JSON.stringify([await alreadyRunning(tx, environment)]);
      await tx.deployment.create({ data: { ...common, state: 'refused', reasons, endedAt: new Date() } });
      await audit(tx, actor, `${kind}.refused`, { ...at, detail: { because: 'deploy-running' } });
      return null;
    }
    // Whoever held the lease before is dead, or it would not have been free.
    await settleInterrupted(tx, environment.id);
    await tx.deployment.create({ data: { ...common, state: 'running', fencingToken: token } });
    await audit(tx, actor, `${kind}.start`, { ...at, detail: { approve: input.approve ?? null } });
    return { token, source: await sourceOf() };
  });
  if (started) startJob(id, () => runToEnd({ id, kind, actor, input, app, environment, ...started, work }));
  return { id };
}

async function alreadyRunning(tx: Tx, environment: { id: string; name: string }): Promise<Reason> {
  const other = await tx.deployment.findFirst({
    where: { environmentId: environment.id, state: 'running' },
    orderBy: { startedAt: 'desc' },
  });
  const row = other && (await deploymentRow(tx, other));
  return {
    environment: environment.name,
    code: 'deploy-running',
    message: row
      ? `A ${row.kind} by ${row.by} has been running in ${environment.name} since ${row.startedAt}.`
      : `Another deploy is running in ${environment.name}.`,
    next: 'Wait until it has ended, and deploy again.',
  };
}
