import { ConnectFailure, DatabaseFailure } from '../contract.ts';
import type { Capabilities, Row, Rows, RunOptions, ServerFacts, Session, Target } from '../contract.ts';
import type { ConnectCause } from '../connect-causes.ts';
import type { JsonRows } from '../query.ts';
import type { Statement } from '../schema.ts';
import { sqlite } from './definition.ts';
import { connectionLost, StuckBehind } from './file-handle.ts';
import type { FileHandle } from './file-handle.ts';
import type { Answer, Asked, BatchStatement, Request } from './protocol.ts';
import { joinFile, openFile } from './shared-file.ts';
import type { SharedFile } from './shared-file.ts';

/**
 * One database file, held open by processes of its own. What the data API does is one message each, and shares processes with other
 * sessions of the file; a transaction takes a process for this session alone, and so do `run` and the lock, which keep it.
 * Statements may be sent while others run. A statement past its deadline ends with its process; a session of its own with it.
 */
export class SqliteSession implements Session {
  readonly capabilities: Capabilities = sqlite.capabilities;
  readonly server: ServerFacts;
  inTransaction = false;
  readonly #file: SharedFile;
  readonly #statementTimeoutMs: number;
  /** settled once, when first needed */
  #own: Promise<FileHandle> | null = null;
  #ownHandle: FileHandle | null = null;
  /** `run` outside a transaction and the lock may leave something behind in the process, so it stays with this session */
  #keeps = false;
  /** processes in which something of this session runs, and how much */
  readonly #busy = new Map<FileHandle, number>();
  #ended = false;
  #endTurn: (() => void) | null = null;

  constructor(file: SharedFile, version: string, statementTimeoutMs: number) {
    this.#file = file;
    this.#statementTimeoutMs = statementTimeoutMs;
    this.server = { product: 'SQLite', version, tls: null };
  }

  get usable(): boolean {
    return !this.#ended && (this.#ownHandle?.alive ?? true);
  }

  get processId(): number | undefined {
    return this.#ownHandle?.processId ?? this.#file.processId;
  }

  async run({ sql, parameters }: Statement, options: RunOptions = {}): Promise<Rows> {
    const { columns, rows, affected } = await this.ask({ op: 'run', sql, parameters }, options.timeoutMs);
    return {
      rows: rows.map((row) => Object.fromEntries(columns.map((name, index) => [name, row[index]])) as Row),
      affected,
    };
  }

  /** A statement of `dml.ts` that gives one row of body, rows and total. */
  async select(statement: Statement, options: RunOptions = {}): Promise<JsonRows> {
    const read = async (movable: boolean) => {
      const handle = await this.#any();
      return this.#within(handle, handle.select(statement, this.#deadline(options), movable));
    };
    const { body, rows, total } = await read(true).catch((error: unknown) => {
      // behind a long statement, or the process went for another's sake: a read may simply be done again
      const lost = error instanceof DatabaseFailure && error.kind === 'connection-lost' && this.usable && !this.#own;
      if (lost || error instanceof StuckBehind) return read(false);
      throw error;
    });
    return { body, rows, total };
  }

  /** One statement; what it gives back is one JSON text per row. */
  async write(statement: Statement, options: RunOptions = {}): Promise<JsonRows> {
    const handle = await this.#any();
    const { body, rows, total } = await this.#within(handle, handle.write(statement, this.#deadline(options)));
    return { body, rows, total };
  }

  /** Each statement once per row of parameters, all or nothing, in one message. */
  async batch(statements: BatchStatement[], options: RunOptions = {}): Promise<Answer> {
    const handle = await this.#any();
    return this.#within(handle, handle.ask({ op: 'batch', statements }, this.#deadline(options)));
  }

  async begin(): Promise<void> {
    this.#endTurn = await this.#file.turn();
    try {
      await this.ask({ op: 'begin' });
    } catch (error) {
      this.#leaveTurn();
      throw error;
    }
    this.inTransaction = true;
  }

  async commit(): Promise<void> {
    // a commit that fails rolls back
    this.inTransaction = false;
    await this.ask({ op: 'commit' }).finally(() => this.#leaveTurn());
    this.#giveBack();
  }

  async rollback(): Promise<void> {
    this.inTransaction = false;
    await this.ask({ op: 'rollback' }).finally(() => this.#leaveTurn());
    this.#giveBack();
  }

  async close(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    this.#leaveTurn();
    await Promise.all([this.#ownHandle?.close(), this.#file.leave(true)]);
  }

  destroy(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#leaveTurn();
    this.#ownHandle?.kill();
    for (const handle of this.#busy.keys()) handle.kill();
    void this.#file.leave(false);
  }

  /** In this session's own process. @throws DatabaseFailure */
  async ask(request: Exclude<Request, Asked>, timeoutMs = this.#statementTimeoutMs): Promise<Answer> {
    if (!this.usable) throw connectionLost();
    this.#keeps ||= (request.op === 'run' && !this.inTransaction) || request.op === 'lock';
    const handle = this.#ownHandle ?? (await this.#takeOwn());
    return handle.ask(request, timeoutMs);
  }

  async #takeOwn(): Promise<FileHandle> {
    this.#own ??= this.#takeOrOpen();
    try {
      this.#ownHandle = await this.#own;
    } catch (error) {
      this.#own = null;
      throw error;
    }
    if (this.#ended) this.#ownHandle.kill();
    return this.#ownHandle;
  }

  async #takeOrOpen(): Promise<FileHandle> {
    return this.#file.handOver() ?? this.#file.spare() ?? openFile(this.#file.opening);
  }

  #leaveTurn(): void {
    this.#endTurn?.();
    this.#endTurn = null;
  }

  #giveBack(): void {
    if (this.#keeps || this.#ended || !this.#ownHandle?.alive) return;
    this.#file.giveBack(this.#ownHandle);
    this.#own = this.#ownHandle = null;
  }

  #any(): FileHandle | Promise<FileHandle> {
    if (!this.usable) throw connectionLost();
    return this.#ownHandle ?? this.#own ?? this.#file.handle();
  }

  #deadline({ timeoutMs }: RunOptions): number {
    return timeoutMs ?? this.#statementTimeoutMs;
  }

  async #within<T>(handle: FileHandle, work: Promise<T>): Promise<T> {
    this.#busy.set(handle, (this.#busy.get(handle) ?? 0) + 1);
    try {
      return await work;
    } finally {
      const left = this.#busy.get(handle)! - 1;
      if (left) this.#busy.set(handle, left);
      else this.#busy.delete(handle);
    }
  }
}

/** @throws ConnectFailure */
export async function connect(target: Target): Promise<SqliteSession> {
  try {
    const file = await joinFile(target);
    return new SqliteSession(file, file.version, target.statementTimeoutMs);
  } catch (error) {
    if (!(error instanceof DatabaseFailure)) throw error;
    throw new ConnectFailure(CAUSES[error.code] ?? 'file-not-readable', error.message);
  }
}

const CAUSES: Record<string, ConnectCause> = {
  MISSING_FILE: 'missing-file',
  SQLITE_NOTADB: 'not-a-database',
};
