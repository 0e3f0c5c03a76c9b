import { type DatabaseEngine, DatabaseFailure, type Session } from '#elements/database/contract.ts';
import type { Counts } from './risks.ts';

/** Counts through a session; one that takes too long or is not allowed is no reason to refuse a plan. */
export function countsOf(engine: DatabaseEngine, session: Session, schema: string | null): Counts {
  return {
    rows: (table) => perhaps(engine.countRows(session, schema, table)),
    nulls: (table, column) => perhaps(engine.countRows(session, schema, table, column)),
    duplicates: (table, columns) => perhaps(engine.countDuplicates(session, schema, table, columns)),
  };
}

async function perhaps(count: Promise<number>): Promise<number | null> {
  try {
    return await count;
  } catch (error) {
    if (error instanceof DatabaseFailure) return null;
    throw error;
  }
}
