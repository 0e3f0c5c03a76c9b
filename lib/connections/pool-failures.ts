/**
 * No connection could be had from a pool: too many wait, none came free in time, or the pool has been replaced.
 * The data API answers 503 with `Retry-After`.
 */
export class PoolExhausted extends Error {
  override readonly name = 'PoolExhausted';
  readonly why: 'queue-full' | 'acquire-timeout' | 'drained';
  /** whole seconds, at least one */
  readonly retryAfterSeconds: number;

  constructor(why: PoolExhausted['why'], message: string, retryAfterSeconds = 1) {
    super(message);
    this.why = why;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  // pools are process-wide and a bundle has a copy of this class: a failure of one is one all the same
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'PoolExhausted';
  }
}
