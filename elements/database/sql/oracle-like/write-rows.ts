/** Writes of the data API: one statement where that does, else one transaction that finds its rows again by their addresses. */
import type { Row, RunOptions } from '../../contract.ts';
import { inTransaction } from '../../in-transaction.ts';
import type { Delete, Insert, JsonRows, Projection, TableRef, Update } from '../../query.ts';
import { jsonRows } from './read-rows.ts';
import type { RowSession } from './row-session.ts';
import type { Statements } from './statements.ts';

/** ORA-01795: a list holds a thousand values. */
const MOST_LISTED = 1_000;

const changed = (rows: number): JsonRows => ({ body: '[]', rows, total: null });

export async function writeNewRows(
  session: RowSession,
  query: Insert,
  dml: Statements,
  options: RunOptions = {},
): Promise<JsonRows> {
  const { returning } = query;
  const statements = dml.insertRows(query);
  const insert = async (): Promise<JsonRows> => {
    const addresses: string[] = [];
    let affected = 0;
    for (const { sql, rows } of statements) {
      const done = await session.runMany(
        sql,
        rows.map(({ parameters }) => parameters),
        returning !== null,
        options,
      );
      affected += done.affected;
      rows.forEach(({ at }, index) => (addresses[at] = done.addresses[index] ?? ''));
    }
    return returning ? byAddresses(session, query.into, returning, addresses, dml, options) : changed(affected);
  };
  return statements.length > 1 || query.rows.length > 1 || returning ? inTransaction(session, insert) : insert();
}

export async function changeRows(
  session: RowSession,
  query: Update,
  dml: Statements,
  options: RunOptions = {},
): Promise<JsonRows> {
  const { returning } = query;
  const statement = dml.updateRows(query);
  if (!returning) return changed((await session.run(statement, options)).affected);
  return inTransaction(session, async () => {
    const { addresses } = await session.runForAddresses(statement, options);
    return byAddresses(session, query.table, returning, addresses, dml, options);
  });
}

export async function removeRows(
  session: RowSession,
  query: Delete,
  dml: Statements,
  options: RunOptions = {},
): Promise<JsonRows> {
  const { returning, from } = query;
  if (!returning) return changed((await session.run(dml.deleteRows(query), options)).affected);
  return inTransaction(session, async () => {
    const { rows } = await session.run(dml.lockRows(from, returning, query.filter), options);
    const found = await jsonRows(session, rows, returning, dml, options);
    for (const chunk of chunks(rows.map(addressOf))) await session.run(dml.deleteByRowids(from, chunk), options);
    return found;
  });
}

const addressOf = (row: Row) => String(row['address']);

/** The rows in the order of their addresses. */
async function byAddresses(
  session: RowSession,
  table: TableRef,
  fields: Projection[],
  addresses: string[],
  dml: Statements,
  options: RunOptions,
): Promise<JsonRows> {
  const found = new Map<string, Row>();
  for (const chunk of chunks(addresses)) {
    const { rows } = await session.run(dml.selectByRowids(table, fields, chunk), options);
    for (const row of rows) found.set(addressOf(row), row);
  }
  const rows = addresses.flatMap((address): Row[] => {
    const row = found.get(address);
    return row ? [row] : [];
  });
  return jsonRows(session, rows, fields, dml, options);
}

function chunks(addresses: string[]): string[][] {
  return Array.from({ length: Math.ceil(addresses.length / MOST_LISTED) }, (_, at) =>
    addresses.slice(at * MOST_LISTED, (at + 1) * MOST_LISTED),
  );
}
