/** Every engine, loaded when first asked for: one line per engine. Server only; a test keeps it out of the browser. */
import type { DatabaseEngine } from './contract.ts';
import type { EngineName } from './definitions.ts';

const loaders: Record<EngineName, () => Promise<DatabaseEngine>> = {
  sqlite: async () => (await import('./sqlite/engine.ts')).engine,
  postgresql: async () => (await import('./postgresql/engine.ts')).engine,
  mysql: async () => (await import('./mysql/engine.ts')).engine,
  sqlserver: async () => (await import('./sqlserver/engine.ts')).engine,
  oracle: async () => (await import('./oracle/engine.ts')).engine,
};

/** @throws when the name is no engine; names come from definitions, so that is a broken promise */
export function loadEngine(name: string): Promise<DatabaseEngine> {
  const load = loaders[name as EngineName];
  if (!load) throw new Error(`no engine ${name}`);
  return load();
}
