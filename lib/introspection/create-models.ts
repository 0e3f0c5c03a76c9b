import type { Actor } from '#lib/access/actor.ts';
import { requireRight } from '#lib/access/rights.ts';
import { changeSource } from '#lib/tree/change-source.ts';
import { toElement, withElements } from '#lib/tree/create-element.ts';
import { MODEL_TYPE } from '#lib/source/check-form.ts';
import { proposeModels } from './propose-models.ts';
import type { ProposalRequest } from './propose-models.ts';

/**
 * *From existing tables*: makes the models that `proposeModels` would propose, all of them or none.
 * @returns full names of the models made @throws Fault as `proposeModels`; `exists`, `wrong-input` as a save
 */
export async function createModels(actor: Actor, request: ProposalRequest): Promise<{ models: string[] }> {
  requireRight(actor, 'source:write', { app: request.app });
  const { models } = await proposeModels(actor, request);
  await changeSource(actor, request.app, ({ source }) =>
    withElements(
      source,
      models.map(({ fullName, title, body }) => toElement({ fullName, type: MODEL_TYPE, title, body })),
    ),
  );
  return { models: models.map(({ fullName }) => fullName) };
}
