import type { Session } from './contract.ts';

/**
 * Runs the work in a transaction; inside one that is open already the work becomes part of it. A failure rolls back; a commit
 * whose answer was lost stays a lost connection.
 */
export async function inTransaction<T>(session: Session, work: () => Promise<T>): Promise<T> {
  if (session.inTransaction) return work();
  await session.begin();
  try {
    const result = await work();
    await session.commit();
    return result;
  } catch (error) {
    if (session.usable) await session.rollback().catch(() => session.destroy());
    throw error;
  }
}
