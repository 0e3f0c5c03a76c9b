const FAILURES_TO_OPEN = 3;
const PROBE_EVERY_MS = 500;

/**
 * Stops a pool from asking a dead database for every request: after three failures in a row it lets one attempt
 * through each half second. So a database that is back serves again within two seconds (security.md, pools).
 */
export class Breaker {
  #failures = 0;
  #probeAt = 0;
  #last: Error | null = null;

  /** the failure to answer with until the next attempt is due; null: try */
  get open(): Error | null {
    return this.troubled && performance.now() < this.#probeAt ? this.#last : null;
  }

  /** nothing has worked since three failures: one attempt at a time, even beside one that hangs */
  get troubled(): boolean {
    return this.#failures >= FAILURES_TO_OPEN;
  }

  /** the last failure while nothing has worked since; null: fine */
  get trouble(): Error | null {
    return this.#last;
  }

  attempt(): void {
    this.#probeAt = performance.now() + PROBE_EVERY_MS;
  }

  failed(error: Error): void {
    this.#failures += 1;
    this.#last = error;
    this.#probeAt = performance.now() + PROBE_EVERY_MS;
  }

  succeeded(): void {
    this.#failures = 0;
    this.#last = null;
  }
}
