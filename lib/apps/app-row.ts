import type { AppRow } from '#lib/http/api.ts';
import { store } from '#lib/store/store.ts';
import { environmentRows } from './environment-rows.ts';

/** An app as it stands in the list of apps. */
export async function appRow(app: { id: string; name: string; title: string; createdAt: Date }): Promise<AppRow> {
  const count = (family: string) =>
    store().element.count({ where: { appId: app.id, nameKey: { startsWith: `${family}.` } } });
  const environments = await environmentRows(app);
  return {
    name: app.name,
    title: app.title,
    createdAt: app.createdAt.toISOString(),
    elements: {
      connections: await count('connections'),
      databases: await count('databases'),
      models: await count('models'),
    },
    environments: environments.map(({ name, protected: isProtected, active, missing }) => ({
      name,
      protected: isProtected,
      release: active?.number ?? null,
      deployedAt: active?.at ?? null,
      available: active !== null && missing.length === 0,
    })),
  };
}
