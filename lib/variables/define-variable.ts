import { z } from 'zod';
import type { Actor } from '#lib/access/actor.ts';
import { findApp, findEnvironment } from '#lib/apps/find-app.ts';
import { applyValues, proveValues } from '#lib/connections/apply-values.ts';
import { Fault } from '#lib/core/errors.ts';
import type { VariableRow } from '#lib/http/api.ts';
import type { VariableDefinition } from '#lib/source/source.ts';
import { changeSource } from '#lib/tree/change-source.ts';
import { commitValues } from './commit-values.ts';
import { definitionSchema } from './definition-schema.ts';
import { DEVELOPMENT } from './resolution.ts';
import { canonicalDefinition } from './variable-row.ts';
import { variableRows } from './variable-rows.ts';

export const defineVariableInput = z.strictObject({
  app: z.string(),
  key: z.string(),
  definition: definitionSchema,
  clearValues: z.boolean().optional(),
  /** the "Value in current application": set in `development` in the same transaction */
  development: z.union([z.string(), z.number(), z.boolean()]).optional(),
});

/**
 * Makes a variable or changes its definition.
 * @throws Fault `refused` where its type does not fit the fields that use it; those of rule 3.6; `secret-target` (rule 3.7)
 */
export async function defineVariable(actor: Actor, input: z.output<typeof defineVariableInput>): Promise<VariableRow> {
  const { key, development } = input;
  const app = await findApp(actor, 'source:write', input.app);
  const place =
    development === undefined ? null : (await findEnvironment(actor, 'value:set', app.name, DEVELOPMENT)).environment;
  if (place) {
    const changes = { [key]: String(development) };
    const { targets } = await proveValues(actor, app.name, place, changes, { confirmTargets: false });
    if (targets[0]) throw new Fault('secret-target', targets[0].message, targets);
  }
  const definition = canonicalDefinition(input.definition as VariableDefinition);
  const state = await changeSource(
    actor,
    app.name,
    ({ source }) => ({ ...source, variables: { ...source.variables, [key]: definition } }),
    async (tx, saved) => {
      if (place) await commitValues(tx, actor, app, place, saved.source, { [key]: String(development) });
    },
    { clearValues: input.clearValues === true },
  );
  if (place) await applyValues(app.name, place);
  return (await variableRows(state)).find((row) => row.key === key) as VariableRow;
}
