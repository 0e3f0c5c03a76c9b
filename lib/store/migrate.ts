import Database from 'better-sqlite3';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { config } from '#lib/config.ts';
import { Fault } from '#lib/core/errors.ts';
import { holdLock } from './hold-lock.ts';
import { migrationList, migrationNames, withSchemaEngine } from './schema-engine.ts';

const LOCK_WAIT_MS = 15_000;

/**
 * Brings the store to the present schema, under a lock of the operating system that dies with its process.
 * @returns names of the migrations applied now; usually none, which takes a millisecond
 * @throws Fault `unavailable` when a newer Mooring made the store, or a migration fails
 */
export async function migrateStore(file: string = config().storeFile): Promise<string[]> {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  if (pending(file).length === 0) return [];
  const release = await holdLock(`${file}.lock`, LOCK_WAIT_MS);
  if (!release)
    throw new Fault('unavailable', 'Another process is bringing the store up to date. Start again when it is done.');
  try {
    // another process may have done it while this one waited
    if (pending(file).length === 0) return [];
    const filters = { externalTables: [], externalEnums: [] };
    return await withSchemaEngine(
      file,
      async (engine) =>
        (await engine.applyMigrations({ migrationsList: migrationList(), filters })).appliedMigrationNames,
    );
  } finally {
    release();
  }
}

function pending(file: string): string[] {
  const done = applied(file);
  const known = migrationNames();
  const foreign = done.find((name) => !known.includes(name));
  if (foreign !== undefined) {
    throw new Fault(
      'unavailable',
      `The store was made by a newer Mooring (it has the migration ${foreign}). Start that version, or point MOORING_HOME at another folder.`,
    );
  }
  return known.filter((name) => !done.includes(name));
}

function applied(file: string): string[] {
  if (!existsSync(file)) return [];
  const database = new Database(file);
  try {
    const table = database.prepare(`SELECT 1 FROM sqlite_master WHERE name = '_prisma_migrations'`).get();
    if (!table) return [];
    return database
      .prepare('SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL')
      .pluck()
      .all() as string[];
  } finally {
    database.close();
  }
}
