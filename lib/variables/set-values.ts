import { z } from 'zod';
import type { Actor } from '#lib/access/actor.ts';
import { findEnvironment } from '#lib/apps/find-app.ts';
import { applyValues, proveValues } from '#lib/connections/apply-values.ts';
import { Fault } from '#lib/core/errors.ts';
import type { Reason } from '#lib/core/errors.ts';
import { readSource } from '#lib/source/read-source.ts';
import { transaction } from '#lib/store/store.ts';
import { checkFit } from './check-fit.ts';
import { commitValues } from './commit-values.ts';
import { parseValues } from './write-values.ts';

export const setValuesInput = z.strictObject({
  app: z.string(),
  env: z.string(),
  /** as text, whatever the type: `{"SHOP_DB_PORT": "5432"}` */
  values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String)),
  force: z.boolean().optional(),
  confirmTargets: z.boolean().optional(),
});

/**
 * Sets values of one environment, all or none, and makes what runs there take them.
 * @throws Fault `wrong-input` with every fault (rule 3.4); `refused` where the running release would fail with them (rule 3.8), unless
 * forced; `secret-target` where a stored secret would follow a value to a new place (rule 3.7)
 */
export async function setValues(
  actor: Actor,
  input: z.output<typeof setValuesInput>,
): Promise<{ set: string[]; warnings: Reason[] }> {
  const { app, environment } = await findEnvironment(actor, 'value:set', input.app, input.env);
  const { variables } = await readSource(app);
  parseValues(environment.name, variables, input.values);
  const { targets, failures } = await proveValues(actor, app.name, environment, input.values, {
    confirmTargets: input.confirmTargets === true,
  });
  if (targets[0]) throw new Fault('secret-target', targets[0].message, targets);
  if (failures[0] && input.force !== true) {
    throw new Fault(
      'refused',
      `With these values what runs in ${environment.name} would fail: ${failures[0].message}`,
      failures,
    );
  }
  await transaction(async (tx) => {
    const source = await readSource(app);
    checkFit(source, input.values, environment.name);
    await commitValues(tx, actor, app, environment, source, input.values);
  });
  await applyValues(app.name, environment);
  return { set: Object.keys(input.values), warnings: failures };
}
