import { activate } from './activate.ts';
import { approve } from './approve.ts';
import { connect, type Connected } from './connect.ts';
import type { DeployRun } from './deploy-run.ts';
import { freeze, type Frozen } from './freeze.ts';
import { makePlan, type Planned } from './make-plan.ts';
import { migrate } from './migrate.ts';
import { policy } from './policy.ts';
import { type Run, stage } from './run.ts';
import { variables } from './variables.ts';
import { verify } from './verify.ts';

/** The nine stages of product.md section 4. @throws Stop */
export async function deploy(run: DeployRun): Promise<void> {
  const planned = await prepare(run);
  const approved = await stage(run, 'approve', () => approve(run, planned), consent);
  const migrated = await stage(run, 'migrate', () => migrate(run, approved), applied);
  const verified = await stage(run, 'verify', () => verify(run, migrated));
  await stage(run, 'activate', () => activate(run, verified));
}

/** The first five, which change nothing and collect every reason. */
export async function prepare(run: Run): Promise<Planned> {
  const frozen = await stage(run, 'freeze', () => freeze(run), named);
  const resolved = await stage(run, 'variables', () => variables(run, frozen));
  const judged = await stage(run, 'policy', () => policy(run, resolved));
  const connected = await stage(run, 'connect', () => connect(run, judged), reached);
  return stage(run, 'plan', () => makePlan(run, connected), changes);
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

const named = ({ release }: Frozen): string => `Release ${release.number ?? ''} (${release.id}).`.replace('  ', ' ');

const reached = ({ reached: there, tests }: Connected): string =>
  `${there.length < tests.length ? `${there.length} of ` : ''}${count(tests.length, 'database')} reached.`;

const changes = ({ plan, tests }: Planned): string =>
  plan.databases.length === 0 && tests.length > 0
    ? 'Nothing is planned: no database could be reached yet.'
    : plan.changes === 0
      ? 'Nothing to change.'
      : `${count(plan.changes, 'change')}, plan ${plan.hash}.`;

const consent = ({ plan }: Planned): string =>
  plan.needsConsent ? 'Consent was given to this plan.' : 'No consent is needed.';

const applied = ({ plan }: Planned): string => {
  const statements = plan.databases.flatMap((each) => each.changes.flatMap((change) => change.statements));
  return statements.length === 0 ? 'Nothing to do.' : `${count(statements.length, 'statement')} applied.`;
};
