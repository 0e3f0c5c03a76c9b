/** One signed-in connection as the contract wants it: deadlines on the server and on the socket, losses as failures. */
import type { Capabilities, Row, Rows, RunOptions, ServerFacts } from '../contract.ts';
import { DatabaseFailure } from '../contract.ts';
import type { Parameter, Statement } from '../schema.ts';
import type { Changed, RowSession } from '../sql/oracle-like/row-session.ts';
import { oracle } from './definition.ts';
import { statementFailure } from './errors.ts';
import type { DriverError } from './errors.ts';

/** What a session needs of the driver. */
export type Wire = {
  run(statement: Statement, how: How): Promise<Ran>;
  /** one text, many sets of parameters */
  runMany(sql: string, rows: Parameter[][], how: How): Promise<Ran>;
  /** a PL/SQL block that gives one number */
  call(statement: Statement, how: How): Promise<number>;
  commit(): Promise<void>;
  rollback(): Promise<void>;
  onLost(lost: () => void): void;
  /** says goodbye to the server */
  quit(): Promise<void>;
  /** asks the server to end the running statement */
  break(): void;
  /** ends the socket, after what is still to be sent */
  cut(): void;
};

export type How = {
  timeoutMs: number;
  autoCommit: boolean;
  /** the addresses of changed rows are wanted */ addresses?: boolean;
};
export type Ran = { rows: Row[]; affected: number; addresses: string[] };

/** The driver ends a statement at its deadline; when that does not come through in this time, the socket is cut. */
const GRACE_MS = 250;
const CLOSE_DEADLINE_MS = 1_000;

export class OracleSession implements RowSession {
  readonly capabilities: Capabilities = oracle.capabilities;
  readonly server: ServerFacts;
  readonly #wire: Wire;
  readonly #timeoutMs: number;
  readonly #readOnly: boolean;
  #usable = true;
  #running = 0;
  #inTransaction = false;

  constructor(wire: Wire, server: ServerFacts, { timeoutMs, readOnly }: { timeoutMs: number; readOnly: boolean }) {
    this.#wire = wire;
    this.server = server;
    this.#timeoutMs = timeoutMs;
    this.#readOnly = readOnly;
    wire.onLost(() => {
      this.#usable = false;
    });
  }

  get usable(): boolean {
    return this.#usable;
  }

  get inTransaction(): boolean {
    return this.#inTransaction;
  }

  async run(statement: Statement, options: RunOptions = {}): Promise<Rows> {
    const { rows, affected } = await this.#bounded(options, (how) => this.#wire.run(statement, how));
    return { rows, affected };
  }

  runMany(sql: string, rows: Parameter[][], addresses: boolean, options: RunOptions): Promise<Changed> {
    return this.#bounded(options, (how) => this.#wire.runMany(sql, rows, { ...how, addresses }));
  }

  runForAddresses(statement: Statement, options: RunOptions): Promise<Changed> {
    return this.#bounded(options, (how) => this.#wire.run(statement, { ...how, addresses: true }));
  }

  /** A PL/SQL block that gives one number. */
  call(statement: Statement, options: RunOptions = {}): Promise<number> {
    return this.#bounded(options, (how) => this.#wire.call(statement, how));
  }

  /** A transaction begins with its first statement; only a read-only one is told so. */
  async begin(): Promise<void> {
    this.#inTransaction = true;
    if (this.#readOnly) await this.run({ sql: 'set transaction read only', parameters: [] });
  }

  async commit(): Promise<void> {
    await this.#bounded({}, () => this.#wire.commit());
    this.#inTransaction = false;
  }

  async rollback(): Promise<void> {
    await this.#bounded({}, () => this.#wire.rollback());
    this.#inTransaction = false;
  }

  #bounded<T>({ timeoutMs = this.#timeoutMs }: RunOptions, work: (how: How) => Promise<T>): Promise<T> {
    if (!this.#usable)
      return Promise.reject(new DatabaseFailure('connection-lost', 'CLOSED', 'the connection is closed'));
    this.#running++;
    return new Promise<T>((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new DatabaseFailure('timeout', 'DEADLINE', `no answer within ${timeoutMs} ms`));
        this.destroy();
      }, timeoutMs + GRACE_MS);
      const done = () => clearTimeout(timer);
      work({ timeoutMs, autoCommit: !this.#inTransaction }).then(
        (result) => {
          done();
          resolve(result);
        },
        (error: DriverError) => {
          done();
          reject(this.#failure(error));
        },
      );
    }).finally(() => {
      this.#running--;
    });
  }

  #failure(error: DriverError): DatabaseFailure {
    const failure = statementFailure(error);
    if (failure.kind === 'connection-lost') {
      this.#usable = false;
      this.#wire.cut();
    }
    return failure;
  }

  async close(): Promise<void> {
    if (!this.#usable) return this.#wire.cut();
    this.#usable = false;
    let late: NodeJS.Timeout | undefined;
    const bound = new Promise<void>((resolve) => {
      late = setTimeout(resolve, CLOSE_DEADLINE_MS);
    });
    await Promise.race([this.#wire.quit().catch(() => {}), bound]);
    clearTimeout(late);
    this.#wire.cut();
  }

  destroy(): void {
    const cancels = this.#usable && this.#running > 0;
    this.#usable = false;
    if (cancels) this.#wire.break();
    this.#wire.cut();
  }
}
