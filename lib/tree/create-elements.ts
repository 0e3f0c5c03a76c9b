import { z } from 'zod';
import type { Actor } from '#lib/access/actor.ts';
import type { ElementNode } from '#lib/http/api.ts';
import { changeSource } from './change-source.ts';
import { toElement, withElements } from './create-element.ts';
import { bodyInput, headingInput } from './element-input.ts';
import { findElement } from './element-detail.ts';
import { elementNode } from './element-node.ts';

export const createElementsInput = z.strictObject({
  app: z.string(),
  elements: z
    .array(z.strictObject({ fullName: z.string(), type: z.string(), ...headingInput, body: bodyInput }))
    .min(1, 'expected at least one element')
    .max(5_000, 'expected at most 5,000 elements'),
});

/** Makes many elements at once, which may point to each other: models from existing tables, for one. All or none. */
export async function createElements(
  actor: Actor,
  input: z.output<typeof createElementsInput>,
): Promise<{ elements: ElementNode[] }> {
  const made = input.elements.map(toElement);
  const state = await changeSource(actor, input.app, ({ source }) => withElements(source, made));
  return {
    elements: made.map(({ fullName }) => {
      const element = findElement(state, fullName);
      return elementNode(state.source, element, state.rows.get(element.id)?.revision ?? 0, new Map());
    }),
  };
}
