/** One signed-in connection as the contract wants it: one statement at a time, deadlines, losses as failures. */
import type { Capabilities, Rows, RunOptions, ServerFacts, Session } from '../contract.ts';
import { DatabaseFailure } from '../contract.ts';
import type { Statement } from '../schema.ts';
import { sqlserver } from './definition.ts';
import { type DriverError, statementFailure } from './errors.ts';

/** What a session needs of a driver. Rejections are errors of the driver. */
export type Wire = {
  readonly tls: ServerFacts['tls'];
  send(statement: Statement): Promise<Rows>;
  begin(): Promise<void>;
  commit(): Promise<void>;
  rollback(): Promise<void>;
  /** asks the server to stop what runs (an attention); the statement then fails with `ECANCEL` */
  cancel(): void;
  /** ends the socket at once; the server ends what runs with it */
  cut(): void;
};

/** How long a cancelled statement may take to be given up before the socket is cut. */
const CANCEL_GRACE_MS = 1_000;
/** "has no corresponding BEGIN TRANSACTION": XACT_ABORT has rolled it back already */
const NO_TRANSACTION = '3903';

export class SqlServerSession implements Session {
  readonly server: ServerFacts;
  readonly capabilities: Capabilities = sqlserver.capabilities;
  readonly #wire: Wire;
  readonly #timeoutMs: number;
  #usable = true;
  #inTransaction = false;
  /** resolves when the running statement is over; null: idle */
  #busy: Promise<unknown> | null = null;

  constructor(wire: Wire, server: Omit<ServerFacts, 'tls'>, timeoutMs: number) {
    this.#wire = wire;
    this.server = { ...server, tls: wire.tls };
    this.#timeoutMs = timeoutMs;
  }

  get usable(): boolean {
    return this.#usable;
  }

  get inTransaction(): boolean {
    return this.#inTransaction;
  }

  /** Called by the connection when it is gone. */
  lose(): void {
    this.#usable = false;
  }

  /** A statement's plan is kept by the server under its text, so `prepared` asks for nothing more (sp_executesql). */
  run(statement: Statement, { timeoutMs }: RunOptions = {}): Promise<Rows> {
    return this.#inTurn(() => this.#wire.send(statement), timeoutMs);
  }

  async begin(): Promise<void> {
    await this.#inTurn(() => this.#wire.begin());
    this.#inTransaction = true;
  }

  /** After a statement that failed there is nothing left to commit, and the server says so (error 3902). */
  async commit(): Promise<void> {
    try {
      await this.#inTurn(() => this.#wire.commit());
    } finally {
      this.#inTransaction = false;
    }
  }

  async rollback(): Promise<void> {
    try {
      await this.#inTurn(() => this.#wire.rollback());
    } catch (error) {
      if (error instanceof DatabaseFailure && error.code === NO_TRANSACTION) return;
      this.destroy();
      throw error;
    } finally {
      this.#inTransaction = false;
    }
  }

  /** The protocol has no goodbye: a connection ends with its socket. */
  close(): Promise<void> {
    this.destroy();
    return Promise.resolve();
  }

  destroy(): void {
    this.#usable = false;
    this.#wire.cut();
  }

  /** The protocol takes one request at a time. */
  async #inTurn<T>(work: () => Promise<T>, timeoutMs = this.#timeoutMs): Promise<T> {
    while (this.#busy) await this.#busy;
    const running = this.#bounded(work, timeoutMs);
    this.#busy = running.then(
      () => undefined,
      () => undefined,
    );
    try {
      return await running;
    } finally {
      this.#busy = null;
    }
  }

  async #bounded<T>(work: () => Promise<T>, timeoutMs: number): Promise<T> {
    if (!this.#usable) throw new DatabaseFailure('connection-lost', 'ECLOSE', 'the connection is closed');
    const late = () => new DatabaseFailure('timeout', 'DEADLINE', `no answer within ${timeoutMs} ms`);
    const silence = Promise.withResolvers<never>();
    let cancelled = false;
    let cut: NodeJS.Timeout | undefined;
    const deadline = setTimeout(() => {
      cancelled = true;
      this.#wire.cancel();
      cut = setTimeout(() => {
        this.destroy();
        silence.reject(late());
      }, CANCEL_GRACE_MS);
    }, timeoutMs);
    try {
      return await Promise.race([work(), silence.promise]);
    } catch (error) {
      if (error instanceof DatabaseFailure) throw error;
      const failure = statementFailure(error as DriverError);
      if (failure.kind === 'connection-lost') this.destroy();
      throw cancelled ? late() : failure;
    } finally {
      clearTimeout(deadline);
      clearTimeout(cut);
    }
  }
}
