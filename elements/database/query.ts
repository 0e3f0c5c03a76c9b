/**
 * All that the data API may ask of a database. Only names that a release knows get in here; an engine's `dml.ts`
 * turns it into a `Statement`. No text of a request ever becomes SQL text.
 */
import type { ColumnType } from './schema.ts';

export type TableRef = { schema: string | null; table: string };

export type ColumnRef = { column: string; type: ColumnType };

/**
 * A value, already checked against the column's type:
 * text, longText, choice, uuid, native → string · integer → number · bigint, decimal → string of digits ·
 * double → number · boolean → boolean · date `2026-01-31` · time `13:45:00[.ffffff]` · datetime `2026-01-31T13:45:00[.ffffff]` ·
 * instant the same in UTC with a closing `Z` · json → JSON text · binary → `\x` and hex digits.
 */
export type Value = string | number | boolean | null;

export type Filter =
  | { op: 'and' | 'or'; of: Filter[] }
  | { op: 'not'; of: Filter }
  | { op: 'eq' | 'neq' | 'gt' | 'gte' | 'lt' | 'lte'; column: ColumnRef; value: Exclude<Value, null> }
  /** SQL wildcards `%` and `_`, escape `\`; `like` is case-sensitive on every engine, `ilike` is not */
  | { op: 'like' | 'ilike'; column: ColumnRef; pattern: string }
  | { op: 'in'; column: ColumnRef; values: Exclude<Value, null>[] }
  | { op: 'is'; column: ColumnRef; value: null | boolean };

/** `as` is the key in the JSON answer. */
export type Projection = { as: string; column: ColumnRef } | { as: string; embed: Embed };

/** Related rows under one key: an object or null for `one`, an array for `many`. One level deep for now. */
export type Embed = {
  kind: 'one' | 'many';
  from: TableRef;
  /** join condition, all pairs equal: `outer` is a column of the row that embeds, `inner` of the embedded table */
  on: { outer: ColumnRef; inner: ColumnRef }[];
  fields: Projection[];
  /** key of the embedded table, so that `many` comes in a stable order */
  order: ColumnRef[];
};

export type Order = {
  column: ColumnRef;
  direction: 'asc' | 'desc';
  /** null: the column holds none, so that the engine may write what its indexes serve best */
  nulls: 'first' | 'last' | null;
};

export type Select = {
  from: TableRef;
  fields: Projection[];
  filter: Filter | null;
  order: Order[];
  /** null: all rows */
  limit: number | null;
  offset: number;
  /** also count all rows that pass the filter, before limit and offset */
  count: boolean;
};

export type Insert = {
  into: TableRef;
  columns: ColumnRef[];
  /** one array per row, aligned with `columns`; `undefined` means the column's own default */
  rows: (Value | undefined)[][];
  /** null: return nothing */
  returning: Projection[] | null;
  /** primary key, empty where there is none; used where the engine has no RETURNING */
  key: ColumnRef[];
  /** the column that the server numbers, if any */
  increment: ColumnRef | null;
};

export type Update = {
  table: TableRef;
  set: { column: ColumnRef; value: Value }[];
  filter: Filter;
  returning: Projection[] | null;
  key: ColumnRef[];
};

export type Delete = {
  from: TableRef;
  filter: Filter;
  returning: Projection[] | null;
  key: ColumnRef[];
};

/** Rows as the bytes of a JSON array, made as close to the database as the engine can. */
export type JsonRows = {
  body: string;
  /** rows in `body`; for a write that returns nothing: rows changed, and `body` is `[]` */
  rows: number;
  /** all rows that pass the filter, where `count` was asked */
  total: number | null;
};
