import { replace } from '#lib/connections/pools.ts';
import { type ActiveRelease, nextVersion, settle } from './active-release.ts';
import type { DeployRun } from './deploy-run.ts';
import { find } from './find.ts';
import type { Migrated } from './migrate.ts';
import { readModels } from './read-models.ts';
import { Stop } from './run.ts';

export type Verified = Migrated & { readonly verified: true };

/** Each model read through the new release, not yet public. @throws Stop `failed`; the old release keeps serving */
export async function verify(run: DeployRun, migrated: Migrated): Promise<Verified> {
  const candidate: ActiveRelease = {
    app: { id: run.app.id, name: run.app.name },
    environment: { id: run.environment.id, name: run.environment.name, protected: run.environment.protected },
    release: { id: migrated.release.id, number: migrated.release.number ?? 0 },
    deployment: run.deploymentId,
    version: nextVersion(),
    source: migrated.source,
    ...settle(migrated.resolution),
  };
  const reasons = await readModels(candidate);
  if (reasons.length > 0) {
    find(run.findings, { reasons });
    if (run.environment.activeReleaseId !== migrated.release.id)
      await replace({ environmentId: run.environment.id, release: migrated.release.id });
    throw new Stop('failed');
  }
  return { ...migrated, verified: true };
}
