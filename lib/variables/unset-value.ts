import { z } from 'zod';
import type { Actor } from '#lib/access/actor.ts';
import { audit } from '#lib/access/audit.ts';
import { findEnvironment } from '#lib/apps/find-app.ts';
import { applyValues, proveValues } from '#lib/connections/apply-values.ts';
import { Fault } from '#lib/core/errors.ts';
import { transaction } from '#lib/store/store.ts';

export const unsetValueInput = z.strictObject({
  app: z.string(),
  env: z.string(),
  key: z.string(),
  confirm: z.stringbool().optional(),
});

/** Takes a value away; what runs there is without it at once (rule 3.8). @throws Fault `confirmation-needed`, `secret-target` */
export async function unsetValue(actor: Actor, input: z.output<typeof unsetValueInput>): Promise<void> {
  const { app, environment } = await findEnvironment(actor, 'value:set', input.app, input.env);
  const { key } = input;
  const where = { environmentId: environment.id, key };
  if (input.confirm === true) {
    // its default may name another host: a secret does not follow there unasked
    const { targets } = await proveValues(actor, app.name, environment, { [key]: null }, { confirmTargets: false });
    if (targets[0]) throw new Fault('secret-target', targets[0].message, targets);
  }
  await transaction(async (tx) => {
    const present = await tx.value.findUnique({ where: { environmentId_key: where } });
    if (!present) throw new Fault('not-found', `${key} has no value in ${environment.name}.`);
    if (input.confirm !== true) {
      throw new Fault(
        'confirmation-needed',
        `Unsetting ${key} in ${environment.name} takes effect at once, in what runs there too. Confirm it (--yes).`,
      );
    }
    await tx.value.delete({ where: { environmentId_key: where } });
    await tx.secretTarget.deleteMany({ where });
    await audit(tx, actor, 'value.unset', { app: app.name, environment: environment.name, subject: key });
  });
  await applyValues(app.name, environment);
}
