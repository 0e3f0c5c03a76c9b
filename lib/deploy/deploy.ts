import { activate } from './activate.ts';
import { approve } from './approve.ts';
import { connect } from './connect.ts';
import type { DeployRun } from './deploy-run.ts';
import { freeze } from './freeze.ts';
import { makePlan, type Planned } from './make-plan.ts';
import { migrate } from './migrate.ts';
import { policy } from './policy.ts';
import { type Run, stage } from './run.ts';
import { variables } from './variables.ts';
import { verify } from './verify.ts';

/** The nine stages of product.md section 4. @throws Stop */
export async function deploy(run: DeployRun): Promise<void> {
  const planned = await prepare(run);
  const approved = await stage(run, 'approve', () => approve(run, planned));
  const migrated = await stage(run, 'migrate', () => migrate(run, approved));
  const verified = await stage(run, 'verify', () => verify(run, migrated));
  await stage(run, 'activate', () => activate(run, verified));
}

/** The first five, which change nothing and collect every reason. */
export async function prepare(run: Run): Promise<Planned> {
  const frozen = await stage(run, 'freeze', () => freeze(run));
  const resolved = await stage(run, 'variables', () => variables(run, frozen));
  const judged = await stage(run, 'policy', () => policy(run, resolved));
  const connected = await stage(run, 'connect', () => connect(run, judged));
  return stage(run, 'plan', () => makePlan(run, connected));
}
