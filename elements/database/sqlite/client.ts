import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ConnectFailure, DatabaseFailure } from '../contract.ts';
import type { Capabilities, Row, Rows, RunOptions, ServerFacts, Session, Statement, Target } from '../contract.ts';
import type { ConnectCause } from '../connect-causes.ts';
import { sqlite } from './definition.ts';
import { failureOf } from './errors.ts';
import type { Answer, BatchStatement, Message, Reply, Request } from './protocol.ts';

const CLOSE_MS = 1_000;
const PROGRAM = join('elements', 'database', 'sqlite', 'file-process.ts');

type Waiting = { resolve(answer: Answer): void; reject(failure: DatabaseFailure): void; timer: NodeJS.Timeout };

/**
 * One database file, held open by a child process of its own. Statements may be sent while others run; they are answered in order.
 * A statement past its deadline ends with the process, and so does the session.
 */
export class SqliteSession implements Session {
  readonly capabilities: Capabilities = sqlite.capabilities;
  server: ServerFacts = { product: 'SQLite', version: '', tls: null };
  usable = true;
  readonly #child: ChildProcess;
  readonly #statementTimeoutMs: number;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;

  constructor(statementTimeoutMs: number) {
    this.#statementTimeoutMs = statementTimeoutMs;
    this.#child = fork(programPath(), [], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      execArgv: [],
      env: essentialEnvironment(),
    });
    this.#child.on('message', (reply: Reply) => this.#settle(reply));
    this.#child.on('error', () => this.#lost());
    this.#child.on('exit', () => this.#lost());
    // an idle session keeps no program alive; a waiting one does by its timer
    this.#child.unref();
    this.#child.channel?.unref();
  }

  get processId(): number | undefined {
    return this.#child.pid;
  }

  async run(statement: Statement, options: RunOptions = {}): Promise<Rows> {
    const { sql, parameters } = statement;
    const { columns, rows, affected } = await this.ask({ op: 'run', sql, parameters }, options.timeoutMs);
    return {
      rows: rows.map((row) => Object.fromEntries(columns.map((name, index) => [name, row[index]])) as Row),
      affected,
    };
  }

  /** Each statement once per row of parameters, all or nothing, in one message. */
  batch(statements: BatchStatement[], options: RunOptions = {}): Promise<Answer> {
    return this.ask({ op: 'batch', statements }, options.timeoutMs);
  }

  async begin(): Promise<void> {
    await this.ask({ op: 'begin' });
  }

  async commit(): Promise<void> {
    await this.ask({ op: 'commit' });
  }

  async rollback(): Promise<void> {
    await this.ask({ op: 'rollback' });
  }

  async close(): Promise<void> {
    if (this.usable) await this.ask({ op: 'close' }, CLOSE_MS).catch(() => {});
    this.destroy();
  }

  destroy(): void {
    this.#child.kill('SIGKILL');
    this.#lost();
  }

  /** @throws DatabaseFailure; `timeout` ends the session */
  ask(request: Request, timeoutMs = this.#statementTimeoutMs): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (!this.usable) {
        reject(connectionLost());
        return;
      }
      const id = ++this.#lastId;
      const timer = setTimeout(() => this.#late(id, timeoutMs), timeoutMs);
      this.#waiting.set(id, { resolve, reject, timer });
      const message: Message = { id, request };
      // a failed send is told by 'error' or 'exit' too
      this.#child.send(message, () => {});
    });
  }

  #settle(reply: Reply): void {
    const waiting = this.#take(reply.id);
    if (!waiting) return;
    if ('answer' in reply) waiting.resolve(reply.answer);
    else waiting.reject(failureOf(reply.failure.code, reply.failure.message));
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    clearTimeout(waiting?.timer);
    return waiting;
  }

  #late(id: number, timeoutMs: number): void {
    this.#take(id)?.reject(new DatabaseFailure('timeout', 'TIMEOUT', `the statement took longer than ${timeoutMs} ms`));
    this.destroy();
  }

  #lost(): void {
    this.usable = false;
    for (const id of this.#waiting.keys()) this.#take(id)?.reject(connectionLost());
  }
}

/** @throws ConnectFailure */
export async function connect(target: Target): Promise<SqliteSession> {
  if (target.endpoint.kind !== 'file') throw new Error('a file is expected, not a server');
  const { path, create } = target.endpoint;
  const session = new SqliteSession(target.statementTimeoutMs);
  try {
    const { rows } = await session.ask(
      { op: 'open', path, create, readOnly: target.readOnly },
      target.connectTimeoutMs,
    );
    session.server = { ...session.server, version: String(rows[0]?.[0]) };
    return session;
  } catch (error) {
    session.destroy();
    const { code, message } = error as DatabaseFailure;
    throw new ConnectFailure(CAUSES[code] ?? 'file-not-readable', message);
  }
}

const CAUSES: Record<string, ConnectCause> = {
  MISSING_FILE: 'missing-file',
  SQLITE_NOTADB: 'not-a-database',
};

function connectionLost(): DatabaseFailure {
  return new DatabaseFailure('connection-lost', 'CONNECTION_LOST', 'the process that held the file open has ended');
}

/** A bundle stands elsewhere than its source, so the program is sought from where this file is, and from where the portal runs. */
function programPath(): string {
  const starts = [import.meta.dirname, process.argv[1] && dirname(process.argv[1]), process.cwd()];
  for (const start of starts) {
    for (let folder = start; folder; folder = dirname(folder) === folder ? undefined : dirname(folder)) {
      if (existsSync(join(folder, PROGRAM))) return join(folder, PROGRAM);
    }
  }
  throw new Error(`${PROGRAM} is not there`);
}

/** What a process needs to run at all; none of the portal's own settings. */
function essentialEnvironment(): NodeJS.ProcessEnv {
  const names = ['PATH', 'TMPDIR', 'TEMP', 'SystemRoot', 'NODE_ENV'];
  return Object.fromEntries(
    names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
  ) as NodeJS.ProcessEnv;
}
