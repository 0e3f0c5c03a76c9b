import { z } from 'zod';
import type { Actor } from '#lib/access/actor.ts';
import { applyValues } from '#lib/connections/apply-values.ts';
import { findApp, findEnvironment } from '#lib/apps/find-app.ts';
import { Fault } from '#lib/core/errors.ts';
import type { VariableRow } from '#lib/http/api.ts';
import type { VariableDefinition } from '#lib/source/source.ts';
import { changeSource } from '#lib/tree/change-source.ts';
import { checkDefinition } from './check-definition.ts';
import { checkFit } from './check-fit.ts';
import { commitValues } from './commit-values.ts';
import { definitionSchema } from './definition-schema.ts';
import { proveTexts } from './prove-texts.ts';
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
  /** set it although what runs in `development` fails with it (rule 3.8) */
  force: z.boolean().optional(),
});

/**
 * Makes a variable or changes its definition.
 * @throws Fault `refused` where its type does not fit the fields that use it; those of rule 3.6
 */
export async function defineVariable(actor: Actor, input: z.output<typeof defineVariableInput>): Promise<VariableRow> {
  const { key, development } = input;
  const app = await findApp(actor, 'source:write', input.app);
  const place =
    development === undefined ? null : (await findEnvironment(actor, 'value:set', app.name, DEVELOPMENT)).environment;
  const definition = canonicalDefinition(input.definition as VariableDefinition);
  const [wrong, ...more] = checkDefinition(key, definition);
  if (wrong) throw new Fault('wrong-input', `${wrong.message} ${wrong.next}`, [wrong, ...more]);
  const texts = { [key]: String(development) };
  if (place) await proveTexts(actor, app.name, place, { [key]: definition }, texts, input);
  const state = await changeSource(
    actor,
    app.name,
    ({ source }) => ({ ...source, variables: { ...source.variables, [key]: definition } }),
    async (tx, saved) => {
      if (!place) return;
      checkFit(saved.source, texts, DEVELOPMENT);
      await commitValues(tx, actor, app, place, saved.source, texts);
    },
    { clearValues: input.clearValues === true },
  );
  if (place) await applyValues(app.name, place);
  return (await variableRows(state)).find((row) => row.key === key) as VariableRow;
}
