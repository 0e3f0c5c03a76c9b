import { processWide } from '#lib/core/process-wide.ts';
import { Pool } from './pool.ts';
import type { PoolOrigin } from './pool.ts';
import type { PoolFigures } from './pool-figures.ts';

/**
 * One database element of one release in one environment; `element` is its fullName. `version` counts up with each reading of
 * the environment's values: a request that started with older values can not bring them back.
 */
export type PoolKey = { environmentId: string; release: string; element: string; version: number };

type Kept = PoolKey & { pool: Pool };

/** environment → `release/element` → pool */
const kept = () => processWide('pools', () => new Map<string, Map<string, Kept>>());

/**
 * The pool of a key, made on first use and made anew for a higher version. Synchronous, so that nothing can be drained
 * between the look-up and `acquire()`: call both in one go and keep no pool over an `await`.
 */
export function poolFor(key: PoolKey, origin: () => PoolOrigin): Pool {
  const all = kept();
  let pools = all.get(key.environmentId);
  if (!pools) all.set(key.environmentId, (pools = new Map()));
  const name = `${key.release}/${key.element}`;
  const found = pools.get(name);
  if (found && found.version >= key.version) return found.pool;
  void found?.pool.drain();
  const pool = new Pool(origin());
  pools.set(name, { ...key, pool });
  return pool;
}

/** Which pools: all of an environment, or only those of a release or of some elements. */
export type PoolChoice = { environmentId: string; release?: string; elements?: string[] };

/**
 * Takes pools out at once, so that the next request makes new ones from present values, and lets what runs on
 * the old ones finish; resolves when their last session is closed.
 */
export async function replace({ environmentId, release, elements }: PoolChoice): Promise<void> {
  const pools = kept().get(environmentId);
  const chosen = [...(pools ?? [])].filter(
    ([, each]) =>
      (release === undefined || each.release === release) &&
      (elements === undefined || elements.includes(each.element)),
  );
  for (const [name] of chosen) pools?.delete(name);
  if (pools?.size === 0) kept().delete(environmentId);
  await Promise.all(chosen.map(([, each]) => each.pool.drain()));
}

export function drainEnvironment(environmentId: string): Promise<void> {
  return replace({ environmentId });
}

/** For the stop of the process: what still runs after `graceMs` is cut. */
export async function drainAll(graceMs = 10_000): Promise<void> {
  const pools = [...kept().values()].flatMap((each) => [...each.values()]);
  kept().clear();
  await Promise.all(pools.map(({ pool }) => pool.close(graceMs)));
}

/** Live figures of every pool of this process. */
export function poolFigures(): (PoolKey & PoolFigures)[] {
  return [...kept().values()].flatMap((pools) =>
    [...pools.values()].map(({ pool, ...key }) => ({ ...key, ...pool.figures })),
  );
}
