import { z } from 'zod';
import type { Actor } from '#lib/access/actor.ts';
import { findApp } from '#lib/apps/find-app.ts';
import { Fault } from '#lib/core/errors.ts';
import type { RevisionRow } from '#lib/http/api.ts';
import { store } from '#lib/store/store.ts';
import { emails } from './element-origins.ts';
import { nameKey } from './full-name.ts';

export const elementHistoryInput = z.strictObject({ app: z.string(), fullName: z.string() });

const SHOWN = 200;

/** The last 200 revisions of an element, newest first; of a deleted one too, by the name it had last. */
export async function elementHistory(
  actor: Actor,
  input: z.output<typeof elementHistoryInput>,
): Promise<{ revisions: RevisionRow[] }> {
  const app = await findApp(actor, 'app:read', input.app);
  const elementId = await idOf(app.id, input.fullName);
  if (elementId === null) throw new Fault('not-found', `There never was an element ${input.fullName} in ${app.name}.`);
  const rows = await store().elementRevision.findMany({
    where: { appId: app.id, elementId },
    orderBy: { revision: 'desc' },
    take: SHOWN,
  });
  const people = await emails(rows.flatMap((row) => row.userId ?? []));
  return {
    revisions: rows.map((row) => ({
      revision: row.revision,
      change: row.change as RevisionRow['change'],
      fullName: row.fullName,
      at: row.at.toISOString(),
      by: people.get(row.userId ?? '') ?? '',
      content: row.content,
    })),
  };
}

async function idOf(appId: string, fullName: string): Promise<string | null> {
  const where = { appId_nameKey: { appId, nameKey: nameKey(fullName) } };
  const present = await store().element.findUnique({ where, select: { elementId: true } });
  if (present) return present.elementId;
  const past = await store().elementRevision.findFirst({ where: { appId, fullName }, orderBy: { at: 'desc' } });
  return past?.elementId ?? null;
}
