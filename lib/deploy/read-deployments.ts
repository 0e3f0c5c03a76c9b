import type { Actor } from '#lib/access/actor.ts';
import { findEnvironment } from '#lib/apps/find-app.ts';
import { Fault, type Reason } from '#lib/core/errors.ts';
import type { DeploymentDetail, DeploymentRow, TestReport } from '#lib/http/api.ts';
import { store } from '#lib/store/store.ts';
import { deploymentRow, deploymentRows } from './deployment-row.ts';
import { settleIfDead } from './interrupted.ts';
import { leaseIsFree } from './lease.ts';
import type { Plan, StageName, StageState } from './plan.ts';

type Place = { app: string; env: string };

const SHOWN = 100;

/** The last hundred deployments of an environment, the newest first. @throws Fault `not-found` */
export async function listDeployments(actor: Actor, input: Place): Promise<{ deployments: DeploymentRow[] }> {
  const { environment } = await findEnvironment(actor, 'app:read', input.app, input.env);
  const rows = await store().deployment.findMany({
    where: { environmentId: environment.id },
    orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
    take: SHOWN,
  });
  return { deployments: await deploymentRows(store(), rows) };
}

/** One deployment with its stages as far as they are; polled while it runs. @throws Fault `not-found` */
export async function readDeployment(actor: Actor, input: Place & { id: string }): Promise<DeploymentDetail> {
  const { app, environment } = await findEnvironment(actor, 'app:read', input.app, input.env);
  const read = () =>
    store().deployment.findFirst({
      where: { id: input.id, environmentId: environment.id },
      include: { steps: { orderBy: { position: 'asc' } } },
    });
  let row = await read();
  if (row?.state === 'running' && leaseIsFree(environment)) {
    await settleIfDead(environment.id);
    row = await read();
  }
  if (!row)
    throw new Fault(
      'not-found',
      `There is no deployment ${input.id} in ${environment.name}. The page Deploy lists them.`,
    );
  const connect = row.steps.find((each) => each.stage === 'connect');
  return {
    ...(await deploymentRow(store(), row)),
    app: app.name,
    environment: environment.name,
    stages: row.steps.map((step) => ({
      stage: step.stage as StageName,
      state: step.state as StageState,
      message: step.message,
      startedAt: step.startedAt.toISOString(),
      ms: step.ms,
    })),
    plan: row.plan ? (JSON.parse(row.plan) as Plan) : null,
    reasons: JSON.parse(row.reasons) as Reason[],
    warnings: JSON.parse(row.warnings) as Reason[],
    tests: connect?.details ? (JSON.parse(connect.details) as TestReport[]) : [],
    outcome: row.outcome ? (JSON.parse(row.outcome) as DeploymentDetail['outcome']) : [],
  };
}
