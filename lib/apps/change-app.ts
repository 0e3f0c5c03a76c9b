import { z } from 'zod';
import type { Actor } from '#lib/access/actor.ts';
import type { AppOverview } from '#lib/http/api.ts';
import { changeSource } from '#lib/tree/change-source.ts';
import { readApp } from './read-app.ts';

export const changeAppInput = z.strictObject({
  app: z.string(),
  title: z.string().trim().min(1, 'expected a title').max(200).optional(),
  defaultDatabase: z.string().nullable().optional(),
});

/** Changes title and default database. @throws Fault `refused` when a model would be bound to no database */
export async function changeApp(actor: Actor, input: z.output<typeof changeAppInput>): Promise<AppOverview> {
  await changeSource(actor, input.app, ({ source }) => {
    const { title = source.app.title, defaultDatabase = source.app.defaultDatabase } = input;
    return { ...source, app: { ...source.app, title, defaultDatabase } };
  });
  return readApp(actor, { app: input.app });
}
