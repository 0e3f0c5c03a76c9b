import { z } from 'zod';
import type { Actor } from '#lib/access/actor.ts';
import type { AppOverview } from '#lib/http/api.ts';
import { readSourceState } from '#lib/source/source-state.ts';
import { elementNode, lastTests } from '#lib/tree/element-node.ts';
import { environmentRows } from './environment-rows.ts';
import { findApp } from './find-app.ts';

export const appInput = z.strictObject({ app: z.string() });

/** The whole tree, environments and variables of an app, bodies left out. */
export async function readApp(actor: Actor, input: z.output<typeof appInput>): Promise<AppOverview> {
  const { app, source, rows } = await readSourceState(await findApp(actor, 'app:read', input.app));
  const tests = await lastTests(app.id);
  return {
    ...source.app,
    elements: source.elements.map((element) =>
      elementNode(source, element, rows.get(element.id)?.revision ?? 0, tests),
    ),
    environments: await environmentRows(app),
    variables: Object.entries(source.variables).map(([key, { type }]) => ({ key, type })),
  };
}
