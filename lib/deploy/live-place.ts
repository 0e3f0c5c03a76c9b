import { ConnectFailure, DatabaseFailure } from '#elements/database/contract.ts';
import { loadEngine } from '#elements/database/engines.ts';
import { makeTarget, type Place } from '#lib/connections/target.ts';
import type { ResolvedElement } from '#lib/variables/resolution.ts';
import { identityOf } from './reach.ts';

const PATIENCE_MS = 2_000;

/** The identity of a database as it is now; null when it does not answer, and of a server nothing is known then. */
export async function livePlace(resolved: ResolvedElement, place: Place): Promise<string | null> {
  const outcome = await makeTarget(resolved, place);
  if (!outcome.ok) return null;
  const engine = await loadEngine(resolved.engine);
  const target = { ...outcome.target, connectTimeoutMs: Math.min(PATIENCE_MS, outcome.target.connectTimeoutMs) };
  if (target.endpoint.kind === 'file') return identityOf(engine, null, target);
  try {
    const session = await engine.connect(target);
    try {
      return await identityOf(engine, session, target);
    } finally {
      await session.close();
    }
  } catch (error) {
    if (error instanceof ConnectFailure || error instanceof DatabaseFailure) return null;
    throw error;
  }
}
