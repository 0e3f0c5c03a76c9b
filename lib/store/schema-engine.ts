import { readFileSync, readdirSync, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm';
import { PROJECT_ROOT } from '#lib/config.ts';
import { processWide } from '#lib/core/process-wide.ts';
import { sqliteAdapter } from './open.ts';

export const MIGRATIONS = join(PROJECT_ROOT, 'prisma/sqlite/migrations');
const SCHEMA = join(PROJECT_ROOT, 'prisma/sqlite/schema.prisma');

/**
 * Runs `fn` with Prisma's schema engine as WebAssembly, on one SQLite file. It takes 5 MB and some 100 ms to load:
 * only where there is something to do.
 */
export async function withSchemaEngine<T>(file: string, fn: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  const bindings = await processWide('schema-engine', loadBindings);
  // the engine locks the file for itself and never lets go, so its connections are ended here
  const connections: { dispose(): Promise<void> }[] = [];
  const adapter = sqliteAdapter(file);
  for (const method of ['connect', 'connectToShadowDb'] as const) {
    const connect = adapter[method].bind(adapter);
    adapter[method] = async () => {
      const connection = await connect();
      connections.push(connection);
      if (method === 'connectToShadowDb') {
        // it replays whole migrations there with a call that is for one statement
        connection.executeRaw = async ({ sql }) => {
          await connection.executeScript(sql);
          return 0;
        };
      }
      return connection;
    };
  }
  try {
    const datamodels: [string, string][] = [['schema.prisma', prismaSchema()]];
    const factory = bindMigrationAwareSqlAdapterFactory(adapter);
    return await fn(await bindings.SchemaEngine.new({ datamodels }, () => undefined, factory));
  } finally {
    for (const connection of connections) await connection.dispose().catch(() => undefined);
  }
}

// once per process: a second instance would share the first one's bindings, and break both
async function loadBindings() {
  // the package's own entry wants a bundler that can import .wasm
  const bindings = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const wasm = createRequire(import.meta.url)
    .resolve('@prisma/schema-engine-wasm')
    .replace(/\.js$/, '_bg.wasm');
  const { instance } = await WebAssembly.instantiate(readFileSync(wasm), {
    './schema_engine_bg.js': bindings as unknown as WebAssembly.ModuleImports,
  });
  // oxlint-disable no-underscore-dangle -- names that wasm-bindgen gives
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports as { __wbindgen_start(): void }).__wbindgen_start();
  // oxlint-enable no-underscore-dangle
  return bindings;
}

export function prismaSchema(): string {
  return readFileSync(SCHEMA, 'utf8');
}

/** Names of the migrations in the project, oldest first. */
export function migrationNames(): string[] {
  if (!existsSync(MIGRATIONS)) return [];
  return readdirSync(MIGRATIONS, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? entry.name : []))
    .sort();
}

/** The project's migrations in the form the engine asks for. */
export function migrationList(): MigrationList {
  const lock = join(MIGRATIONS, 'migration_lock.toml');
  return {
    baseDir: MIGRATIONS,
    lockfile: { path: 'migration_lock.toml', content: existsSync(lock) ? readFileSync(lock, 'utf8') : null },
    shadowDbInitScript: '',
    migrationDirectories: migrationNames().map((path) => ({
      path,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok', value: readFileSync(join(MIGRATIONS, path, 'migration.sql'), 'utf8') },
      },
    })),
  };
}
