import type { Reason } from '#lib/core/errors.ts';
import { find } from './find.ts';
import type { Planned } from './make-plan.ts';
import type { PlannedChange, PlannedDatabase } from './plan.ts';
import { type Run, Stop } from './run.ts';

/** A plan that nothing stands against, and that has the consent it needs: only this is ever migrated. */
export type Approved = Planned & { readonly approved: true };

/** @throws Stop `refused` when any stage so far has found a reason, or consent to this very plan is missing */
export async function approve(run: Run, planned: Planned): Promise<Approved> {
  // Consent to a plan that can not run would be void as soon as it can.
  if (run.findings.reasons.length === 0 && planned.plan.needsConsent && run.approve !== planned.plan.hash)
    find(run.findings, { reasons: wanting(run, planned) });
  if (run.findings.reasons.length > 0) throw new Stop('refused');
  return { ...planned, approved: true };
}

function wanting(run: Run, { plan }: Planned): Reason[] {
  const changed: Reason[] =
    run.approve === null
      ? []
      : [
          {
            environment: run.environment.name,
            code: 'plan-changed',
            message: `Consent was given to the plan ${run.approve}, but the plan is ${plan.hash} now: the release, a database or its schema has changed.`,
            next: `Look at the plan again, and deploy with --approve ${plan.hash}.`,
          },
        ];
  const destructive = plan.databases.flatMap((database) =>
    database.changes
      .filter((each) => each.phase === 'destructive')
      .map((each) => confirmation(run, plan.hash, database, each)),
  );
  if (destructive.length > 0) return [...changed, ...destructive];
  return [
    ...changed,
    {
      environment: run.environment.name,
      code: 'confirmation-needed',
      message: `${run.environment.name} is protected, and the plan ${plan.hash} changes it: ${plan.changes} change${plan.changes === 1 ? '' : 's'}.`,
      next: `Look at the plan, and deploy with --approve ${plan.hash}.`,
    },
  ];
}

function confirmation(
  run: Run,
  hash: string,
  { element }: PlannedDatabase,
  { change, risks, model }: PlannedChange,
): Reason {
  const table = typeof change.table === 'string' ? change.table : change.table.name;
  const column = 'column' in change && typeof change.column === 'string' ? `.${change.column}` : '';
  const what = risks[0]?.message ?? `${change.kind} ${table}${column}.`;
  const keep =
    change.kind === 'drop-table' ? ' To keep the table, deploy its model with `"managed": false` first.' : '';
  return {
    element: model ?? element,
    field: `${table}${column}`,
    environment: run.environment.name,
    code: 'confirmation-needed',
    message: `${element}: ${what}`,
    next: `If that is meant, deploy with --approve ${hash}.${keep}`,
  };
}
