import { audit } from '#lib/access/audit.ts';
import { replace } from '#lib/connections/pools.ts';
import type { Reason } from '#lib/core/errors.ts';
import { log } from '#lib/core/log.ts';
import { transaction } from '#lib/store/store.ts';
import { activeRelease } from './active-release.ts';
import type { DeployRun } from './deploy-run.ts';
import { find } from './find.ts';
import { readModels } from './read-models.ts';
import { releaseChanged } from './release-events.ts';
import { Stop } from './run.ts';
import type { Verified } from './verify.ts';

type Pointer = { activeReleaseId: string | null; activeDeploymentId: string | null };

/**
 * Moves the environment's pointer in one transaction; then one read per model confirms, or it moves back. Requests that run finish
 * on the old release and its connections. @throws Stop `failed`, LeaseLost
 */
export async function activate(run: DeployRun, verified: Verified): Promise<void> {
  const next = { activeReleaseId: verified.release.id, activeDeploymentId: run.deploymentId };
  const before = await movePointer(run, next, `${run.kind}.activate`);
  const reasons = await confirm(run).catch((error: unknown) => error);
  const differs = before.activeReleaseId !== next.activeReleaseId;
  if (Array.isArray(reasons) && reasons.length === 0) {
    if (differs && before.activeReleaseId !== null) drain(run.environment.id, before.activeReleaseId);
    return;
  }
  await movePointer(run, before, `${run.kind}.move-back`);
  if (differs) drain(run.environment.id, next.activeReleaseId);
  if (!Array.isArray(reasons)) throw reasons;
  find(run.findings, { reasons: reasons as Reason[] });
  throw new Stop('failed');
}

async function confirm(run: DeployRun): Promise<Reason[]> {
  const active = await activeRelease(run.app.name, run.environment.name);
  if (!active) throw new Error('an environment that was just activated has a release');
  return readModels(active);
}

/** Gives the pointer as it was. */
async function movePointer(run: DeployRun, to: Pointer, action: string): Promise<Pointer> {
  const { id, name } = run.environment;
  const before = await transaction(async (tx) => {
    await run.lease.checkIn(tx);
    const { activeReleaseId, activeDeploymentId } = await tx.environment.findUniqueOrThrow({ where: { id } });
    await tx.environment.update({ where: { id }, data: to });
    await audit(tx, run.actor, action, {
      app: run.app.name,
      environment: name,
      subject: to.activeReleaseId ?? '',
      detail: { deployment: run.deploymentId, before: activeReleaseId },
    });
    return { activeReleaseId, activeDeploymentId };
  });
  releaseChanged({ app: run.app.name, environment: name });
  return before;
}

/** Not awaited: a long request on the old release is no reason to wait. */
function drain(environmentId: string, release: string): void {
  replace({ environmentId, release }).catch((error: unknown) => log().warn({ err: error }, 'draining old pools'));
}
