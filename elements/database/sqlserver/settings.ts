import type { Target } from '../contract.ts';
import type { Statement } from '../schema.ts';

/** What a statement means depends on these, so each session sets what the driver does not set at sign-in. */
export function settings({ options }: Target): Statement {
  const lock = Math.max(0, Math.trunc(Number(options['lockTimeoutMs'] ?? 10_000)));
  return { sql: `set nocount off; set rowcount 0; set lock_timeout ${lock}`, parameters: [] };
}
