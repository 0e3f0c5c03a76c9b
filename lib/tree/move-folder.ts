import { z } from 'zod';
import type { Actor } from '#lib/access/actor.ts';
import { Fault } from '#lib/core/errors.ts';
import type { ElementDetail } from '#lib/http/api.ts';
import { isFullName, isWithin } from './full-name.ts';
import { moveAll } from './move-element.ts';

export const moveFolderInput = z.strictObject({ app: z.string(), from: z.string(), to: z.string() });

/** Renames or moves a folder with every element below it; `to` may be a family alone. @returns all elements that changed */
export async function moveFolder(
  actor: Actor,
  input: z.output<typeof moveFolderInput>,
): Promise<{ elements: ElementDetail[] }> {
  return moveAll(actor, input.app, ({ source }) => {
    if (!isFullName(input.from)) {
      throw new Fault('wrong-input', `${input.from}: expected a folder such as models.sales.`);
    }
    const inside = source.elements.filter((element) => isWithin(element.fullName, input.from));
    if (inside.length === 0) throw new Fault('not-found', `There is no folder ${input.from}, or nothing lies in it.`);
    return new Map(inside.map(({ fullName }) => [fullName, input.to + fullName.slice(input.from.length)]));
  });
}
