import { loadEngine } from '#elements/database/engines.ts';
import { Fault } from '#lib/core/errors.ts';
import type { ResolvedElement } from '#lib/variables/resolution.ts';
import type { PoolOrigin } from './pool.ts';
import { embeddedPoolSettings, poolSettings } from './pool-settings.ts';
import { makeTarget } from './target.ts';
import type { Place } from './target.ts';

/**
 * What a pool of this element needs. Each new connection looks the name up again, so that a server that moved is found,
 * and is checked again, so that a name that moved is refused.
 */
export function poolOrigin(resolved: ResolvedElement, place: Place): PoolOrigin {
  return {
    settings: 'file' in resolved.fields ? embeddedPoolSettings() : poolSettings(figures(resolved)),
    async connect() {
      const outcome = await makeTarget(resolved, place);
      if (!outcome.ok) throw new Fault('unavailable', outcome.reason.message, [outcome.reason]);
      const engine = await loadEngine(resolved.engine);
      return engine.connect(outcome.target);
    },
  };
}

function figures({ fields }: ResolvedElement): Record<string, number> {
  const found = Object.entries(fields).flatMap(([name, { value }]) =>
    name.startsWith('pool.') && typeof value === 'number' ? [[name.slice('pool.'.length), value] as const] : [],
  );
  return Object.fromEntries(found);
}
