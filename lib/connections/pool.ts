import type { Session } from '#elements/database/contract.ts';
import { Breaker } from './breaker.ts';
import { PoolExhausted } from './pool-failures.ts';
import type { PoolFigures } from './pool-figures.ts';
import type { PoolSettings } from './pool-settings.ts';
import { WaitQueue } from './wait-queue.ts';

export type PoolOrigin = {
  settings: PoolSettings;
  /** a new session; rejects with ConnectFailure, or a Fault where policy refuses the address */
  connect(): Promise<Session>;
};

type Entry = { session: Session; expiresAt: number; idleSince: number; inUse: boolean };

const SWEEP_AT_MOST_MS = 5_000;
const SWEEP_AT_LEAST_MS = 50;

/**
 * Sessions of one database, shared. First come, first served; a session that is not `usable` never comes back;
 * nothing here listens on sockets, so a killed backend costs its session and nothing else.
 *
 * {@link acquire} gives an idle session at once, without a promise; a plain `await` takes both. Every session goes back
 * with {@link release}, or use {@link use}.
 */
export class Pool {
  readonly settings: PoolSettings;
  readonly #connect: () => Promise<Session>;
  readonly #entries = new Map<Session, Entry>();
  /** the last one released is the first one taken */
  #idle: Entry[] = [];
  readonly #queue: WaitQueue;
  readonly #breaker = new Breaker();
  #opening = 0;
  #closing = 0;
  #draining: Promise<void> | null = null;
  #drained: (() => void) | null = null;
  #sweeper: NodeJS.Timeout | null = null;
  #opened = 0;
  #connectErrors = 0;
  #refused = 0;

  constructor({ settings, connect }: PoolOrigin) {
    this.settings = settings;
    this.#connect = connect;
    const tooLate = () =>
      this.#turnAway('acquire-timeout', `No connection came free in ${settings.acquireTimeoutMs} ms.`);
    this.#queue = new WaitQueue(settings.acquireTimeoutMs, tooLate, () => this.#settleDrain());
  }

  /** @throws PoolExhausted, or what `connect` rejected with; at once while the database is known to be down */
  acquire(): Session | Promise<Session> {
    for (let entry = this.#idle.pop(); entry; entry = this.#idle.pop()) {
      if (entry.session.usable) {
        entry.inUse = true;
        return entry.session;
      }
      this.#discard(entry);
    }
    return this.#wait();
  }

  /** Gives a session back; a second time is without effect. It must not be inside a transaction. */
  release(session: Session): void {
    const entry = this.#entries.get(session);
    if (!entry?.inUse) return;
    const now = performance.now();
    if (!session.usable || now >= entry.expiresAt) this.#replace(entry);
    else if (!this.#queue.serve(session, now)) this.#park(entry, now);
  }

  /** Runs `work` with a session and gives it back, whatever happens. */
  async use<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const session = await this.acquire();
    try {
      return await work(session);
    } finally {
      this.release(session);
    }
  }

  /** Takes no more requests, serves those that run or wait, closes all; resolves when the last session is closed. */
  drain(): Promise<void> {
    this.#draining ??= new Promise<void>((resolve) => {
      this.#drained = resolve;
      for (const entry of this.#idle.splice(0)) this.#discard(entry);
    });
    this.#settleDrain();
    return this.#draining;
  }

  /** Drains for at most `graceMs`, then cuts what is left. */
  async close(graceMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const cut = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        for (const { session } of this.#entries.values()) session.destroy();
        resolve();
      }, graceMs);
    });
    await Promise.race([this.drain(), cut]);
    clearTimeout(timer);
  }

  get figures(): PoolFigures {
    const idle = this.#idle.length;
    return {
      max: this.settings.max,
      inUse: this.#entries.size - idle,
      idle,
      opening: this.#opening,
      waiting: this.#queue.length,
      waited: this.#queue.served,
      waitMs: this.#queue.waitMs,
      longestWaitMs: this.#queue.longestWaitMs,
      opened: this.#opened,
      connectErrors: this.#connectErrors,
      refused: this.#refused,
      trouble: this.#breaker.trouble?.message ?? null,
    };
  }

  #wait(): Promise<Session> {
    if (this.#draining) return Promise.reject(this.#turnAway('drained', 'The connections were replaced just now.'));
    const down = this.#entries.size === 0 ? this.#breaker.open : null;
    if (down) {
      this.#refused += 1;
      return Promise.reject(down);
    }
    const { max, queueLimit } = this.settings;
    if (this.#queue.length >= queueLimit + max - this.#entries.size) {
      return Promise.reject(this.#turnAway('queue-full', `${queueLimit} requests wait for a connection already.`));
    }
    const waiting = this.#queue.join();
    this.#openForWaiters();
    return waiting;
  }

  #turnAway(why: PoolExhausted['why'], message: string): PoolExhausted {
    this.#refused += 1;
    return new PoolExhausted(why, message);
  }

  #park(entry: Entry, now: number): void {
    entry.inUse = false;
    if (this.#draining) {
      this.#discard(entry);
      this.#settleDrain();
      return;
    }
    entry.idleSince = now;
    this.#idle.push(entry);
  }

  #replace(entry: Entry): void {
    this.#discard(entry);
    this.#openForWaiters();
    this.#settleDrain();
  }

  #openForWaiters(): void {
    const free = this.settings.max - this.#entries.size - this.#opening;
    const unserved = this.#breaker.troubled ? Math.min(this.#queue.length, 1) : this.#queue.length - this.#opening;
    for (let wanted = Math.min(unserved, free); wanted > 0 && !this.#breaker.open; wanted -= 1) void this.#open();
  }

  async #open(): Promise<void> {
    this.#opening += 1;
    this.#breaker.attempt();
    try {
      const session = await this.#connect();
      this.#opening -= 1;
      this.#enter(session);
    } catch (error) {
      this.#opening -= 1;
      this.#connectFailed(error instanceof Error ? error : new Error(String(error)));
    }
    this.#settleDrain();
  }

  #enter(session: Session): void {
    this.#breaker.succeeded();
    this.#opened += 1;
    const now = performance.now();
    // Spread over a tenth, so that sessions opened together do not all end together.
    const life = this.settings.maxLifetimeMs * (1 - Math.random() / 10);
    this.#entries.set(session, { session, expiresAt: now + life, idleSince: now, inUse: true });
    this.#sweepLater();
    this.release(session);
  }

  /** Requests are turned away only when no living session could serve them later. */
  #connectFailed(error: Error): void {
    this.#connectErrors += 1;
    this.#breaker.failed(error);
    if (this.#entries.size === 0) {
      const unlucky = Math.min(this.#queue.length, this.#breaker.open && this.#opening === 0 ? Infinity : 1);
      this.#refused += unlucky;
      this.#queue.reject(error, unlucky);
    }
    this.#openForWaiters();
  }

  #discard(entry: Entry): void {
    this.#entries.delete(entry.session);
    if (!entry.session.usable) return entry.session.destroy();
    this.#closing += 1;
    void entry.session.close().finally(() => {
      this.#closing -= 1;
      this.#settleDrain();
    });
  }

  #settleDrain(): void {
    if (!this.#drained || this.#entries.size + this.#opening + this.#queue.length + this.#closing > 0) return;
    this.#drained();
    this.#drained = null;
    this.#stopSweeping();
  }

  #sweepLater(): void {
    if (this.#sweeper) return;
    const { idleTimeoutMs, maxLifetimeMs } = this.settings;
    const every = Math.min(Math.max(Math.min(idleTimeoutMs, maxLifetimeMs) / 2, SWEEP_AT_LEAST_MS), SWEEP_AT_MOST_MS);
    this.#sweeper = setInterval(() => this.#sweep(), every).unref();
  }

  #stopSweeping(): void {
    if (this.#sweeper) clearInterval(this.#sweeper);
    this.#sweeper = null;
  }

  /** Closes idle sessions that are broken, too old or not needed, longest idle first, and keeps `min` open. */
  #sweep(): void {
    const now = performance.now();
    const { idleTimeoutMs, min } = this.settings;
    this.#idle = this.#idle.filter((entry) => {
      const spare = this.#entries.size > min && now - entry.idleSince >= idleTimeoutMs;
      const stays = entry.session.usable && now < entry.expiresAt && !spare;
      if (!stays) this.#discard(entry);
      return stays;
    });
    if (this.#draining) return;
    const lacking = min - this.#entries.size - this.#opening;
    for (let i = 0; i < lacking && !this.#breaker.open; i++) void this.#open();
    if (this.#entries.size === 0 && min === 0) this.#stopSweeping();
  }
}
