import { Fault } from '#lib/core/errors.ts';
import { activeRelease } from '#lib/deploy/active-release.ts';
import type { EnvironmentRow } from '#lib/http/api.ts';
import { store } from '#lib/store/store.ts';

/** Environments of an app in their order, with what each serves and which keys it lacks for that. */
export async function environmentRows(app: { id: string; name: string }): Promise<EnvironmentRow[]> {
  const environments = await store().environment.findMany({ where: { appId: app.id }, orderBy: { position: 'asc' } });
  const rows: EnvironmentRow[] = [];
  for (const { name, position, protected: isProtected, activeReleaseId, activeDeploymentId } of environments) {
    const active = activeReleaseId === null ? null : await activeOf(activeReleaseId, activeDeploymentId);
    const missing = active ? await missingKeys(app.name, name) : [];
    rows.push({ name, position, protected: isProtected, active, missing });
  }
  return rows;
}

async function activeOf(releaseId: string, deploymentId: string | null): Promise<EnvironmentRow['active']> {
  const release = await store().release.findUnique({
    where: { id: releaseId },
    select: { number: true, createdAt: true },
  });
  if (!release) return null;
  const deployment =
    deploymentId === null ? null : await store().deployment.findUnique({ where: { id: deploymentId } });
  const at = deployment?.endedAt ?? deployment?.startedAt ?? release.createdAt;
  return { release: releaseId, number: release.number, deployment: deploymentId ?? '', at: at.toISOString() };
}

/** A sealed portal still shows structure; what it lacks can not be told then. */
async function missingKeys(app: string, environment: string): Promise<string[]> {
  try {
    return (await activeRelease(app, environment))?.missing ?? [];
  } catch (error) {
    if (error instanceof Fault && error.code === 'sealed') return [];
    throw error;
  }
}
