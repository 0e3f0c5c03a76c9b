/** Queries of the data API, run: one statement where that does, else several in one transaction. */
import type { Row, RunOptions, Session } from '../contract.ts';
import { inTransaction } from '../in-transaction.ts';
import type { Delete, Insert, JsonRows, Select, Update } from '../query.ts';
import type { Statement } from '../schema.ts';
import { countRows, deleteRows, insertRows, lockRows, selectRows, updateRows } from './dml.ts';

export async function runSelect(session: Session, query: Select, options?: RunOptions): Promise<JsonRows> {
  const found = given((await session.run(selectRows(query), options)).rows);
  if (!query.count) return found;
  return { ...found, total: knownTotal(query, found.rows) ?? (await total()) };

  async function total(): Promise<number> {
    const counted = await session.run(countRows(query), options);
    return Number(counted.rows[0]?.['total']);
  }
}

/** A page that is not full ends the rows; an empty page behind an offset says nothing. */
function knownTotal({ limit, offset }: Select, rows: number): number | null {
  const last = limit === null || rows < limit;
  return last && (rows > 0 || offset === 0) ? offset + rows : null;
}

const given = (rows: Row[]): JsonRows => ({
  body: `[${rows.map((row) => String(row['j'])).join(',')}]`,
  rows: rows.length,
  total: null,
});

/** What a write tells: rows in `j`, or their number in `n`. */
function told(rows: Row[], returns: boolean): JsonRows {
  if (returns) return given(rows);
  return { body: '[]', rows: rows.reduce((sum, row) => sum + Number(row['n']), 0), total: null };
}

export async function runInsert(session: Session, query: Insert, options?: RunOptions): Promise<JsonRows> {
  const statements = insertRows(query);
  const all = async () => {
    const rows: Row[] = [];
    for (const statement of statements) rows.push(...(await session.run(statement, options)).rows);
    return rows;
  };
  const rows = statements.length > 1 ? await inTransaction(session, all) : await all();
  return told(rows, query.returning !== null);
}

export async function runUpdate(session: Session, query: Update, options?: RunOptions): Promise<JsonRows> {
  return write(session, updateRows(query), query.returning !== null, options);
}

export async function runDelete(session: Session, query: Delete, options?: RunOptions): Promise<JsonRows> {
  const embeds = query.returning?.some((field) => 'embed' in field) ?? false;
  if (!embeds) return write(session, deleteRows(query), query.returning !== null, options);
  return inTransaction(session, async () => {
    const { rows } = await session.run(lockRows(query), options);
    await session.run(deleteRows({ ...query, returning: null }), options);
    return given(rows);
  });
}

async function write(session: Session, statement: Statement, returns: boolean, options?: RunOptions) {
  return told((await session.run(statement, options)).rows, returns);
}
