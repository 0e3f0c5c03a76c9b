import { z } from 'zod';
import type { Actor } from '#lib/access/actor.ts';
import { Fault } from '#lib/core/errors.ts';
import { changeSource } from '#lib/tree/change-source.ts';
import { variableUsedBy } from '#lib/tree/where-used.ts';

export const deleteVariableInput = z.strictObject({
  app: z.string(),
  key: z.string(),
  clearValues: z.stringbool().optional(),
});

/** Deletes a variable that no field refers to. @throws Fault `in-use` with a reason per field; those of rule 3.6 */
export async function deleteVariable(actor: Actor, input: z.output<typeof deleteVariableInput>): Promise<void> {
  const { app, key, clearValues = false } = input;
  await changeSource(
    actor,
    app,
    ({ source }) => {
      if (!source.variables[key]) throw new Fault('not-found', `There is no variable ${key} in ${app}.`);
      refuseWhileUsed(key, variableUsedBy(source, key));
      const { [key]: _, ...variables } = source.variables;
      return { ...source, variables };
    },
    undefined,
    { clearValues },
  );
}

function refuseWhileUsed(key: string, users: ReturnType<typeof variableUsedBy>): void {
  if (users.length === 0) return;
  const places = users.map((use) => `${use.fullName} (${use.field})`).join(', ');
  throw new Fault(
    'in-use',
    `${key} is used by ${places}. Take it out of these fields first.`,
    users.map((use) => ({
      element: use.fullName,
      field: use.field,
      variable: key,
      code: 'in-use',
      message: `${use.field} refers to ${key}.`,
      next: `Put a value or another variable into ${use.field}.`,
    })),
  );
}
