import type { Session } from '#elements/database/contract.ts';

type Waiter = { resolve(session: Session): void; reject(error: Error): void; since: number };

/**
 * Requests that wait for a session, first come, first served. All wait equally long, so the head is always the first
 * to expire and one timer serves the whole queue.
 */
export class WaitQueue {
  readonly #waiters: Waiter[] = [];
  readonly #timeoutMs: number;
  readonly #expire: () => Error;
  readonly #afterExpiry: () => void;
  #timer: NodeJS.Timeout | null = null;
  /** waits that ended with a session; milliseconds */
  served = 0;
  waitMs = 0;
  longestWaitMs = 0;

  constructor(timeoutMs: number, expire: () => Error, afterExpiry: () => void) {
    this.#timeoutMs = timeoutMs;
    this.#expire = expire;
    this.#afterExpiry = afterExpiry;
  }

  get length(): number {
    return this.#waiters.length;
  }

  join(): Promise<Session> {
    return new Promise((resolve, reject) => {
      this.#waiters.push({ resolve, reject, since: performance.now() });
      this.#watch();
    });
  }

  /** Gives the session to whoever waits longest; false: nobody waits. */
  serve(session: Session, now: number): boolean {
    const waiter = this.#waiters.shift();
    if (!waiter) return false;
    const waitMs = now - waiter.since;
    this.served += 1;
    this.waitMs += waitMs;
    if (waitMs > this.longestWaitMs) this.longestWaitMs = waitMs;
    waiter.resolve(session);
    return true;
  }

  /** Turns the first `count` away. */
  reject(error: Error, count: number): void {
    for (const waiter of this.#waiters.splice(0, count)) waiter.reject(error);
  }

  #watch(): void {
    const head = this.#waiters[0];
    if (this.#timer || !head) return;
    const left = head.since + this.#timeoutMs - performance.now();
    // Timers may fire up to a millisecond early.
    this.#timer = setTimeout(() => this.#expireHeads(), Math.max(left, 0) + 1);
  }

  #expireHeads(): void {
    this.#timer = null;
    const late = performance.now() - this.#timeoutMs;
    const count = this.#waiters.findIndex(({ since }) => since > late);
    const expired = count === -1 ? this.#waiters.length : count;
    if (expired > 0) this.reject(this.#expire(), expired);
    this.#watch();
    this.#afterExpiry();
  }
}
