import { ConnectFailure, DatabaseFailure, type Session } from '#elements/database/contract.ts';
import { makeTarget } from '#lib/connections/target.ts';
import type { Reason } from '#lib/core/errors.ts';
import type { DeploymentDetail } from '#lib/http/api.ts';
import { store } from '#lib/store/store.ts';
import type { Approved } from './approve.ts';
import type { DeployRun } from './deploy-run.ts';
import { find } from './find.ts';
import { hashOf } from './hash.ts';
import { planAll, put } from './make-plan.ts';
import { readRecords } from './managed-rows.ts';
import { DatabaseMigration } from './migrate-database.ts';
import type { DatabasePlan } from './plan-database.ts';
import { identityOf, type Reached } from './reach.ts';
import { Stop } from './run.ts';

export type Migrated = Approved & { readonly migrated: true };
type Outcome = DeploymentDetail['outcome'];

/** How long another deploy's lock on a database is waited for. */
const LOCK_WAIT_MS = 10_000;

/**
 * Runs the plan: under the locks of all databases that it changes, after the same plan has come out once more, additive
 * changes on all databases first, destructive ones once those have succeeded.
 * @throws Stop `refused` while nothing is changed, `failed` later, with what was done per database
 */
export async function migrate(run: DeployRun, approved: Approved): Promise<Migrated> {
  const held = new Set(approved.source.elements.flatMap((each) => (each.family === 'models' ? [each.id] : [])));
  const setting = { environmentId: run.environment.id, deploymentId: run.deploymentId, lease: run.lease, held };
  const work = idle(approved) ?? (await locked(run, approved));
  const migrations = work.map(({ plan, session }) => new DatabaseMigration(plan, session, setting));
  try {
    for (const each of migrations) await each.prepare();
    for (const phase of ['additive', 'destructive'] as const)
      for (const each of migrations) if (!(await each.run(phase))) refuse(run, each);
    for (const each of migrations) await each.keepRecords();
  } finally {
    await run.outcome(migrations.map(outcomeOf));
  }
  await store().environment.update({
    where: { id: run.environment.id },
    data: { migratedReleaseId: approved.release.id },
  });
  return { ...approved, migrated: true };
}

type Work = { plan: DatabasePlan; session: Session };

/** A plan without a change needs no lock, and nothing can come in between; null where there is something to do. */
function idle({ plan, databases }: Approved): Work[] | null {
  if (plan.changes > 0) return null;
  const work = databases.flatMap((each) =>
    each.reached.session ? [{ plan: each, session: each.reached.session }] : [],
  );
  return work.length === databases.length ? work : null;
}

async function locked(run: DeployRun, approved: Approved): Promise<Work[]> {
  const opened = await openAll(run, approved);
  const plans = await planAgain(run, approved, opened);
  return plans.map((plan, at) => ({ plan, session: opened[at]!.session }));
}

/** A roll-back alters nothing. */
export const nothingToMigrate = (approved: Approved): Migrated => ({ ...approved, migrated: true });

/** One name per place, short enough for every server. */
const lockName = ({ identity }: Reached): string => `mooring-${hashOf(identity).slice(0, 24)}`;

/** `session` runs the statements; `reached.session` is the application's, and may be the same. */
type Opened = { reached: Reached; session: Session };

async function openAll(run: DeployRun, { databases }: Approved): Promise<Opened[]> {
  const opened: Opened[] = [];
  const locked = new Set<string>();
  for (const plan of databases) {
    const each = await open(run, plan);
    opened.push(each);
    // Two elements may be one place, and a lock is not taken twice.
    if (plan.planned.changes.length === 0 || locked.has(each.reached.identity)) continue;
    locked.add(each.reached.identity);
    const unlock = await lock(run, each);
    if (unlock === null) stop(run, 'refused', databaseLocked(run, plan));
    else run.atEnd(unlock);
  }
  return opened;
}

async function lock(run: DeployRun, { reached, session }: Opened): Promise<(() => Promise<void>) | null> {
  try {
    return await reached.engine.lock(session, lockName(reached), LOCK_WAIT_MS);
  } catch (error) {
    if (!(error instanceof DatabaseFailure)) throw error;
    return stop(run, 'refused', notReached(run, reached, error));
  }
}

async function open(run: DeployRun, { reached, planned }: DatabasePlan): Promise<Opened> {
  const { resolved, engine } = reached;
  const place = { app: run.app.name, environment: run.environment.name };
  const connect = async (login: 'application' | 'ddl'): Promise<{ session: Session; reached: Reached }> => {
    const create = planned.changes.length > 0 || (reached.session === null && !reached.target.readOnly);
    const outcome = await makeTarget(resolved, place, { login, create });
    if (!outcome.ok) return stop(run, 'refused', outcome.reason);
    const session = await engine.connect(outcome.target);
    run.sessions.add(session);
    return { session, reached: { ...reached, session, target: reached.target } };
  };
  try {
    const application = reached.session?.usable ? { session: reached.session, reached } : await connect('application');
    const ownLogin = resolved.fields.ddlUser?.value ?? null;
    const session =
      ownLogin !== null && planned.changes.length > 0 ? (await connect('ddl')).session : application.session;
    const identity = await identityOf(engine, application.session, reached.target);
    return { session, reached: { ...application.reached, identity } };
  } catch (error) {
    if (!(error instanceof ConnectFailure || error instanceof DatabaseFailure)) throw error;
    return stop(run, 'refused', notReached(run, reached, error));
  }
}

/** Under the locks the same plan must come out again; what came in between makes the consent void. */
async function planAgain(run: DeployRun, approved: Approved, opened: Opened[]): Promise<DatabasePlan[]> {
  const records = await readRecords(run.environment.id);
  const reached = opened.map((each) => each.reached);
  const plans = await planAll(run, approved, reached, records);
  const { hash } = put(run, approved, plans);
  if (plans.length === opened.length && hash === approved.plan.hash) return plans;
  return stop(run, 'refused', {
    environment: run.environment.name,
    code: 'plan-changed',
    message: `The plan was ${approved.plan.hash} and is ${hash} now: a schema was changed while the deploy ran. Nothing was altered.`,
    next: 'Deploy again, and look at the plan.',
  });
}

const notReached = (run: DeployRun, { element, resolved }: Reached, error: Error): Reason => ({
  element: element.fullName,
  ...(resolved.fields.ddlUser?.value == null ? {} : { field: 'ddlUser' }),
  environment: run.environment.name,
  code: 'not-reached',
  message: `${element.fullName} could not be reached to migrate it: ${error.message}`,
  next: 'Test the connection, and deploy again.',
});

const databaseLocked = (run: DeployRun, { planned }: DatabasePlan): Reason => ({
  element: planned.element,
  environment: run.environment.name,
  code: 'database-locked',
  message: `Another deploy is migrating the database of ${planned.element}; its lock was not free within ${LOCK_WAIT_MS / 1_000} s.`,
  next: 'Wait until it has ended, and deploy again.',
});

function stop(run: DeployRun, state: 'refused' | 'failed', reason: Reason): never {
  find(run.findings, { reasons: [reason] });
  throw new Stop(state);
}

function refuse(run: DeployRun, { plan, failed, applied, of }: DatabaseMigration): never {
  const { element, transactional } = plan.planned;
  const what = failed?.at == null ? 'the commit' : `statement ${failed.at} of ${of}`;
  const undone = transactional ? 'All changes of this phase on it were undone.' : `${applied} of ${of} applied.`;
  return stop(run, 'failed', {
    element,
    environment: run.environment.name,
    code: failed?.unknown ? 'outcome-unknown' : 'statement-failed',
    message: `${element}: ${what} failed: ${failed?.message} ${failed?.unknown ? 'Whether it was applied is not known.' : undone}`,
    next: 'Mend what it names, and deploy again: the next plan holds what is left to do.',
  });
}

function outcomeOf({ plan, applied, of, failed }: DatabaseMigration): Outcome[number] {
  const state = applied === of ? 'done' : applied === 0 && !failed?.unknown ? 'untouched' : 'partial';
  const message = failed
    ? `${applied} of ${of} applied. ${failed.message}`
    : of === 0
      ? 'Nothing to do.'
      : `${applied} of ${of} applied.`;
  return { element: plan.planned.element, state, applied, of, message };
}
