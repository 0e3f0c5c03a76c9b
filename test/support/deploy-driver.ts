/** Deploys, rolls back and builds models in few words, for tests of the whole way. */
import type { Field, ModelBody } from '#elements/model/model.ts';
import type { DeploymentDetail } from '#lib/http/api.ts';
import { deploymentEnd } from '#lib/deploy/jobs.ts';
import { readDeployment } from '#lib/deploy/read-deployments.ts';
import { startRollback } from '#lib/deploy/rollback.ts';
import { startDeploy } from '#lib/deploy/start-deploy.ts';
import type { SourceElement } from '#lib/source/source.ts';
import { owner } from './actors.ts';
import type { OwnApp } from './own-app.ts';

export const field = (id: string, part: object = {}): Field =>
  ({ id: `f_${id}`, name: id, type: 'text', ...part }) as Field;

export const idField = field('id', { type: 'integer', primaryKey: true, generated: 'increment' });

/** A database of its own file in each environment. */
export const main: SourceElement = {
  family: 'databases',
  id: 'e_main',
  fullName: 'databases.Main',
  type: 'databases.SqliteType',
  title: 'Main',
  body: { file: 'main.db' },
};

export const model = (name: string, fields: Field[], body: Partial<ModelBody> = {}): SourceElement => ({
  family: 'models',
  id: `e_${name.toLowerCase()}`,
  fullName: `models.${name}`,
  type: 'models.NormalType',
  title: name,
  body: { table: name.toLowerCase(), fields, ...body },
});

export async function deployed(
  app: OwnApp,
  env: string,
  approve?: string,
  actor = owner,
  confirmTargets = false,
): Promise<DeploymentDetail> {
  const { id } = await startDeploy(actor, { app: app.name, env, approve, confirmTargets });
  await deploymentEnd(id);
  return readDeployment(actor, { app: app.name, env, id });
}

export async function rolledBack(app: OwnApp, env: string, release?: string): Promise<DeploymentDetail> {
  const { id } = await startRollback(owner, { app: app.name, env, release });
  await deploymentEnd(id);
  return readDeployment(owner, { app: app.name, env, id });
}

export const codes = (detail: DeploymentDetail): string[] => detail.reasons.map((reason) => reason.code);

/** The SQL of a plan, in order. */
export const statements = (detail: DeploymentDetail): string[] =>
  (detail.plan?.databases ?? []).flatMap((each) =>
    each.changes.flatMap((change) => change.statements.map(({ sql }) => sql)),
  );
