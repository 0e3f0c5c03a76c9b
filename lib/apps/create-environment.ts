import { z } from 'zod';
import type { Actor } from '#lib/access/actor.ts';
import { audit } from '#lib/access/audit.ts';
import { requireRight } from '#lib/access/rights.ts';
import { Fault } from '#lib/core/errors.ts';
import type { EnvironmentRow } from '#lib/http/api.ts';
import { newId } from '#lib/store/new-id.ts';
import { transaction } from '#lib/store/store.ts';
import { placeName } from './app-name.ts';
import { findApp } from './find-app.ts';

export const createEnvironmentInput = z.strictObject({
  app: z.string(),
  name: placeName,
  protected: z.boolean().optional(),
});

/** Adds an environment at the end of the order. @throws Fault `exists` */
export async function createEnvironment(
  actor: Actor,
  input: z.output<typeof createEnvironmentInput>,
): Promise<EnvironmentRow> {
  const { name, protected: isProtected = false } = input;
  requireRight(actor, 'environment:create', { app: input.app, environment: { name, protected: false } });
  const app = await findApp(actor, 'environment:create', input.app);
  if (isProtected) requireRight(actor, 'environment:protect', { app: app.name });
  return transaction(async (tx) => {
    const present = await tx.environment.findMany({ where: { appId: app.id } });
    if (present.some((each) => each.name === name)) {
      throw new Fault('exists', `There is an environment ${name} already. Choose another name.`);
    }
    const position = Math.max(-1, ...present.map((each) => each.position)) + 1;
    const data = { id: newId('env'), appId: app.id, name, position, protected: isProtected };
    await tx.environment.create({ data });
    await audit(tx, actor, 'environment.create', {
      app: app.name,
      environment: name,
      detail: { protected: isProtected },
    });
    return { name, position, protected: isProtected, active: null, missing: [] };
  });
}
