import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { DatabaseFailure } from '../contract.ts';
import type { Parameter, Statement } from '../schema.ts';
import { Deadlines } from './deadlines.ts';
import { failureOf } from './errors.ts';
import { encode, FrameReader } from './frames.ts';
import type { BodyReply } from './frames.ts';
import type { Answer, Asked, Body, Reply, Request } from './protocol.ts';
import { NumberedTexts } from './sent-texts.ts';

const CLOSE_MS = 1_000;
const PROGRAM = join('elements', 'database', 'sqlite', 'file-process.ts');

type Waiting = {
  resolve(answer: Answer | Body): void;
  reject(failure: DatabaseFailure | StuckBehind): void;
  timeoutMs: number;
  since: number;
  /** may be asked of another process instead */
  movable: boolean;
};

/** No answer for this long, in ms, and what waits behind is better asked elsewhere. */
const STUCK_MS = 50;

/** A read was taken back, because the request before it takes its time. */
export class StuckBehind extends Error {}

/**
 * The portal's end of one process that holds a file open. Requests are answered in their order; one past its deadline
 * ends the process, since nothing else ends a statement.
 */
export class FileHandle {
  /** false once the process is gone */
  alive = true;
  version = '';
  /** several sessions use it: then reads do not wait behind a long statement */
  shared = false;
  readonly #child: ChildProcess;
  readonly #pipe: Socket;
  readonly #reader = new FrameReader<Reply>();
  readonly #waiting = new Map<number, Waiting>();
  readonly #deadlines = new Deadlines((id) => this.#late(id));
  readonly #texts = new NumberedTexts();
  #unsent: Buffer[] = [];
  #lastId = 0;
  #answeredAt = 0;
  #watched = false;

  constructor() {
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
    // an idle process keeps no program alive; a request does by its deadline
    this.#child.unref();
    this.#pipe.unref();
  }

  get processId(): number | undefined {
    return this.#child.pid;
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  /** It works on something that takes its time. */
  get stuck(): boolean {
    const [oldest] = this.#waiting.values();
    return oldest !== undefined && performance.now() - Math.max(oldest.since, this.#answeredAt) > STUCK_MS;
  }

  /** @throws DatabaseFailure */
  ask(request: Exclude<Request, Asked>, timeoutMs: number): Promise<Answer> {
    return this.#send(request, timeoutMs, false) as Promise<Answer>;
  }

  /** @throws DatabaseFailure; StuckBehind where it is movable and the process is shared */
  select({ sql, parameters }: Statement, timeoutMs: number, movable: boolean): Promise<Body> {
    const request: Request = { op: 'select', sql: this.#texts.name(sql), parameters };
    return this.#send(request, timeoutMs, movable) as Promise<Body>;
  }

  /** @throws DatabaseFailure */
  write({ sql, parameters }: Statement, timeoutMs: number): Promise<Body> {
    const request: Request = { op: 'write', sql: this.#texts.name(sql), parameters };
    return this.#send(request, timeoutMs, false) as Promise<Body>;
  }

  async close(): Promise<void> {
    if (this.alive) await this.ask({ op: 'close' }, CLOSE_MS).catch(() => {});
    this.kill();
  }

  kill(): void {
    this.#child.kill('SIGKILL');
    this.#lost();
  }

  #send(request: Request, timeoutMs: number, movable: boolean): Promise<Answer | Body> {
    return new Promise((resolve, reject) => {
      if (!this.alive) {
        reject(connectionLost());
        return;
      }
      const id = ++this.#lastId;
      const since = performance.now();
      this.#deadlines.add(id, since, timeoutMs);
      this.#waiting.set(id, { resolve, reject, timeoutMs, since, movable });
      if (this.shared && !this.#watched) this.#watch();
      // requests that come in together leave together
      if (this.#unsent.length === 0) setImmediate(() => this.#flush());
      this.#unsent.push(encode({ id, request }, isPlain(request)));
    });
  }

  #flush(): void {
    const unsent = this.#unsent;
    this.#unsent = [];
    if (this.alive) this.#pipe.write(unsent.length === 1 ? unsent[0]! : Buffer.concat(unsent));
  }

  #settle(reply: Reply | BodyReply): void {
    this.#answeredAt = performance.now();
    const waiting = this.#take(reply.id);
    if (!waiting) return;
    if ('failure' in reply) waiting.reject(failureOf(reply.failure.code, reply.failure.message));
    else waiting.resolve('answer' in reply ? reply.answer : reply);
  }

  #watch(): void {
    this.#watched = true;
    setTimeout(() => {
      this.#watched = false;
      if (this.stuck && this.shared) this.#takeBack();
      if (this.#waiting.size > 0) this.#watch();
    }, STUCK_MS);
  }

  /** What stands behind the one that takes its time, as far as it may go elsewhere. */
  #takeBack(): void {
    for (const [id, { movable, reject }] of [...this.#waiting].slice(1)) {
      if (!movable) continue;
      this.#take(id);
      reject(new StuckBehind());
    }
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    this.#deadlines.remove(id);
    return waiting;
  }

  #late(id: number): void {
    const late = this.#take(id);
    late?.reject(new DatabaseFailure('timeout', 'TIMEOUT', `the statement took longer than ${late.timeoutMs} ms`));
    this.kill();
  }

  #lost(): void {
    this.alive = false;
    for (const id of this.#waiting.keys()) this.#take(id)?.reject(connectionLost());
  }
}

export function connectionLost(): DatabaseFailure {
  return new DatabaseFailure('connection-lost', 'CONNECTION_LOST', 'the process that held the file open has ended');
}

/** Bytes do not go into JSON; nothing else that is bound needs more than it. */
function isPlain(request: Request): boolean {
  if (request.op === 'batch') return request.statements.every(({ rows }) => rows.every(withoutBytes));
  return !('parameters' in request) || withoutBytes(request.parameters);
}

function withoutBytes(parameters: readonly Parameter[]): boolean {
  return !parameters.some((value) => value instanceof Uint8Array);
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
  const names = ['PATH', 'TMPDIR', 'TEMP', 'SystemRoot'];
  const set = names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []));
  return { NODE_ENV: process.env.NODE_ENV, ...Object.fromEntries(set) };
}
