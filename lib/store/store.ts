import { openStore } from './open.ts';
import type { Tx } from './open.ts';

/**
 * The store. Inside a {@link transaction} it is the transaction's own client, so a function that reads
 * through `store()` can be called from both sides.
 */
export function store(): Tx {
  const { inside, queued } = openStore();
  const present = inside.getStore();
  return present?.open ? present.tx : queued;
}

const LIMIT_MS = 30_000;

/**
 * Runs `fn` in one transaction: all of it is kept, or (when it throws) nothing. Called inside another one it becomes part
 * of that. Keep network calls out of it: everybody else waits. Nor await in it what began outside and asks the store itself:
 * that waits for this transaction. @throws what `fn` throws; also when it takes longer than 30 s
 */
export async function transaction<T>(fn: (tx: Tx) => Promise<T>): Promise<T> {
  const { base, inside, queue } = openStore();
  const present = inside.getStore();
  if (present?.open) return fn(present.tx);
  return queue.runExclusive(() =>
    base.$transaction(
      async (tx) => {
        const state = { tx, open: true };
        try {
          // awaited in here: a query of Prisma begins when it is awaited
          return await inside.run(state, async () => await fn(tx));
        } finally {
          // work that was started here and goes on is outside from now on
          state.open = false;
        }
      },
      { timeout: LIMIT_MS, maxWait: LIMIT_MS },
    ),
  );
}
