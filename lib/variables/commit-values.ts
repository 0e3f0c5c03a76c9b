import type { Actor } from '#lib/access/actor.ts';
import { bindTargets } from '#lib/connections/secret-targets.ts';
import type { Source } from '#lib/source/source.ts';
import type { Tx } from '#lib/store/open.ts';
import { loadValues, type EnvironmentPlace } from './load-values.ts';
import { resolve } from './resolve.ts';
import { writeValues } from './write-values.ts';

/**
 * Writes values of one environment, and binds those that are secret to where the saved source and the active release
 * then send them (rule 3.7). @throws Fault `wrong-input`, all faults listed
 */
export async function commitValues(
  tx: Tx,
  actor: Actor,
  app: { id: string; name: string },
  environment: EnvironmentPlace & { activeReleaseId: string | null },
  source: Source,
  texts: Record<string, string>,
): Promise<void> {
  await writeValues(tx, actor, app, environment, source.variables, texts);
  const secrets = Object.keys(texts).filter((key) => source.variables[key]?.type === 'secret');
  if (secrets.length === 0) return;
  const sources = [source, await activeSource(tx, environment.activeReleaseId)].filter((each) => each !== null);
  const elements = [];
  for (const each of sources) elements.push(...resolve(each, await loadValues(environment, each.variables)).elements);
  await bindTargets(tx, environment.id, secrets, elements);
}

/** The source that an environment's active release froze; null: nothing is deployed. */
async function activeSource(tx: Tx, activeReleaseId: string | null): Promise<Source | null> {
  if (activeReleaseId === null) return null;
  const release = await tx.release.findUnique({ where: { id: activeReleaseId }, select: { content: true } });
  return release ? (JSON.parse(release.content) as Source) : null;
}
