import { setTimeout as delay } from 'node:timers/promises';
import { type Capabilities, DatabaseFailure, type Rows, type RunOptions, type Session } from '../contract.ts';
import type { Statement } from '../schema.ts';
import type { Answer, Connection } from './client.ts';
import { Deadline } from '../deadline.ts';
import { type DriverError, statementFailure } from './errors.ts';
import type { PostgresServerFacts } from './server.ts';
import { StatementNames } from './statement-names.ts';

const PREPARED_STATEMENTS = 200;
/** The server ends a statement at its own deadline; ours comes after it, for a server or a network that does not. */
const SERVER_GRACE_MS = 250;
/** How long a cancelled statement may take to be given up before the socket is cut. */
const CANCEL_GRACE_MS = 1_000;
const CLOSE_MS = 1_000;
/** "prepared statement does not exist": a pooler gave us another backend, or somebody said DEALLOCATE ALL */
const GONE = '26000';

/**
 * Whether a statement that worked before may fail now only because it is prepared: the server has forgotten it, or its
 * table has changed since (0A000 "cached plan must not change result type"; classes 22 and 42 for parameters of the old
 * column's type). Nothing was carried out, so it may be sent again, unprepared: what is wrong in itself fails again.
 */
function isStale(code: string): boolean {
  return code === GONE || code === '0A000' || code.startsWith('22') || code.startsWith('42');
}

export class PostgresSession implements Session {
  readonly server: PostgresServerFacts;
  readonly capabilities: Capabilities;
  readonly #connection: Connection;
  readonly #names = new StatementNames(PREPARED_STATEMENTS);
  readonly #deadline = new Deadline();
  /** ms; `statement_timeout` as the server has it now, and as it had it when the transaction began */
  #serverTimeout: number;
  #timeoutBefore: number | null = null;
  #inTransaction = false;
  #usable = true;
  #running = false;
  /** statements that wait for the running one, in their order */
  #waiting: (() => void)[] = [];
  /** the running statement passed its deadline: the end of its cancel request */
  #cancelled: Promise<void> | null = null;

  constructor(connection: Connection, server: PostgresServerFacts, capabilities: Capabilities, timeoutMs: number) {
    this.#connection = connection;
    this.server = server;
    this.capabilities = capabilities;
    this.#serverTimeout = timeoutMs;
  }

  get inTransaction(): boolean {
    return this.#inTransaction;
  }

  get usable(): boolean {
    return this.#usable;
  }

  /** Called by the connection when it is gone. */
  lose(): void {
    this.#usable = false;
  }

  run(statement: Statement, options: RunOptions = {}): Promise<Rows> {
    return this.#inTurn(() => this.#run(statement, options));
  }

  async begin(): Promise<void> {
    await this.run({ sql: 'begin', parameters: [] });
    this.#inTransaction = true;
    this.#timeoutBefore = this.#serverTimeout;
  }

  async commit(): Promise<void> {
    const { command } = await this.#inTurn(() => this.#run({ sql: 'commit', parameters: [] }, {}));
    this.#leaveTransaction(command === 'COMMIT');
    // the server answers a commit after a failed statement with ROLLBACK and no error
    if (command !== 'COMMIT') {
      throw new DatabaseFailure('other', '25P02', 'the transaction had failed and was rolled back instead');
    }
  }

  async rollback(): Promise<void> {
    try {
      await this.run({ sql: 'rollback', parameters: [] });
    } catch (error) {
      this.destroy();
      throw error;
    } finally {
      this.#leaveTransaction(false);
    }
  }

  async close(): Promise<void> {
    this.#deadline.clear();
    if (this.#usable && !this.#running) {
      this.#usable = false;
      const late = new AbortController();
      await Promise.race([
        this.#connection.end().catch(() => undefined),
        delay(CLOSE_MS, undefined, { signal: late.signal }).catch(() => undefined),
      ]);
      late.abort();
    }
    this.destroy();
  }

  destroy(): void {
    const running = this.#usable && this.#running;
    this.#usable = false;
    this.#deadline.clear();
    if (running) void this.#cancel();
    this.#connection.destroy();
  }

  #leaveTransaction(committed: boolean): void {
    // a setting made inside a transaction that is rolled back is rolled back with it
    if (!committed && this.#timeoutBefore !== null) this.#serverTimeout = this.#timeoutBefore;
    this.#timeoutBefore = null;
    this.#inTransaction = false;
  }

  /** One statement at a time: deadline and cancelling belong to the one that runs. */
  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    while (this.#running) await new Promise<void>((resume) => this.#waiting.push(resume));
    this.#running = true;
    try {
      return await work();
    } finally {
      this.#running = false;
      this.#waiting.shift()?.();
    }
  }

  async #run(statement: Statement, { timeoutMs, prepared }: RunOptions): Promise<Answer> {
    if (timeoutMs !== undefined && timeoutMs > this.#serverTimeout) await this.#raiseServerTimeout(timeoutMs);
    const limit = timeoutMs ?? this.#serverTimeout + SERVER_GRACE_MS;
    if (!prepared) return this.#send(statement, limit);
    const { name, known, evicted } = this.#names.use(statement.sql);
    if (evicted !== null) await this.#deallocate(evicted);
    try {
      return await this.#send(statement, limit, name);
    } catch (error) {
      if (!known || !(error instanceof DatabaseFailure) || !this.#usable || !isStale(error.code)) throw error;
      // inside a transaction that has failed nothing can be asked: better to prepare it once more than to keep failing
      if (this.#inTransaction) {
        this.#forget(statement.sql, name);
        throw error;
      }
      const answer = await this.#send(statement, limit);
      this.#forget(statement.sql, name);
      if (error.code !== GONE) await this.#deallocate(name);
      return answer;
    }
  }

  #forget(sql: string, name: string): void {
    this.#names.forget(sql);
    this.#connection.forget(name);
  }

  async #raiseServerTimeout(ms: number): Promise<void> {
    const sql = "select set_config('statement_timeout', $1, false)";
    await this.#send({ sql, parameters: [String(ms)] }, this.#serverTimeout + SERVER_GRACE_MS);
    this.#serverTimeout = ms;
  }

  async #deallocate(name: string): Promise<void> {
    this.#connection.forget(name);
    // in a transaction that has failed nothing can be sent; the name is not used again, so it does no harm
    await this.#send({ sql: `deallocate ${name}`, parameters: [] }, CANCEL_GRACE_MS).catch(() => undefined);
  }

  async #send({ sql, parameters }: Statement, limitMs: number, name?: string): Promise<Answer> {
    if (!this.#usable) throw new DatabaseFailure('connection-lost', '08003', 'the connection is closed');
    this.#deadline.arm(limitMs, () => this.#expire());
    try {
      const answer = await this.#connection.send({ text: sql, values: parameters, ...(name ? { name } : {}) });
      // answered while its cancel request was on the way, which might now hit the next statement
      if (this.#cancelled) this.destroy();
      return answer;
    } catch (error) {
      throw await this.#failure(error as DriverError);
    } finally {
      this.#deadline.disarm();
      this.#cancelled = null;
    }
  }

  #expire(): void {
    this.#cancelled = this.#cancel();
    this.#deadline.arm(CANCEL_GRACE_MS, () => {
      this.#usable = false;
      this.#connection.destroy();
    });
  }

  #cancel(): Promise<void> {
    return this.#connection.cancel().catch(() => undefined);
  }

  async #failure(error: DriverError): Promise<DatabaseFailure> {
    const failure = statementFailure(error, !this.#usable);
    if (failure.kind === 'connection-lost') this.#usable = false;
    if (!this.#cancelled) return failure;
    if (this.#usable) await this.#cancelled;
    if (failure.kind !== 'cancelled' && this.#usable) return failure;
    return new DatabaseFailure('timeout', '57014', 'the statement passed its deadline and was cancelled');
  }
}
