import { POOL_FIELDS } from '#elements/connection/common-fields.ts';

/** product.md section 2, `pool`; times in milliseconds */
export type PoolSettings = {
  max: number;
  min: number;
  idleTimeoutMs: number;
  maxLifetimeMs: number;
  acquireTimeoutMs: number;
  queueLimit: number;
  connectTimeoutMs: number;
  statementTimeoutMs: number;
};

const DEFAULTS = Object.fromEntries(
  POOL_FIELDS.map(({ name, default: value }) => [name.slice('pool.'.length), value]),
) as PoolSettings;

/** The pool figures of an element; those that are absent, and all of an engine without servers, are the defaults. */
export function poolSettings(given: Partial<Record<keyof PoolSettings, number>> = {}): PoolSettings {
  const settings = { ...DEFAULTS, ...given };
  return { ...settings, min: Math.min(settings.min, settings.max) };
}

/** Sessions of an embedded database share a few processes, so many cost little; what comes in together is answered together. */
const EMBEDDED_MAX = 32;

export function embeddedPoolSettings(): PoolSettings {
  return poolSettings({ max: EMBEDDED_MAX });
}
