/**
 * Runs over `items`, `atOnce` of them at a time, and gives each result when it is there. Whoever stops listening, or aborts
 * `signal` while it waits for the next one, starts no more; `allEnded` is called when the last that began has ended. The
 * first failure is thrown.
 */
export async function* asTheyEnd<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  run: (item: Item) => Promise<Result>,
  allEnded: () => void,
  signal?: AbortSignal,
): AsyncGenerator<Result> {
  const waiting = items.values();
  const running = new Map<Item, Promise<{ item: Item; result: Result }>>();
  const begin = () => {
    if (signal?.aborted) return;
    const { value: item, done } = waiting.next();
    if (done) return;
    const work = run(item).then((result) => ({ item, result }));
    // of two failures only the first is awaited
    work.catch(() => {});
    running.set(item, work);
  };
  try {
    for (let n = 0; n < atOnce; n++) begin();
    while (running.size > 0) {
      const { item, result } = await Promise.race(running.values());
      running.delete(item);
      begin();
      yield result;
    }
  } finally {
    void Promise.allSettled(running.values()).then(allEnded);
  }
}
