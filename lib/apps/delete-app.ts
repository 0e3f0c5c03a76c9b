import { z } from 'zod';
import type { Actor } from '#lib/access/actor.ts';
import { audit } from '#lib/access/audit.ts';
import { transaction } from '#lib/store/store.ts';
import { confirmName } from './confirm-name.ts';
import { findApp } from './find-app.ts';
import { leaveEnvironments, refuseWhileDeploying } from './leave-environment.ts';
import { moveToTrash } from './move-to-trash.ts';

export const deleteAppInput = z.strictObject({ app: z.string(), confirm: z.string().optional() });

/**
 * Deletes an app with all it has in the store; nothing on a database server is touched.
 * @returns where its SQLite files lie now, relative to the data folder; null: it had none
 * @throws Fault `confirmation-needed` without the app's name, `wrong-input` with another; `in-use` while a deploy runs
 */
export async function deleteApp(
  actor: Actor,
  input: z.output<typeof deleteAppInput>,
): Promise<{ trash: string | null }> {
  const app = await findApp(actor, 'app:delete', input.app);
  confirmName(input.confirm, app.name);
  const environments = await transaction(async (tx) => {
    const rows = await tx.environment.findMany({ where: { appId: app.id } });
    refuseWhileDeploying(rows);
    await tx.elementRevision.deleteMany({ where: { appId: app.id } });
    await tx.app.delete({ where: { id: app.id } });
    await audit(tx, actor, 'app.delete', { app: app.name });
    return rows;
  });
  await leaveEnvironments(app.name, environments);
  return { trash: await moveToTrash(app.name) };
}
