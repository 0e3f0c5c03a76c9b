import type { Actor } from '#lib/access/actor.ts';
import { findEnvironment } from '#lib/apps/find-app.ts';
import type { ReleaseRow } from '#lib/http/api.ts';
import { store } from '#lib/store/store.ts';

/** The releases that an environment has served or serves, the last one first: what a roll-back may choose from. None is ever deleted. */
export async function listReleases(
  actor: Actor,
  input: { app: string; env: string },
): Promise<{ releases: ReleaseRow[] }> {
  const { environment } = await findEnvironment(actor, 'app:read', input.app, input.env);
  const activations = await activationsOf(environment.id);
  const rows = await store().release.findMany({ where: { id: { in: [...activations.keys()] } } });
  const makers = await store().user.findMany({
    where: { id: { in: rows.flatMap((row) => row.createdById ?? []) } },
    select: { id: true, email: true },
  });
  const emails = new Map(makers.map((each) => [each.id, each.email]));
  const byId = new Map(rows.map((row) => [row.id, row]));
  const releases = [...activations].flatMap(([id, at]): ReleaseRow[] => {
    const row = byId.get(id);
    if (!row) return [];
    return [
      {
        release: row.id,
        number: row.number,
        createdAt: row.createdAt.toISOString(),
        by: emails.get(row.createdById ?? '') ?? 'the system',
        active: row.id === environment.activeReleaseId,
        activatedAt: at.toISOString(),
      },
    ];
  });
  return { releases };
}

/** Release → when it was last activated there, the newest first. */
export async function activationsOf(environmentId: string): Promise<Map<string, Date>> {
  const done = await store().deployment.findMany({
    where: { environmentId, state: 'done', releaseId: { not: null } },
    orderBy: [{ endedAt: 'desc' }, { id: 'desc' }],
    select: { releaseId: true, endedAt: true, startedAt: true },
  });
  const activations = new Map<string, Date>();
  for (const { releaseId, endedAt, startedAt } of done)
    if (releaseId && !activations.has(releaseId)) activations.set(releaseId, endedAt ?? startedAt);
  return activations;
}
