import Database from 'better-sqlite3';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const POLL_MS = 50;

/**
 * Takes a lock that one process at a time can have, and that its end, however sudden, gives back: an exclusive
 * transaction on an empty SQLite file. @returns what gives it back, or null when it was not free within `waitMs`
 */
export async function holdLock(file: string, waitMs: number): Promise<(() => void) | null> {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  for (const until = Date.now() + waitMs; ; await pause(POLL_MS)) {
    const lock = new Database(file, { timeout: 0 });
    try {
      lock.exec('BEGIN EXCLUSIVE');
      return () => lock.close();
    } catch (error) {
      lock.close();
      if (!(error instanceof Database.SqliteError) || !error.code.startsWith('SQLITE_BUSY')) throw error;
      if (Date.now() >= until) return null;
    }
  }
}
