import { DatabaseFailure } from '#elements/database/contract.ts';
import type { Reason } from '#lib/core/errors.ts';
import type { Connected } from './connect.ts';
import { find } from './find.ts';
import { hashOf } from './hash.ts';
import type { ManagedRecord } from './managed-record.ts';
import { readRecords } from './managed-rows.ts';
import type { Plan } from './plan.ts';
import { type DatabasePlan, planDatabase } from './plan-database.ts';
import type { Reached } from './reach.ts';
import type { Run } from './run.ts';

export type Planned = Connected & { plan: Plan; databases: DatabasePlan[] };

/** Live schema against models, for every database that was reached. */
export async function makePlan(run: Run, connected: Connected): Promise<Planned> {
  const records = await readRecords(run.environment.id);
  const databases = connected.sound ? await planAll(run, connected, connected.reached, records) : [];
  find(run.findings, { reasons: databases.flatMap((each) => each.reasons) });
  find(run.findings, { warnings: [...databases.flatMap((each) => each.warnings), ...left(connected, records)] });
  const plan = put(run, connected, databases);
  await run.log.plan(plan);
  return { ...connected, plan, databases };
}

/** The plans of `reached`, side by side; one whose server fails is a reason. */
export async function planAll(
  run: Run,
  { source }: Pick<Connected, 'source'>,
  reached: Reached[],
  records: ReadonlyMap<string, ManagedRecord[]>,
): Promise<DatabasePlan[]> {
  const plans = await Promise.all(
    reached.map((each) =>
      planDatabase(each, {
        environment: run.environment.name,
        source,
        asItStands: run.kind === 'rollback',
        records: records.get(each.element.id) ?? [],
      }).catch((error: unknown) => {
        if (!(error instanceof DatabaseFailure)) throw error;
        find(run.findings, { reasons: [failed(run, each, error)] });
        return null;
      }),
    ),
  );
  return plans.filter((each) => each !== null);
}

const failed = (run: Run, { element }: Reached, error: DatabaseFailure): Reason => ({
  element: element.fullName,
  environment: run.environment.name,
  code: 'not-introspected',
  message: `The schema of ${element.fullName} could not be read: ${error.message}`,
  next: 'Check the rights of the user, and the log of the server.',
});

/** The plan of all databases with its hash, which is the same as long as nothing of it changes. */
export function put(run: Run, { release, source }: Connected, plans: DatabasePlan[]): Plan {
  const databases = plans.map((each) => each.planned);
  const changes = databases.flatMap((each) => each.changes);
  const covered = databases.map(({ element, target, identity, fingerprint, changes }) => ({
    element,
    target,
    identity,
    fingerprint,
    statements: changes.flatMap((each) => each.statements),
  }));
  const expected = source.elements.filter((each) => each.family === 'databases').length;
  const whole = databases.length === expected;
  const hash = hashOf({ release: release.id, environment: run.environment.id, whole, databases: covered });
  return {
    release: release.id,
    environment: run.environment.name,
    hash: `p_${hash.slice(0, 24)}`,
    databases,
    changes: changes.length,
    needsConsent:
      changes.some((each) => each.phase === 'destructive') || (run.environment.protected && changes.length > 0),
  };
}

/** On a database element that the release no longer holds nothing is dropped. */
function left({ source }: Connected, records: ReadonlyMap<string, ManagedRecord[]>): Reason[] {
  const held = new Set(source.elements.map((each) => each.id));
  return [...records].flatMap(([databaseId, tables]) =>
    held.has(databaseId) || tables.length === 0
      ? []
      : [
          {
            code: 'database-left',
            message: `A database that this release no longer holds keeps its tables: ${tables.map((each) => each.table).join(', ')}.`,
            next: 'Drop them by hand if nobody needs them.',
          },
        ],
  );
}
