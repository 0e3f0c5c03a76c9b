/** One signed-in connection as the contract wants it: deadlines on the server and on the socket, losses as failures. */
import type { Capabilities, Row, Rows, RunOptions, ServerFacts, Session } from '../contract.ts';
import { DatabaseFailure } from '../contract.ts';
import { Deadline } from '../deadline.ts';
import type { Statement } from '../schema.ts';
import { mysql } from './definition.ts';
import { statementFailure } from './errors.ts';
import type { DriverError } from './errors.ts';
import type { Server } from './server.ts';

/** What a session needs of a driver. Callbacks may come more than once; the first one counts. */
export type Wire = {
  send(statement: Statement, prepared: boolean, done: (error: DriverError | null, result: unknown) => void): void;
  onLost(lost: () => void): void;
  /** says goodbye to the server */
  quit(done: () => void): void;
  /** ends the socket at once */
  cut(): void;
  /** ends the running statement on the server, over another connection; never rejects */
  kill(): Promise<void>;
};

/** The server ends a statement at its deadline; when that does not come through in this time, the socket is cut. */
const GRACE_MS = 250;
const CLOSE_DEADLINE_MS = 1_000;

export class MysqlSession implements Session {
  server: ServerFacts = { product: 'MySQL', version: '', tls: null };
  capabilities: Capabilities = mysql.capabilities;
  mariadb = false;
  /** of the session; instants are turned where it is not `+00:00` */
  timeZone = '+00:00';
  readonly #wire: Wire;
  readonly #timeoutMs: number;
  /** the deadline that the server knows; null: it has none of ours */
  #serverTimeoutMs: number | null = null;
  #known = false;
  #usable = true;
  #running = 0;
  readonly #deadline = new Deadline();
  #inTransaction = false;

  constructor(wire: Wire, timeoutMs: number) {
    this.#wire = wire;
    this.#timeoutMs = timeoutMs;
    wire.onLost(() => {
      this.#usable = false;
    });
  }

  get usable(): boolean {
    return this.#usable;
  }

  know(server: Server, tls: ServerFacts['tls'], timeZone: string): void {
    this.server = { product: server.product, version: server.version, tls };
    this.capabilities = server.capabilities;
    this.mariadb = server.mariadb;
    this.timeZone = timeZone;
    this.#known = true;
  }

  run(statement: Statement, options: RunOptions = {}): Promise<Rows> {
    const timeoutMs = options.timeoutMs ?? this.#timeoutMs;
    const send = () => this.#send(statement, timeoutMs, options.prepared ?? false);
    return this.#known && timeoutMs !== this.#serverTimeoutMs ? this.#tellServer(timeoutMs).then(send) : send();
  }

  /** A write that also tells the number which the server gave to its first row, as digits. */
  async write(statement: Statement, options: RunOptions = {}): Promise<Written> {
    return (await this.run(statement, options)) as Written;
  }

  get inTransaction(): boolean {
    return this.#inTransaction;
  }

  async begin(): Promise<void> {
    await this.#simple('START TRANSACTION');
    this.#inTransaction = true;
  }

  async commit(): Promise<void> {
    await this.#simple('COMMIT');
    this.#inTransaction = false;
  }

  async rollback(): Promise<void> {
    await this.#simple('ROLLBACK');
    this.#inTransaction = false;
  }

  async #simple(sql: string): Promise<void> {
    await this.#send({ sql, parameters: [] }, this.#timeoutMs, false);
  }

  /** MariaDB counts seconds and ends every statement, MySQL milliseconds and ends reads only. */
  async #tellServer(timeoutMs: number): Promise<void> {
    const sql = this.mariadb
      ? `SET SESSION max_statement_time = ${timeoutMs / 1000}`
      : `SET SESSION max_execution_time = ${Math.ceil(timeoutMs)}`;
    try {
      await this.#send({ sql, parameters: [] }, timeoutMs, false);
    } catch (error) {
      // 1193: a server of the family that does not know the setting; the deadline on the socket holds there.
      if (!(error instanceof DatabaseFailure) || error.code !== '1193') throw error;
    }
    this.#serverTimeoutMs = timeoutMs;
  }

  #send(statement: Statement, timeoutMs: number, prepared: boolean): Promise<Rows> {
    if (!this.#usable) return Promise.reject(lost());
    // statements that are sent while another runs are rare, and have a deadline of their own
    const deadline = this.#running++ === 0 ? this.#deadline : new Deadline();
    let over = false;
    return new Promise<Rows>((resolve, reject) => {
      deadline.arm(timeoutMs + GRACE_MS, () => {
        reject(new DatabaseFailure('timeout', 'DEADLINE', `no answer within ${timeoutMs} ms`));
        this.destroy();
      });
      const done = (error: DriverError | null, result: unknown) => {
        if (over) return;
        over = true;
        this.#running--;
        if (deadline === this.#deadline) deadline.disarm();
        else deadline.clear();
        if (error) reject(this.#failure(error));
        else resolve(rowsOf(result));
      };
      try {
        this.#wire.send(statement, prepared, done);
      } catch (error) {
        done(error as DriverError, null);
      }
    });
  }

  #failure(error: DriverError): DatabaseFailure {
    const failure = statementFailure(error);
    if (failure.kind === 'connection-lost' || error.fatal) {
      this.#usable = false;
      this.#wire.cut();
    }
    return failure;
  }

  async close(): Promise<void> {
    // that of a running statement stays: it must end, whatever the driver tells of a socket that is cut
    if (this.#running === 0) this.#deadline.clear();
    if (!this.#usable) return this.#wire.cut();
    this.#usable = false;
    await new Promise<void>((resolve) => {
      const late = setTimeout(resolve, CLOSE_DEADLINE_MS);
      this.#wire.quit(() => {
        clearTimeout(late);
        resolve();
      });
    });
    this.#wire.cut();
  }

  destroy(): void {
    if (this.#running === 0) this.#deadline.clear();
    const cancels = this.#usable && this.#running > 0;
    this.#usable = false;
    if (cancels) void this.#wire.kill();
    this.#wire.cut();
  }
}

const lost = () => new DatabaseFailure('connection-lost', 'CLOSED', 'the connection is closed');

type Written = Rows & { insertId: string };

/** The driver gives rows as an array, and what a write did as an object. */
function rowsOf(result: unknown): Written {
  if (Array.isArray(result)) return { rows: result as Row[], affected: result.length, insertId: '0' };
  const { affectedRows = 0, insertId = 0 } = (result ?? {}) as { affectedRows?: number; insertId?: number | string };
  return { rows: [], affected: affectedRows, insertId: String(insertId) };
}
