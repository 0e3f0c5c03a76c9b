/**
 * Runs what `dml.ts` writes and puts the rows together as the bytes of a JSON array. Statements are prepared unless the
 * caller says otherwise: the server spends several times as long on one that is not.
 */
import type { Row, RunOptions, Session } from '../contract.ts';
import { inTransaction } from '../in-transaction.ts';
import type { Delete, Insert, JsonRows, Select, Update } from '../query.ts';
import type { Statement } from '../schema.ts';
import { type DmlContext, insert, remove, select, update } from './dml.ts';
import type { PostgresServerFacts } from './server.ts';

const PREPARED: RunOptions = { prepared: true };
const UTC = new Set(['UTC', 'Etc/UTC', 'GMT', 'Etc/GMT', 'Zulu']);

function contextOf(session: Session): DmlContext {
  return { utc: UTC.has((session.server as PostgresServerFacts).timeZone) };
}

export async function runSelect(session: Session, query: Select, options?: RunOptions): Promise<JsonRows> {
  const { rows } = await session.run(select(query, contextOf(session)), { ...PREPARED, ...options });
  if (!query.count) return { body: arrayOf(rows), rows: rows.length, total: null };
  const [{ body, rows: count, total }] = rows as [{ body: string; rows: number; total: number }];
  return { body, rows: count, total };
}

export async function runInsert(session: Session, query: Insert, options?: RunOptions): Promise<JsonRows> {
  const statements = insert(query, contextOf(session));
  if (statements.length === 1) {
    // the text of a bulk insert depends on the number of rows: it would only crowd out other statements
    const single = query.rows.length === 1 ? options : { ...options, prepared: false };
    return write(session, statements[0]!, query.returning !== null, single);
  }
  const parts = await inTransaction(session, () => writeAll(session, statements, query, options));
  return {
    // a trigger may have left out all rows of a part
    body: `[${parts
      .map(({ body }) => body.slice(1, -1))
      .filter((body) => body !== '')
      .join(',')}]`,
    rows: parts.reduce((sum, { rows }) => sum + rows, 0),
    total: null,
  };
}

async function writeAll(session: Session, statements: Statement[], query: Insert, options?: RunOptions) {
  const parts: JsonRows[] = [];
  for (const statement of statements) {
    parts.push(await write(session, statement, query.returning !== null, { ...options, prepared: false }));
  }
  return parts;
}

export function runUpdate(session: Session, query: Update, options?: RunOptions): Promise<JsonRows> {
  return write(session, update(query, contextOf(session)), query.returning !== null, options);
}

export function runDelete(session: Session, query: Delete, options?: RunOptions): Promise<JsonRows> {
  return write(session, remove(query, contextOf(session)), query.returning !== null, options);
}

async function write(session: Session, statement: Statement, returns: boolean, options?: RunOptions) {
  const { rows, affected } = await session.run(statement, { ...PREPARED, ...options });
  return returns
    ? { body: arrayOf(rows), rows: rows.length, total: null }
    : { body: '[]', rows: affected, total: null };
}

function arrayOf(rows: Row[]): string {
  if (rows.length === 1) return `[${rows[0]!['body'] as string}]`;
  return `[${rows.map((row) => row['body'] as string).join(',')}]`;
}
