import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { ConnectFailure, DatabaseFailure } from '../contract.ts';
import type { Parameter } from '../schema.ts';
import type { Capabilities, Row, Rows, RunOptions, ServerFacts, Session, Statement, Target } from '../contract.ts';
import type { ConnectCause } from '../connect-causes.ts';
import { sqlite } from './definition.ts';
import { failureOf } from './errors.ts';
import { encode, FrameReader } from './frames.ts';
import type { Body } from './frames.ts';
import type { JsonRows } from '../query.ts';
import type { Answer, BatchStatement, Reply, Request } from './protocol.ts';

const CLOSE_MS = 1_000;
const PROGRAM = join('elements', 'database', 'sqlite', 'file-process.ts');

type Waiting = { resolve(answer: Answer | Body): void; reject(failure: DatabaseFailure): void; timer: NodeJS.Timeout };

/**
 * One database file, held open by a child process of its own. Statements may be sent while others run; they are answered in order.
 * A statement past its deadline ends with the process, and so does the session.
 */
export class SqliteSession implements Session {
  readonly capabilities: Capabilities = sqlite.capabilities;
  server: ServerFacts = { product: 'SQLite', version: '', tls: null };
  usable = true;
  inTransaction = false;
  readonly #child: ChildProcess;
  readonly #pipe: Socket;
  readonly #reader = new FrameReader<Reply>();
  #unsent: Buffer[] = [];
  readonly #statementTimeoutMs: number;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;

  constructor(statementTimeoutMs: number) {
    this.#statementTimeoutMs = statementTimeoutMs;
    this.#child = spawn(process.execPath, [programPath()], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
      env: essentialEnvironment(),
    });
    this.#pipe = this.#child.stdio[3] as Socket;
    this.#pipe.on('data', (chunk: Buffer) => {
      for (const reply of this.#reader.push(chunk)) this.#settle(reply);
    });
    this.#pipe.on('error', () => this.#lost());
    this.#pipe.on('close', () => this.#lost());
    this.#child.on('error', () => this.#lost());
    // an idle session keeps no program alive; a waiting one does by its timer
    this.#child.unref();
    this.#pipe.unref();
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
    this.inTransaction = true;
  }

  async commit(): Promise<void> {
    // a commit that fails rolls back
    this.inTransaction = false;
    await this.ask({ op: 'commit' });
  }

  async rollback(): Promise<void> {
    this.inTransaction = false;
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

  /** A statement of `dml.ts` that gives one row of body, rows and total. */
  async select({ sql, parameters }: Statement, options: RunOptions = {}): Promise<JsonRows> {
    const { body, rows, total } = (await this.#send({ op: 'select', sql, parameters }, options.timeoutMs)) as Body;
    return { body, rows, total };
  }

  /** @throws DatabaseFailure; `timeout` ends the session */
  ask(request: Exclude<Request, { op: 'select' }>, timeoutMs?: number): Promise<Answer> {
    return this.#send(request, timeoutMs) as Promise<Answer>;
  }

  #send(request: Request, timeoutMs = this.#statementTimeoutMs): Promise<Answer | Body> {
    return new Promise((resolve, reject) => {
      if (!this.usable) {
        reject(connectionLost());
        return;
      }
      const id = ++this.#lastId;
      const timer = setTimeout(() => this.#late(id, timeoutMs), timeoutMs);
      this.#waiting.set(id, { resolve, reject, timer });
      // requests that come in together leave together
      if (this.#unsent.length === 0) setImmediate(() => this.#flush());
      this.#unsent.push(encode({ id, request }, isPlain(request)));
    });
  }

  #flush(): void {
    const unsent = this.#unsent;
    this.#unsent = [];
    if (this.usable) this.#pipe.write(unsent.length === 1 ? unsent[0]! : Buffer.concat(unsent));
  }

  #settle(reply: Reply | Body): void {
    const waiting = this.#take(reply.id);
    if (!waiting) return;
    if ('failure' in reply) waiting.reject(failureOf(reply.failure.code, reply.failure.message));
    else waiting.resolve('answer' in reply ? reply.answer : reply);
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

/** Bytes do not go into JSON; nothing else that is bound needs more than it. */
function isPlain(request: Request): boolean {
  if (request.op === 'batch') return request.statements.every(({ rows }) => rows.every(withoutBytes));
  return !('parameters' in request) || withoutBytes(request.parameters);
}

function withoutBytes(parameters: readonly Parameter[]): boolean {
  return !parameters.some((value) => value instanceof Uint8Array);
}

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
