import type { Database } from 'better-sqlite3';

const MAY_BREAK = /^drop\s+table\b|^\/\* rebuild \*\//iu;

/**
 * A transaction that changes the schema, by SQLite's own procedure (manual, ALTER TABLE, section 7): foreign keys are not
 * enforced while tables are made anew, since dropping the old one would delete what refers to it; before commit they are checked.
 * Violations that were there before do not count.
 */
export class SchemaChange {
  readonly #database: Database;
  #before: Map<string, number> | null = null;

  constructor(database: Database) {
    this.#database = database;
    database.pragma('foreign_keys = OFF');
  }

  /** Called with each statement before it runs. */
  before(sql: string): void {
    if (!this.#before && MAY_BREAK.test(sql)) this.#before = this.#violations();
  }

  /** @throws an error with SQLite's code when rows now refer to what is not there */
  check(): void {
    if (!this.#before) return;
    for (const [between, count] of this.#violations()) {
      if (count > (this.#before.get(between) ?? 0)) {
        throw Object.assign(new Error(`FOREIGN KEY constraint failed: ${between}`), {
          code: 'SQLITE_CONSTRAINT_FOREIGNKEY',
        });
      }
    }
  }

  end(): void {
    this.#database.pragma('legacy_alter_table = OFF');
    this.#database.pragma('foreign_keys = ON');
  }

  #violations(): Map<string, number> {
    const rows = this.#database
      .prepare('select "table" || \' to \' || parent, count(*) from pragma_foreign_key_check group by 1')
      .raw()
      .all() as [string, number][];
    return new Map(rows);
  }
}
