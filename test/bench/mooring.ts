import type { LocalEngine } from '#test/support/local-engine.ts';
import { definitions } from '#elements/database/definitions.ts';
import { startPortal, type TestPortal } from '../support/portal.ts';

const fields = [
  { name: 'id', type: 'integer', primaryKey: true, generated: 'increment' },
  { name: 'name', type: 'text', length: 80, required: true },
  { name: 'category', type: 'text', length: 20, required: true },
  { name: 'price', type: 'decimal', precision: 10, scale: 2, required: true },
  { name: 'quantity', type: 'integer', required: true },
  { name: 'weight', type: 'double' },
  { name: 'active', type: 'boolean', required: true },
  { name: 'created', type: 'instant', required: true },
  { name: 'day', type: 'date', required: true },
  { name: 'total', type: 'bigint', required: true },
  { name: 'code', type: 'uuid', required: true },
  { name: 'note', type: 'longText' },
].map((field) => ({ id: `f_${field.name}`, ...field }));

type Database = {
  body: Record<string, unknown>;
  password: string | null;
  /** before the deploy, with the portal's data folder */ prepare?: (home: string) => void;
};

/** A portal whose app serves the table of the bench in development, and a token for it. */
export async function startMooring(engine: LocalEngine, database: Database) {
  const portal = await startPortal();
  database.prepare?.(portal.home);
  const { password } = database;
  const post = poster(portal);
  await post('/apps', { name: 'bench' });
  const secrets = password === null ? {} : { secrets: { password: { key: 'BENCH_PASSWORD', text: password } } };
  const type = definitions[engine].databaseType;
  await post('/apps/bench/elements', { fullName: 'databases.Main', type, body: database.body, ...secrets });
  const body = { database: 'databases.Main', table: 'item', managed: false, fields };
  await post('/apps/bench/elements', { fullName: 'models.item', type: 'models.NormalType', body });
  const { id } = await post<{ id: string }>('/apps/bench/environments/development/deployments', {});
  await deployed(portal, `/apps/bench/environments/development/deployments/${id}`);
  const { token } = await post<{ token: string }>('/apps/bench/environments/development/tokens', { role: 'write' });
  return { portal, token };
}

function poster(portal: TestPortal) {
  return async <T>(path: string, body: unknown): Promise<T> => {
    const answer = await portal.api(path, { method: 'POST', body });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    return (await answer.json()) as T;
  };
}

async function deployed(portal: TestPortal, path: string): Promise<void> {
  for (;;) {
    const state = (await (await portal.api(path)).json()) as { state: string; reasons: unknown };
    if (state.state === 'done') return;
    if (state.state !== 'running')
      throw new Error(`the deploy ended as ${state.state}: ${JSON.stringify(state.reasons)}`);
  }
}
