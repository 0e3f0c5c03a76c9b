/** Names of prepared statements by their SQL text, the longest unused one given up when there are too many. */
export class StatementNames {
  readonly #limit: number;
  readonly #names = new Map<string, string>();
  #made = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** `evicted`: a name that the server should forget; `known`: the statement was used before */
  use(sql: string): { name: string; known: boolean; evicted: string | null } {
    const known = this.#names.get(sql);
    if (known !== undefined) {
      // a Map keeps the order of insertion: the first key is the one unused for longest
      this.#names.delete(sql);
      this.#names.set(sql, known);
      return { name: known, known: true, evicted: null };
    }
    const name = `m${++this.#made}`;
    this.#names.set(sql, name);
    return { name, known: false, evicted: this.#names.size > this.#limit ? this.#dropOldest() : null };
  }

  forget(sql: string): string | null {
    const name = this.#names.get(sql) ?? null;
    this.#names.delete(sql);
    return name;
  }

  #dropOldest(): string | null {
    const [sql] = this.#names.keys();
    return sql === undefined ? null : this.forget(sql);
  }
}
