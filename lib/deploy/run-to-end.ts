import type { Actor } from '#lib/access/actor.ts';
import { audit } from '#lib/access/audit.ts';
import { Fault, type Reason } from '#lib/core/errors.ts';
import { log } from '#lib/core/log.ts';
import type { DeploymentDetail } from '#lib/http/api.ts';
import type { Source } from '#lib/source/source.ts';
import { store, transaction } from '#lib/store/store.ts';
import type { DeployRun } from './deploy-run.ts';
import { keepLease, LeaseLost } from './lease.ts';
import { type RunApp, type RunEnvironment, Stop } from './run.ts';
import { storedLog } from './stage-log.ts';

export type RunSetting = {
  id: string;
  kind: DeployRun['kind'];
  actor: Actor;
  input: { approve?: string | undefined; confirmTargets?: boolean | undefined };
  app: RunApp;
  environment: RunEnvironment;
  token: number;
  source: Source;
  work(run: DeployRun): Promise<void>;
};

/** Runs a deploy that has its lease to an end that is written down; never rejects. */
export async function runToEnd(setting: RunSetting): Promise<void> {
  const { id, actor, input, app, environment, kind } = setting;
  const lease = keepLease(environment.id, setting.token);
  const cleanup: (() => Promise<void>)[] = [];
  let migrating = false;
  const run: DeployRun = {
    kind,
    actor,
    app,
    environment,
    source: setting.source,
    approve: input.approve ?? null,
    confirmTargets: input.confirmTargets === true,
    findings: { reasons: [], warnings: [] },
    log: storedLog(id),
    sessions: new Set(),
    deploymentId: id,
    lease,
    outcome(done) {
      migrating = true;
      return keepOutcome(id, done);
    },
    atEnd: (work) => void cleanup.push(work),
  };
  try {
    const state = await setting.work(run).then(
      () => 'done' as const,
      (error: unknown) => stateOf(error, run, migrating),
    );
    for (const each of cleanup) await each().catch(() => {});
    await Promise.all([...run.sessions].map((session) => session.close()));
    if (state !== null) await end(run, state);
  } catch (error) {
    log().error({ err: error, deployment: id }, 'a deploy could not be ended');
  } finally {
    await lease.release().catch(() => {});
  }
}

async function keepOutcome(id: string, done: DeploymentDetail['outcome']): Promise<void> {
  await store().deployment.update({ where: { id }, data: { outcome: JSON.stringify(done) } });
}

/** A Fault (a sealed store, a right that was taken away) before *migrate* has changed nothing. null: the lease is lost, and whoever has it now has written this deploy's end. */
function stateOf(error: unknown, run: DeployRun, migrating: boolean): 'refused' | 'failed' | null {
  if (error instanceof Stop) return error.state;
  if (error instanceof LeaseLost) return null;
  run.findings.reasons.push(unexpected(error, run));
  return error instanceof Fault && !migrating ? 'refused' : 'failed';
}

function unexpected(error: unknown, run: DeployRun): Reason {
  if (error instanceof Fault)
    return { environment: run.environment.name, code: error.code, message: error.message, next: 'Deploy again then.' };
  log().error({ err: error, deployment: run.deploymentId }, 'an unexpected fault in a deploy');
  return {
    environment: run.environment.name,
    code: 'internal',
    message: `An unexpected fault ended the deploy; the portal's log has it under ${run.deploymentId}.`,
    next: 'Deploy again; if it happens once more, report it with that id.',
  };
}

async function end(run: DeployRun, state: 'done' | 'refused' | 'failed'): Promise<void> {
  const { reasons, warnings } = run.findings;
  await transaction(async (tx) => {
    await tx.deployment.update({
      where: { id: run.deploymentId },
      data: {
        state,
        endedAt: new Date(),
        reasons: JSON.stringify(reasons),
        warnings: JSON.stringify(warnings),
      },
    });
    await audit(tx, run.actor, `${run.kind}.${state}`, {
      app: run.app.name,
      environment: run.environment.name,
      subject: run.deploymentId,
      detail: { reasons: reasons.map((each) => each.code) },
    });
  });
}
