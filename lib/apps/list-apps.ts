import type { Actor } from '#lib/access/actor.ts';
import { holdsRight } from '#lib/access/rights.ts';
import { requireRight } from '#lib/access/rights.ts';
import type { AppRow } from '#lib/http/api.ts';
import { store } from '#lib/store/store.ts';
import { appRow } from './app-row.ts';

/** The apps that the actor may read, by name. */
export async function listApps(actor: Actor): Promise<{ apps: AppRow[] }> {
  requireRight({ ...actor, onlyApp: null }, 'app:read');
  const rows = await store().app.findMany({ orderBy: { name: 'asc' } });
  const apps: AppRow[] = [];
  for (const app of rows) if (holdsRight(actor, 'app:read', { app: app.name })) apps.push(await appRow(app));
  return { apps };
}
