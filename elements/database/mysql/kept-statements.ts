import type { Parameter } from '../schema.ts';

/** A statement that the server has prepared, as the driver holds it. */
export type Prepared<Done> = { execute(values: Parameter[], done: Done): void };

/** What of a connection of the driver prepares statements. */
export type Preparing<Done> = {
  prepare(options: { sql: string }, done: (error: Error | null, prepared: Prepared<Done>) => void): void;
  unprepare(sql: string): void;
};

/** Told once: what was wrong, or the answer. */
type Told = (error: never, result: never) => void;

/**
 * The prepared statements of a connection by their text, the one unused for longest given up when there are too many. The driver's
 * own way looks each up by a key that it makes of the whole text, and queues two commands for it.
 */
export class KeptStatements<Done extends Told> {
  readonly #connection: Preparing<Done>;
  readonly #most: number;
  readonly #kept = new Map<string, Prepared<Done>>();

  constructor(connection: Preparing<Done>, most: number) {
    this.#connection = connection;
    this.#most = most;
  }

  run(sql: string, values: readonly Parameter[], done: Done): void {
    const known = this.#kept.get(sql);
    if (known) {
      // a Map keeps the order of insertion: the first key is the one unused for longest
      this.#kept.delete(sql);
      this.#kept.set(sql, known);
      known.execute([...values], done);
      return;
    }
    this.#connection.prepare({ sql }, (error, prepared) => {
      if (error) return done(error as never, undefined as never);
      this.#keep(sql, prepared);
      prepared.execute([...values], done);
    });
  }

  #keep(sql: string, prepared: Prepared<Done>): void {
    this.#kept.set(sql, prepared);
    if (this.#kept.size <= this.#most) return;
    const [oldest] = this.#kept.keys();
    if (oldest === undefined) return;
    this.#kept.delete(oldest);
    this.#connection.unprepare(oldest);
  }
}
