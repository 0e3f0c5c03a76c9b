import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import type { Parameter } from '../schema.ts';
import type { Answer, BatchStatement, Body } from './protocol.ts';
import { SchemaChange } from './schema-change.ts';

type Prepared = Database.Statement<unknown[], unknown>;

/** Waiting for another writer, in ms. */
const BUSY_MS = 5_000;
/** Prepared statements kept, by their text. */
const KEPT = 500;
/** Writes share one wait for the disk as long as they do not keep each other waiting for more than this, in ms. */
const TOGETHER_MS = 5;
const DDL = /^(?:create|alter|drop|reindex)\b|^\/\* rebuild \*\//iu;
/** Statements that reach other files, whoever sends them (security.md). */
const REFUSED = /^(?:attach|detach|vacuum)\b/iu;

/** A refusal of our own, told like an error of SQLite. */
class Refusal extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** One open file: transactions, prepared statements and the rules that hold for every database of the portal. */
export class FileConnection {
  readonly #database: Database.Database;
  readonly #path: string;
  readonly #readOnly: boolean;
  readonly #prepared = new Map<string, Prepared>();
  #begun: 'no' | 'soon' | 'yes' = 'no';
  #schemaChange: SchemaChange | null = null;
  #lock: Database.Database | null = null;

  constructor({ path, create, readOnly }: { path: string; create: boolean; readOnly: boolean }) {
    if (!existsSync(path)) {
      if (!create || readOnly) throw new Refusal('MISSING_FILE', 'there is no such file');
      mkdirSync(dirname(path), { recursive: true });
    }
    this.#path = path;
    this.#readOnly = readOnly;
    this.#database = new Database(path, { readonly: readOnly, fileMustExist: !create, timeout: BUSY_MS });
    this.#settle();
  }

  run(sql: string, parameters: readonly Parameter[]): Answer {
    const text = firstWords(sql);
    if (REFUSED.test(text)) throw new Refusal('REFUSED', 'this statement reaches other files, which is never allowed');
    this.#beginIfDue(DDL.test(text));
    this.#schemaChange?.before(text);
    return this.#execute(sql, [parameters]);
  }

  /** A statement of one row: body, rows and, where a count is asked, total. */
  select(sql: string, parameters: readonly Parameter[]): Body {
    this.#beginIfDue(false);
    const [body, rows, total = null] = this.#prepare(sql).get(parameters.map(bindable)) as [string, bigint, bigint?];
    return { body, rows: Number(rows), total: total === null ? null : Number(total) };
  }

  /** One statement; where it gives rows back, each is one JSON text. */
  write(sql: string, parameters: readonly Parameter[]): Body {
    this.#beginIfDue(false);
    const prepared = this.#prepare(sql);
    const values = parameters.map(bindable);
    if (!prepared.reader) return { body: '[]', rows: prepared.run(values).changes, total: null };
    const rows = prepared.all(values) as [string][];
    return { body: `[${rows.map(([json]) => json).join(',')}]`, rows: rows.length, total: null };
  }

  /**
   * Writes that have nothing to do with each other, made durable together: they share the wait for the disk. Each stays all or
   * nothing by itself, and is done again alone where the common end fails, as with a foreign key that is checked there.
   * @param works each one statement, or a transaction of its own
   * @returns results of the first of them, as many as were begun within `withinMs`, at least one
   */
  together(works: (() => Body | Answer)[], withinMs = TOGETHER_MS): (Body | Answer | Error)[] {
    const [only, ...others] = works;
    if (only && (others.length === 0 || this.#begun !== 'no')) return [attempt(only)];
    try {
      this.#database.exec('begin immediate');
    } catch (error) {
      return works.map(() => error as Error);
    }
    const until = performance.now() + withinMs;
    const results: (Body | Answer | Error)[] = [];
    // a table may ask that a conflict ends the transaction
    do results.push(attempt(works[results.length]!));
    while (this.#database.inTransaction && results.length < works.length && performance.now() < until);
    const durable = this.#database.inTransaction && !(attempt(() => this.#database.exec('commit')) instanceof Error);
    if (durable) return results;
    if (this.#database.inTransaction) this.#database.exec('rollback');
    return works.slice(0, results.length).map(attempt);
  }

  batch(statements: BatchStatement[]): Answer {
    this.#beginIfDue(false);
    const all = (): Answer => {
      const answers = statements.map(({ sql, rows }) => this.#execute(sql, rows));
      return {
        columns: answers[0]?.columns ?? [],
        rows: answers.flatMap((each) => each.rows),
        affected: answers.reduce((sum, each) => sum + each.affected, 0),
      };
    };
    const runs = statements.reduce((sum, { rows }) => sum + rows.length, 0);
    return runs > 1 ? this.#database.transaction(all).immediate() : all();
  }

  /** Begins with the first statement, because foreign keys can only be let go of before a transaction. */
  begin(): void {
    this.#begun = 'soon';
  }

  commit(): void {
    if (this.#begun === 'yes') {
      try {
        this.#schemaChange?.check();
        this.#database.exec('commit');
      } catch (error) {
        this.rollback();
        throw error;
      }
    }
    this.#ended();
  }

  rollback(): void {
    if (this.#database.inTransaction) this.#database.exec('rollback');
    this.#ended();
  }

  /** A lock of the file beside the database's own, so that it stands in nobody's way but another holder's; ends with this process. */
  lock(waitMs: number): boolean {
    if (this.#lock) return false;
    const lock = new Database(`${this.#path}-lock`, { timeout: waitMs });
    try {
      lock.exec('begin exclusive');
    } catch (error) {
      lock.close();
      if ((error as { code?: string }).code === 'SQLITE_BUSY') return false;
      throw error;
    }
    this.#lock = lock;
    return true;
  }

  unlock(): void {
    this.#lock?.close();
    this.#lock = null;
  }

  close(): void {
    this.unlock();
    this.#database.close();
  }

  #settle(): void {
    const database = this.#database;
    // opening is lazy: this reads the header
    database.prepare('select count(*) from sqlite_schema').get();
    if (!this.#readOnly) this.#useWal();
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    database.pragma('trusted_schema = OFF');
    // what a rebuild says when its table is not as it was planned
    database.function('mooring_refuse', { directOnly: true }, (message: unknown) => {
      throw new Refusal('REFUSED', String(message));
    });
  }

  /** A file that can not be written, or that another program holds right now, stays in the mode it is in. */
  #useWal(): void {
    try {
      this.#database.pragma('journal_mode = WAL');
    } catch (error) {
      if (!/^SQLITE_(?:READONLY|BUSY|CANTOPEN)/u.test((error as { code?: string }).code ?? '')) throw error;
    }
  }

  #beginIfDue(ddl: boolean): void {
    if (this.#begun !== 'soon') return;
    if (ddl) this.#schemaChange = new SchemaChange(this.#database);
    try {
      this.#database.exec(this.#readOnly ? 'begin' : 'begin immediate');
    } catch (error) {
      this.#ended();
      throw error;
    }
    this.#begun = 'yes';
  }

  #ended(): void {
    this.#begun = 'no';
    this.#schemaChange?.end();
    this.#schemaChange = null;
  }

  #execute(sql: string, sets: readonly (readonly Parameter[])[]): Answer {
    const prepared = this.#prepare(sql);
    if (!prepared.reader) {
      const affected = sets.reduce((sum, set) => sum + prepared.run(set.map(bindable)).changes, 0);
      return { columns: [], rows: [], affected };
    }
    const rows = sets.flatMap((set) => prepared.all(set.map(bindable)) as unknown[][]);
    for (const row of rows) {
      for (let index = 0; index < row.length; index += 1) row[index] = plain(row[index]);
    }
    return { columns: prepared.columns().map(({ name }) => name), rows, affected: prepared.readonly ? 0 : rows.length };
  }

  #prepare(sql: string): Prepared {
    const kept = this.#prepared.get(sql);
    if (kept) return kept;
    const prepared = this.#database.prepare(sql);
    if (prepared.reader) prepared.raw().safeIntegers();
    if (this.#prepared.size >= KEPT) this.#prepared.delete(this.#prepared.keys().next().value!);
    this.#prepared.set(sql, prepared);
    return prepared;
  }
}

function attempt<T>(work: () => T): T | Error {
  try {
    return work();
  } catch (error) {
    return error as Error;
  }
}

/** The statement from its first word on; the comment that marks a rebuild stays. */
function firstWords(sql: string): string {
  return sql.replace(/^(?:[\s;\u{feff}]|--[^\n]*(?:\n|$)|\/\*(?! rebuild \*\/)[\s\S]*?\*\/)+/u, '');
}

/** Whole numbers are bound as such, or SQLite would take `5` for `5.0`. */
function bindable(value: Parameter): unknown {
  if (typeof value === 'boolean') return value ? 1n : 0n;
  return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value;
}

/** Whole numbers beyond 2^53 come as text, all digits kept. */
function plain(value: unknown): unknown {
  if (typeof value !== 'bigint') return value;
  return BigInt.asIntN(54, value) === value ? Number(value) : String(value);
}
