/** Writes of the data API: one statement where that does, else one transaction that keeps hold of the rows by their keys. */
import { randomUUID } from 'node:crypto';
import type { Row, Rows, RunOptions } from '../contract.ts';
import { DatabaseFailure } from '../contract.ts';
import { inTransaction } from '../in-transaction.ts';
import type { Delete, Insert, JsonRows, Projection, Update, Value } from '../query.ts';
import type { Statement } from '../schema.ts';
import type { Key } from './dml.ts';
import {
  deleteByKeys,
  deleteRows,
  insertRows,
  lockKeys,
  lockRows,
  selectByKeys,
  updateByKeys,
  updateRows,
} from './dml.ts';
import { jsonRows } from './rows.ts';
import type { MysqlSession } from './session.ts';

/** A statement takes 65,535 parameters. */
const MOST_PARAMETERS = 60_000;

const changed = (rows: number): JsonRows => ({ body: '[]', rows, total: null });

const embeds = (fields: Projection[]) => fields.some((field) => 'embed' in field);

function inChunks<T>(items: T[], parametersEach: number): T[][] {
  const size = Math.max(1, Math.floor(MOST_PARAMETERS / Math.max(1, parametersEach)));
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));
}

export async function insert(session: MysqlSession, query: Insert, options: RunOptions = {}): Promise<JsonRows> {
  const { returning } = query;
  if (query.rows.length === 0) return changed(0);
  const chunks = inChunks(query.rows, query.columns.length).map((rows) => ({ ...query, rows }));
  const direct = returning !== null && session.capabilities.returning.insert && !embeds(returning);
  if (returning === null || direct) {
    const results = await together(session, chunks, (chunk) =>
      run(session, insertRows(chunk, returning, session.timeZone), options),
    );
    return direct ? jsonRows(results.flatMap(({ rows }) => rows)) : changed(sum(results));
  }
  return inTransaction(session, async () => {
    const keys: Key[] = [];
    for (const row of query.rows) keys.push(await insertOne(session, { ...query, rows: [row] }, options));
    return selectKeys(session, query.into, returning, query.key, keys, options);
  });
}

const sum = (results: Rows[]) => results.reduce((total, { affected }) => total + affected, 0);

/** One statement is atomic by itself. */
async function together<T, R>(session: MysqlSession, items: T[], act: (item: T) => Promise<R>): Promise<R[]> {
  const all = async () => {
    const results: R[] = [];
    for (const item of items) results.push(await act(item));
    return results;
  };
  return items.length > 1 ? inTransaction(session, all) : all();
}

const run = (session: MysqlSession, statement: Statement, options: RunOptions) =>
  session.run(statement, { ...options, prepared: true });

/** Inserts one row and gives its key: from the row, from the server's numbering, or a UUID made here. */
async function insertOne(session: MysqlSession, query: Insert, options: RunOptions): Promise<Key> {
  if (query.key.length === 0) throw noKey(query.into.table);
  const given = withUuids(query);
  const { insertId } = await session.write(insertRows(given, null, session.timeZone), { ...options, prepared: true });
  return given.key.map((column) => {
    const value = given.rows[0]?.[given.columns.findIndex((each) => each.column === column.column)];
    if (value !== undefined && value !== null) return value;
    if (column.column === given.increment?.column) return insertId;
    throw noKey(given.into.table);
  });
}

/** A UUID that the server would make can not be asked for afterwards. */
function withUuids(query: Insert): Insert {
  const row = query.rows[0] ?? [];
  const at = (name: string) => query.columns.findIndex((column) => column.column === name);
  const missing = query.key.filter(({ column, type }) => type.kind === 'uuid' && row[at(column)] === undefined);
  const kept = query.columns.map((column, index) => ({ column, value: row[index] }));
  const cells = [
    ...kept.filter(({ column }) => !missing.some((each) => each.column === column.column)),
    ...missing.map((column): { column: typeof column; value: Value | undefined } => ({ column, value: randomUUID() })),
  ];
  return { ...query, columns: cells.map(({ column }) => column), rows: [cells.map(({ value }) => value)] };
}

const noKey = (table: string) =>
  new DatabaseFailure('other', 'NO_KEY', 'the rows can not be given back: the table has no key to find them by', {
    table,
  });

async function selectKeys(
  session: MysqlSession,
  table: Insert['into'],
  fields: Projection[],
  key: Insert['key'],
  keys: Key[],
  options: RunOptions,
): Promise<JsonRows> {
  const rows: Row[] = [];
  for (const chunk of inChunks(keys, key.length)) {
    rows.push(...(await run(session, selectByKeys(table, fields, key, chunk, session.timeZone), options)).rows);
  }
  return jsonRows(rows);
}

export async function update(session: MysqlSession, query: Update, options: RunOptions = {}): Promise<JsonRows> {
  const { returning } = query;
  const zone = session.timeZone;
  if (returning === null) return changed((await run(session, updateRows(query, zone), options)).affected);
  if (query.key.length === 0) throw noKey(query.table.table);
  return inTransaction(session, async () => {
    const locked = await run(session, lockKeys(query.table, query.key, query.filter, zone), options);
    const keys = locked.rows.map((row) => keyOf(row, query));
    for (const chunk of inChunks(keys, query.key.length + query.set.length)) {
      await run(session, updateByKeys(query, chunk, zone), options);
    }
    const moved = keys.map((key) => key.map((value, at) => newValue(query, at) ?? value));
    return selectKeys(session, query.table, returning, query.key, moved, options);
  });
}

const keyOf = (row: Row, { key }: { key: unknown[] }): Key => key.map((_, at) => row[`k${at}`] as Value);

/** What a write sets a column of the key to; undefined: the key stays. */
function newValue({ key, set }: Update, at: number): Value | undefined {
  return set.find(({ column }) => column.column === key[at]?.column)?.value;
}

export async function remove(session: MysqlSession, query: Delete, options: RunOptions = {}): Promise<JsonRows> {
  const { returning } = query;
  const zone = session.timeZone;
  const direct = returning !== null && session.capabilities.returning.delete && !embeds(returning);
  if (returning === null || direct) {
    const result = await run(session, deleteRows(query, returning, zone), options);
    return direct ? jsonRows(result.rows) : changed(result.affected);
  }
  if (query.key.length === 0) throw noKey(query.from.table);
  return inTransaction(session, async () => {
    const locked = await run(session, lockRows(query, returning, zone), options);
    const keys = locked.rows.map((row) => keyOf(row, query));
    for (const chunk of inChunks(keys, query.key.length)) await run(session, deleteByKeys(query, chunk, zone), options);
    return jsonRows(locked.rows);
  });
}
