import { z } from 'zod';
import type { Actor } from '#lib/access/actor.ts';
import { audit } from '#lib/access/audit.ts';
import { Fault } from '#lib/core/errors.ts';
import { transaction } from '#lib/store/store.ts';
import { DEVELOPMENT } from '#lib/variables/resolution.ts';
import { confirmName } from './confirm-name.ts';
import { findEnvironment } from './find-app.ts';
import { leaveEnvironments, refuseWhileDeploying } from './leave-environment.ts';
import { moveToTrash } from './move-to-trash.ts';

export const deleteEnvironmentInput = z.strictObject({
  app: z.string(),
  env: z.string(),
  confirm: z.string().optional(),
});

/**
 * Deletes an environment with its values, deployments and tokens; nothing on a database server is touched.
 * @returns where its SQLite files lie now, relative to the data folder; null: it had none
 * @throws Fault `confirmation-needed` without its name; `wrong-input` with another, and for `development`; `in-use`
 */
export async function deleteEnvironment(
  actor: Actor,
  input: z.output<typeof deleteEnvironmentInput>,
): Promise<{ trash: string | null }> {
  const { app, environment } = await findEnvironment(actor, 'environment:delete', input.app, input.env);
  const { id, name } = environment;
  if (name === DEVELOPMENT) throw new Fault('wrong-input', `${DEVELOPMENT} always exists. Delete the app instead.`);
  confirmName(input.confirm, name);
  await transaction(async (tx) => {
    refuseWhileDeploying([await tx.environment.findUniqueOrThrow({ where: { id } })]);
    await tx.dataKey.deleteMany({ where: { appId: app.id, environmentId: id } });
    await tx.environment.delete({ where: { id } });
    await audit(tx, actor, 'environment.delete', { app: app.name, environment: name });
  });
  await leaveEnvironments(app.name, [environment]);
  return { trash: await moveToTrash(app.name, name) };
}
