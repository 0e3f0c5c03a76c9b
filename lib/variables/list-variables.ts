import { z } from 'zod';
import type { Actor } from '#lib/access/actor.ts';
import { findApp } from '#lib/apps/find-app.ts';
import type { VariableMatrix } from '#lib/http/api.ts';
import { readSourceState } from '#lib/source/source-state.ts';
import { store } from '#lib/store/store.ts';
import { variableRows } from './variable-rows.ts';

export const listVariablesInput = z.strictObject({ app: z.string() });

/** The grid of variables and environments. */
export async function listVariables(actor: Actor, input: z.output<typeof listVariablesInput>): Promise<VariableMatrix> {
  const state = await readSourceState(await findApp(actor, 'app:read', input.app));
  const environments = await store().environment.findMany({
    where: { appId: state.app.id },
    orderBy: { position: 'asc' },
  });
  return {
    environments: environments.map(({ name, protected: isProtected }) => ({ name, protected: isProtected })),
    variables: await variableRows(state),
  };
}
