import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Actor } from '#lib/access/actor.ts';
import { audit } from '#lib/access/audit.ts';
import { requireRight } from '#lib/access/rights.ts';
import { config } from '#lib/config.ts';
import { Fault } from '#lib/core/errors.ts';
import type { EnvironmentRow } from '#lib/http/api.ts';
import type { Tx } from '#lib/store/open.ts';
import { transaction } from '#lib/store/store.ts';
import { DEVELOPMENT } from '#lib/variables/resolution.ts';
import { placeName } from './app-name.ts';
import { environmentRows } from './environment-rows.ts';
import { findEnvironment } from './find-app.ts';
import { leaveEnvironments, refuseWhileDeploying } from './leave-environment.ts';

export const changeEnvironmentInput = z.strictObject({
  app: z.string(),
  env: z.string(),
  protected: z.boolean().optional(),
  name: placeName.optional(),
  /** place in the order, from 0 */
  position: z.int().min(0).optional(),
});

type Input = z.output<typeof changeEnvironmentInput>;

/** Protects, renames or reorders an environment; its SQLite files follow its name. @throws Fault `exists`, `in-use` */
export async function changeEnvironment(actor: Actor, input: Input): Promise<EnvironmentRow> {
  const { app, environment } = await findEnvironment(actor, 'environment:create', input.app, input.env);
  const asOwner = environment.protected || input.protected !== undefined;
  if (asOwner) requireRight(actor, 'environment:protect', { app: app.name, environment });
  const name = input.name ?? environment.name;
  const isRenamed = name !== environment.name;
  await transaction(async (tx) => {
    if (isRenamed) await checkRename(tx, environment, name);
    const isProtected = input.protected ?? environment.protected;
    await tx.environment.update({ where: { id: environment.id }, data: { name, protected: isProtected } });
    if (input.position !== undefined) await reorder(tx, app.id, environment.id, input.position);
    const { env: _, app: __, ...detail } = input;
    await audit(tx, actor, 'environment.change', { app: app.name, environment: environment.name, detail });
  });
  await leaveEnvironments(app.name, [environment, { ...environment, name }]);
  if (isRenamed) await renameFiles(app.name, environment.name, name);
  const rows = await environmentRows(app);
  return rows.find((row) => row.name === name) as EnvironmentRow;
}

async function checkRename(
  tx: Tx,
  environment: { appId: string; id: string; name: string; leaseUntil: Date | null },
  name: string,
): Promise<void> {
  if (environment.name === DEVELOPMENT) {
    throw new Fault('wrong-input', `${DEVELOPMENT} keeps its name: the designer works against it.`);
  }
  refuseWhileDeploying([environment]);
  if (await tx.environment.findUnique({ where: { appId_name: { appId: environment.appId, name } } })) {
    throw new Fault('exists', `There is an environment ${name} already. Choose another name.`);
  }
}

async function reorder(tx: Tx, appId: string, id: string, position: number): Promise<void> {
  const rows = await tx.environment.findMany({ where: { appId }, orderBy: { position: 'asc' } });
  const ids = rows.map((row) => row.id).filter((each) => each !== id);
  ids.splice(position, 0, id);
  for (const [place, each] of ids.entries()) {
    await tx.environment.update({ where: { id: each }, data: { position: place } });
  }
}

async function renameFiles(app: string, from: string, to: string): Promise<void> {
  const place = (name: string) => join(config().home, 'data', app, name);
  if (existsSync(place(from))) await rename(place(from), place(to));
}
