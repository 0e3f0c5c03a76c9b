import { z } from 'zod';
import type { Actor } from '#lib/access/actor.ts';
import { audit } from '#lib/access/audit.ts';
import { requireRight } from '#lib/access/rights.ts';
import { Fault } from '#lib/core/errors.ts';
import type { AppRow } from '#lib/http/api.ts';
import { newId } from '#lib/store/new-id.ts';
import { transaction } from '#lib/store/store.ts';
import { DEVELOPMENT } from '#lib/variables/resolution.ts';
import { placeName } from './app-name.ts';
import { appRow } from './app-row.ts';

export const createAppInput = z.strictObject({ name: placeName, title: z.string().trim().max(200).optional() });

/** Makes an app with its environment `development`. @throws Fault `exists` */
export async function createApp(actor: Actor, input: z.output<typeof createAppInput>): Promise<AppRow> {
  requireRight(actor, 'app:create', { app: input.name });
  const app = await transaction(async (tx) => {
    const { name } = input;
    if (await tx.app.findUnique({ where: { name } })) {
      throw new Fault('exists', `There is an app ${name} already. Choose another name.`);
    }
    const made = await tx.app.create({ data: { id: newId('a'), name, title: input.title || name } });
    await tx.environment.create({ data: { id: newId('env'), appId: made.id, name: DEVELOPMENT, position: 0 } });
    await audit(tx, actor, 'app.create', { app: name });
    return made;
  });
  return appRow(app);
}
