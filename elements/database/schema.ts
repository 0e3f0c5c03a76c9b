/**
 * What a database holds, in words that belong to no engine. Introspection produces these values, models are turned
 * into them (`elements/model/to-schema.ts`), `lib/deploy/diff.ts` compares them, an engine's `ddl.ts` spells changes of them.
 */

/** The logical type of a column. `native` is a type of one engine, read and written as text and never altered. */
export type ColumnType =
  | { kind: 'text'; length: number | null }
  | { kind: 'longText' }
  | { kind: 'integer' }
  | { kind: 'bigint' }
  | { kind: 'decimal'; precision: number; scale: number }
  | { kind: 'double' }
  | { kind: 'boolean' }
  | { kind: 'date' }
  | { kind: 'time' }
  | { kind: 'datetime' }
  | { kind: 'instant' }
  | { kind: 'uuid' }
  | { kind: 'json' }
  | { kind: 'binary' }
  | { kind: 'choice'; options: string[] }
  | { kind: 'native'; native: string };

/** `expression` is a default that Mooring did not write, kept as the server spells it and never altered. */
export type Default =
  | { kind: 'literal'; value: string | number | boolean }
  | { kind: 'now' }
  | { kind: 'uuid' }
  | { kind: 'expression'; sql: string };

export type Column = {
  name: string;
  type: ColumnType;
  /**
   * The type as this engine spells it, normalised by the engine's `types.ts` so that equal types have equal text:
   * what introspection gives for a column made from `type`. The diff compares this, and `type` only where the texts differ,
   * because a column that others made may be spelt otherwise and mean the same.
   */
  native: string;
  nullable: boolean;
  default: Default | null;
  /** `increment`: the server numbers it; `computed`: the server derives it, so it can not be written */
  generated: 'increment' | 'computed' | null;
  comment: string | null;
};

export type Index = { name: string; columns: string[]; unique: boolean };

export type ReferentialAction = 'restrict' | 'cascade' | 'setNull' | 'setDefault' | 'noAction';

export type ForeignKey = {
  name: string;
  columns: string[];
  /** null: the schema of the table that holds the key */
  toSchema: string | null;
  toTable: string;
  toColumns: string[];
  onDelete: ReferentialAction;
  onUpdate: ReferentialAction;
};

export type Table = {
  name: string;
  kind: 'table' | 'view';
  columns: Column[];
  /** null: no primary key */
  primaryKey: { name: string | null; columns: string[] } | null;
  /** All indexes but the primary key's, those behind unique constraints included. Expression and partial indexes are left out here. */
  indexes: Index[];
  foreignKeys: ForeignKey[];
  comment: string | null;
  /**
   * Only where an engine must make a table anew to alter it: its own text of the table and of what hangs on it and has no words here
   * (checks, triggers, partial indexes), so that a rebuild loses nothing. The diff does not compare it.
   */
  kept?: string[];
};

export type Schema = { tables: Table[] };

/** One step from what is there to what is wanted. Names are those before the step, except in `to`. */
export type Change =
  | { kind: 'create-table'; table: Table }
  | { kind: 'drop-table'; table: string }
  | { kind: 'rename-table'; table: string; to: string }
  | { kind: 'add-column'; table: string; column: Column }
  | { kind: 'drop-column'; table: string; column: string }
  | { kind: 'rename-column'; table: string; column: string; to: string }
  | { kind: 'alter-column'; table: string; from: Column; to: Column }
  | { kind: 'create-index'; table: string; index: Index }
  | { kind: 'drop-index'; table: string; index: Index }
  | { kind: 'add-foreign-key'; table: string; foreignKey: ForeignKey }
  | { kind: 'drop-foreign-key'; table: string; foreignKey: ForeignKey }
  | { kind: 'set-primary-key'; table: string; from: string[]; to: string[] }
  | { kind: 'set-table-comment'; table: string; comment: string | null };

/** SQL as a value: shown, stored, approved, then run. Values never enter the text. */
export type Statement = {
  sql: string;
  parameters: readonly Parameter[];
};

/** What every driver binds. Digits beyond a double, dates and JSON travel as text. */
export type Parameter = string | number | boolean | null | Uint8Array;
