import { z } from 'zod';
import type { Actor } from '#lib/access/actor.ts';
import { applyValues } from '#lib/connections/apply-values.ts';
import { findEnvironment } from '#lib/apps/find-app.ts';
import type { Reason } from '#lib/core/errors.ts';
import { readSource } from '#lib/source/read-source.ts';
import { transaction } from '#lib/store/store.ts';
import { checkFit } from './check-fit.ts';
import { commitValues } from './commit-values.ts';
import { proveTexts } from './prove-texts.ts';

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
 * @throws Fault `wrong-input` with every fault (rule 3.4); `secret-target`; `refused` where the running release would fail with them (rule 3.8)
 */
export async function setValues(
  actor: Actor,
  input: z.output<typeof setValuesInput>,
): Promise<{ set: string[]; warnings: Reason[] }> {
  const { app, environment } = await findEnvironment(actor, 'value:set', input.app, input.env);
  const { values } = input;
  const { variables } = await readSource(app);
  const warnings = await proveTexts(actor, app.name, environment, variables, values, input);
  await transaction(async (tx) => {
    const source = await readSource(app);
    checkFit(source, values, environment.name);
    await commitValues(tx, actor, app, environment, source, values);
  });
  await applyValues(app.name, environment);
  return { set: Object.keys(values), warnings };
}
