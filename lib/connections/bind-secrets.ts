import { readSource } from '#lib/source/read-source.ts';
import type { Source } from '#lib/source/source.ts';
import type { Tx } from '#lib/store/open.ts';
import { loadValues } from '#lib/variables/load-values.ts';
import type { EnvironmentPlace } from '#lib/variables/load-values.ts';
import { resolve } from '#lib/variables/resolve.ts';
import { bindTargets } from './secret-targets.ts';

/**
 * Rule 3.7 on setting secrets: call it in the transaction, after the values of `keys` were written. Binds them to what the saved
 * source and the active release of the environment resolve to by then.
 */
export async function bindSecrets(
  tx: Tx,
  app: Parameters<typeof readSource>[0],
  environment: EnvironmentPlace & { activeReleaseId: string | null },
  keys: readonly string[],
): Promise<void> {
  if (keys.length === 0) return;
  const release = environment.activeReleaseId
    ? await tx.release.findUnique({ where: { id: environment.activeReleaseId } })
    : null;
  const sources = [await readSource(app), ...(release ? [JSON.parse(release.content) as Source] : [])];
  const resolved = sources.map(
    async (source) => resolve(source, await loadValues(environment, source.variables)).elements,
  );
  await bindTargets(tx, environment.id, keys, (await Promise.all(resolved)).flat());
}
