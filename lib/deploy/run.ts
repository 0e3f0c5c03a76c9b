import type { Session } from '#elements/database/contract.ts';
import type { Actor } from '#lib/access/actor.ts';
import type { Reason } from '#lib/core/errors.ts';
import type { Source } from '#lib/source/source.ts';
import type { Findings, StageName } from './plan.ts';
import type { StageLog } from './stage-log.ts';

export type RunApp = { id: string; name: string };
export type RunEnvironment = {
  id: string;
  appId: string;
  name: string;
  protected: boolean;
  position: number;
  activeReleaseId: string | null;
};

/** All that the stages of one deploy, roll-back or plan share. */
export type Run = {
  kind: 'deploy' | 'rollback' | 'plan';
  actor: Actor;
  app: RunApp;
  environment: RunEnvironment;
  /** what is frozen; of a roll-back the release's own */
  source: Source;
  /** hash of the plan that is consented to */
  approve: string | null;
  confirmTargets: boolean;
  findings: Findings;
  log: StageLog;
  /** closed when the run ends, however it ends */
  sessions: Set<Session>;
};

/** The deploy ends here: `refused` has changed nothing, `failed` may have. */
export class Stop extends Error {
  override readonly name = 'Stop';
  readonly state: 'refused' | 'failed';

  constructor(state: Stop['state']) {
    super(state);
    this.state = state;
  }
}

/**
 * Runs one stage: its time and state are kept; it is `failed` when it found reasons, `warning` when it found only warnings,
 * `skipped` when it stopped for what stages before it found.
 */
export async function stage<T>(
  run: Run,
  name: StageName,
  work: () => Promise<T>,
  /** one sentence on a result without a finding */
  tell: (result: T) => string | null = () => null,
): Promise<T> {
  const { reasons, warnings } = run.findings;
  const before = { reasons: reasons.length, warnings: warnings.length };
  await run.log.begin(name);
  try {
    const result = await work();
    const state = reasons.length > before.reasons ? 'failed' : warnings.length > before.warnings ? 'warning' : 'ok';
    await run.log.end(name, state, summary(reasons, warnings, before) ?? tell(result), run.findings);
    return result;
  } catch (error) {
    const waits = error instanceof Stop && error.state === 'refused' && reasons.length === before.reasons;
    const message = error instanceof Stop ? summary(reasons, warnings, before) : 'an unexpected fault';
    if (waits) await run.log.end(name, 'skipped', 'Waits for what the stages before it have found.', run.findings);
    else await run.log.end(name, 'failed', message, run.findings);
    throw error;
  }
}

function summary(reasons: Reason[], warnings: Reason[], before: { reasons: number; warnings: number }): string | null {
  const found = [...reasons.slice(before.reasons), ...warnings.slice(before.warnings)];
  const first = found[0];
  if (!first) return null;
  return found.length === 1 ? first.message : `${first.message} And ${found.length - 1} more.`;
}
