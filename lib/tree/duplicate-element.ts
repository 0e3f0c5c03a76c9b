import { z } from 'zod';
import type { Actor } from '#lib/access/actor.ts';
import { Fault } from '#lib/core/errors.ts';
import type { ElementDetail } from '#lib/http/api.ts';
import type { ModelBody } from '#elements/model/model.ts';
import type { SourceElement } from '#lib/source/source.ts';
import { newId } from '#lib/store/new-id.ts';
import { changeSource } from './change-source.ts';
import { withElements } from './create-element.ts';
import { elementDetail, findElement } from './element-detail.ts';
import { familyOf, isFullName, lastName } from './full-name.ts';

export const duplicateElementInput = z.strictObject({ app: z.string(), fullName: z.string(), to: z.string() });

/** Copies an element to another name. A model's copy gets a table of its own name, unless neither is managed. */
export async function duplicateElement(
  actor: Actor,
  input: z.output<typeof duplicateElementInput>,
): Promise<ElementDetail> {
  const state = await changeSource(actor, input.app, (before) => {
    const original = findElement(before, input.fullName);
    if (!isFullName(input.to) || familyOf(input.to) !== original.family) {
      throw new Fault('wrong-input', `${input.to}: expected a name within ${original.family}.`);
    }
    const copy = { ...original, id: newId('e'), fullName: input.to, title: lastName(input.to) };
    return withElements(before.source, [asCopy(copy)]);
  });
  return elementDetail(state, findElement(state, input.to));
}

function asCopy(element: SourceElement): SourceElement {
  if (element.family !== 'models' || element.body.managed === false) return element;
  const table = lastName(element.fullName).toLowerCase();
  const indexes = element.body.indexes?.map((index) => ({ ...index, name: `${table}_${index.fields.join('_')}` }));
  const body: ModelBody = { ...element.body, table, ...(indexes ? { indexes } : {}) };
  return { ...element, body };
}
