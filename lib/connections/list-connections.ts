import { z } from 'zod';
import type { Actor } from '#lib/access/actor.ts';
import { holdsRight, requireRight } from '#lib/access/rights.ts';
import { findApp } from '#lib/apps/find-app.ts';
import type { ConnectionRow } from '#lib/http/api.ts';
import { store } from '#lib/store/store.ts';
import { connectionRows } from './connection-rows.ts';

export const listConnectionsInput = z.strictObject({ app: z.string() });

/** The connections of one app. @throws Fault `no-right`, `not-found` */
export async function listConnections(
  actor: Actor,
  input: z.output<typeof listConnectionsInput>,
): Promise<{ connections: ConnectionRow[] }> {
  return { connections: await connectionRows(await findApp(actor, 'app:read', input.app)) };
}

/** The connections of all apps that the actor may read, by app and name. */
export async function listAllConnections(actor: Actor): Promise<{ connections: ConnectionRow[] }> {
  requireRight({ ...actor, onlyApp: null }, 'app:read');
  const apps = await store().app.findMany({ orderBy: { name: 'asc' } });
  const readable = apps.filter(({ name }) => holdsRight(actor, 'app:read', { app: name }));
  const connections: ConnectionRow[] = [];
  for (const app of readable) connections.push(...(await connectionRows(app)));
  return { connections };
}
