import { statSync } from 'node:fs';
import { Semaphore, withTimeout } from 'async-mutex';
import { processWide } from '#lib/core/process-wide.ts';
import { DatabaseFailure } from '../contract.ts';
import type { Target } from '../contract.ts';
import { FileHandle } from './file-handle.ts';

/** Processes of one file that share its single statements. */
const MOST = 4;
/** Waiting for other transactions of the file, in ms. */
const TURN_MS = 5_000;

export type Opening = { path: string; create: boolean; readOnly: boolean; connectTimeoutMs: number };

/** @throws DatabaseFailure where the file can not be opened, or not in time */
export async function openFile({ connectTimeoutMs, ...file }: Opening): Promise<FileHandle> {
  const handle = new FileHandle();
  try {
    const { rows } = await handle.ask({ op: 'open', ...file }, connectTimeoutMs);
    handle.version = String(rows[0]?.[0]);
    return handle;
  } catch (error) {
    handle.kill();
    throw error;
  }
}

/**
 * One file, used by the sessions of a pool. SQLite needs no connection of its own for a single statement, and one busy process
 * answers many sessions with a fraction of the CPU and memory of one process each; what takes long gets company.
 */
export class SharedFile {
  readonly opening: Opening;
  readonly version: string;
  /** null: nobody has joined yet, and its first process waits for who asked for it */
  #users: number | null = null;
  readonly #key: string;
  readonly #inode: number;
  #handles: FileHandle[];
  #spare: FileHandle[] = [];
  #starting: Promise<FileHandle> | null = null;
  readonly #turns = withTimeout(new Semaphore(MOST), TURN_MS, busy());

  constructor(key: string, opening: Opening, first: FileHandle) {
    this.#key = key;
    this.opening = { ...opening, create: false };
    first.shared = true;
    this.#handles = [first];
    this.version = first.version;
    this.#inode = inodeOf(opening.path);
  }

  /** One session more. False where the file was left by all, or another one lies at its path by now. */
  join(): boolean {
    if (this.#users === 0 || inodeOf(this.opening.path) !== this.#inode) {
      // opened for sessions that find it replaced already: nobody else would end it
      if (this.#users === null) void this.leave(false);
      return false;
    }
    this.#users = (this.#users ?? 0) + 1;
    return true;
  }

  /** A process for one statement, at once where one is free. @throws DatabaseFailure where none can be started */
  handle(): FileHandle | Promise<FileHandle> {
    this.#handles = this.#handles.filter(({ alive }) => alive);
    const free = this.#handles.find(({ stuck }) => !stuck);
    if (free) return free;
    const spare = this.spare();
    if (spare) {
      spare.shared = true;
      this.#handles.push(spare);
      return spare;
    }
    if (this.#handles.length >= MOST) return this.#handles.reduce((a, b) => (b.waiting < a.waiting ? b : a));
    return (this.#starting ??= this.#start());
  }

  /** The only process, handed over to the only session that uses it: then it shares with nobody. Null where there are others. */
  handOver(): FileHandle | null {
    const [handle, ...others] = this.#handles;
    if (this.#users !== 1 || others.length || this.#starting || !handle?.alive) return null;
    this.#forget();
    this.#handles = [];
    handle.shared = false;
    return handle;
  }

  /** A transaction takes a process for itself, so only a few run at once. @returns what ends its turn. @throws DatabaseFailure */
  async turn(): Promise<() => void> {
    const [, end] = await this.#turns.acquire();
    return end;
  }

  /** A process that a transaction left, for the next one. */
  spare(): FileHandle | null {
    this.#spare = this.#spare.filter(({ alive }) => alive);
    return this.#spare.pop() ?? null;
  }

  giveBack(handle: FileHandle): void {
    if (this.#users && this.#spare.length < MOST) this.#spare.push(handle);
    else void handle.close();
  }

  get processId(): number | undefined {
    return this.#handles[0]?.processId;
  }

  /** One session less; the last one takes the processes with it. */
  async leave(politely: boolean): Promise<void> {
    this.#users = Math.max((this.#users ?? 0) - 1, 0);
    if (this.#users > 0) return;
    this.#forget();
    const handles = [...this.#handles.splice(0), ...this.#spare.splice(0)];
    if (politely) await Promise.all(handles.map((handle) => handle.close()));
    else for (const handle of handles) handle.kill();
  }

  async #start(): Promise<FileHandle> {
    try {
      const handle = await openFile(this.opening);
      handle.shared = true;
      if (this.#users) this.#handles.push(handle);
      else handle.kill();
      return handle;
    } finally {
      this.#starting = null;
    }
  }

  #forget(): void {
    const files = shared();
    void files.get(this.#key)?.then((file) => file === this && files.delete(this.#key));
  }
}

const busy = () => new DatabaseFailure('lock', 'SQLITE_BUSY', 'other transactions of this file did not end in time');

const shared = () => processWide('sqlite-files', () => new Map<string, Promise<SharedFile>>());

/** @throws DatabaseFailure where the file can not be opened */
export async function joinFile(target: Target): Promise<SharedFile> {
  if (target.endpoint.kind !== 'file') throw new Error('a file is expected, not a server');
  const { path, create } = target.endpoint;
  const { readOnly, connectTimeoutMs } = target;
  const opening = { path, create, readOnly, connectTimeoutMs };
  const key = JSON.stringify([path, readOnly]);
  const files = shared();
  for (;;) {
    const made = files.get(key) ?? openFile(opening).then((handle) => new SharedFile(key, opening, handle));
    files.set(key, made);
    try {
      const file = await made;
      if (file.join()) return file;
    } catch (error) {
      if (files.get(key) === made) files.delete(key);
      throw error;
    }
    if (files.get(key) === made) files.delete(key);
  }
}

function inodeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.ino ?? 0;
}
