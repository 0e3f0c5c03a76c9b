import type { Actor } from '#lib/access/actor.ts';
import { findEnvironment } from '#lib/apps/find-app.ts';
import { takeTestPlace } from '#lib/connections/test-limits.ts';
import { Fault } from '#lib/core/errors.ts';
import type { PlanAnswer } from '#lib/http/api.ts';
import { readSource } from '#lib/source/read-source.ts';
import { prepare } from './deploy.ts';
import type { Run } from './run.ts';
import { sourceOfFiles } from './source-of-files.ts';
import { silentLog } from './stage-log.ts';

export type PlanInput = {
  app: string;
  env: string;
  /** a folder's files, path → text: their source is planned, and not saved */
  files?: Record<string, string> | undefined;
  confirmTargets?: boolean | undefined;
};

/**
 * The first five stages without a record: what a deploy would do now.
 * @throws Fault `refused` with every reason; `wrong-input` for files; `no-right`, `not-found`, `too-many`
 */
export async function planDeploy(actor: Actor, input: PlanInput): Promise<PlanAnswer> {
  const { app, environment } = await findEnvironment(actor, 'element:test', input.app, input.env);
  const present = await readSource(app);
  const run: Run = {
    kind: 'plan',
    actor,
    app,
    environment,
    source: input.files ? sourceOfFiles(app.id, present, input.files) : present,
    approve: null,
    confirmTargets: input.confirmTargets === true,
    findings: { reasons: [], warnings: [] },
    log: silentLog,
    sessions: new Set(),
  };
  // a folder may name any host: planning is no way around the limits of testing
  const leave = await takeTestPlace(actor.userId, 'look');
  try {
    const { plan } = await prepare(run);
    const { reasons, warnings } = run.findings;
    if (reasons.length > 0) throw new Fault('refused', summary(reasons.length, environment.name), reasons);
    return { plan, changes: plan.changes, reasons, warnings };
  } finally {
    leave();
    await Promise.all([...run.sessions].map((session) => session.close()));
  }
}

const summary = (count: number, environment: string): string =>
  `A deploy to ${environment} would be refused for ${count} reason${count === 1 ? '' : 's'}.`;
