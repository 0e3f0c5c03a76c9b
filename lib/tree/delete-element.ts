import { z } from 'zod';
import type { Actor } from '#lib/access/actor.ts';
import { Fault } from '#lib/core/errors.ts';
import { changeSource } from './change-source.ts';
import { findElement, requireRevision } from './element-detail.ts';
import { revisionInput } from './element-input.ts';
import { whereUsed } from './where-used.ts';

export const deleteElementInput = z.strictObject({ app: z.string(), fullName: z.string(), revision: revisionInput });

/**
 * Deletes an element that nothing uses; an app whose default database it was has none then.
 * @throws Fault `in-use` with a reason per user; `conflict`
 */
export async function deleteElement(actor: Actor, input: z.output<typeof deleteElementInput>): Promise<void> {
  await changeSource(actor, input.app, (before) => {
    const { source } = before;
    const element = findElement(before, input.fullName);
    requireRevision(before, element, input.revision);
    refuseWhileUsed(element.fullName, whereUsed(source, element.fullName));
    const { defaultDatabase } = source.app;
    return {
      ...source,
      app: { ...source.app, defaultDatabase: defaultDatabase === element.fullName ? null : defaultDatabase },
      elements: source.elements.filter((each) => each !== element),
    };
  });
}

function refuseWhileUsed(fullName: string, uses: ReturnType<typeof whereUsed>): void {
  const users = uses.filter((use) => use.fullName !== fullName);
  if (users.length === 0) return;
  const names = [...new Set(users.map((use) => use.fullName))].join(', ');
  throw new Fault(
    'in-use',
    `${fullName} is used by ${names}. Change or delete them first.`,
    users.map((use) => ({
      element: use.fullName,
      field: use.field,
      code: 'in-use',
      message: `${use.fullName} uses ${fullName} in ${use.field}.`,
      next: `Choose another element in ${use.field}, or delete ${use.fullName} first.`,
    })),
  );
}
