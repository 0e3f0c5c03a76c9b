/** Rows that the server wrote as JSON, and the reading of them. */
import type { Row, RunOptions, Session } from '../contract.ts';
import { DatabaseFailure } from '../contract.ts';
import type { JsonRows, Select } from '../query.ts';
import { countRows, selectRows } from './dml.ts';

/** A row longer than the server's `max_allowed_packet` comes as NULL, which must not pass for a row. */
export function jsonRows(rows: Row[]): JsonRows {
  const texts = rows.map((row) => row['j']);
  if (texts.includes(null)) {
    throw new DatabaseFailure('value', 'TOO_LONG', 'a row is longer than max_allowed_packet of the server');
  }
  return { body: `[${texts.join(',')}]`, rows: rows.length, total: null };
}

export async function select(
  session: Session & { timeZone: string },
  query: Select,
  options: RunOptions = {},
): Promise<JsonRows> {
  const prepared = { ...options, prepared: true };
  const { rows } = await session.run(selectRows(query, session.timeZone), prepared);
  const found = jsonRows(rows);
  if (!query.count) return found;
  return { ...found, total: knownTotal(query, found.rows) ?? (await total()) };

  async function total(): Promise<number> {
    const counted = await session.run(countRows(query, session.timeZone), prepared);
    return Number(counted.rows[0]?.['total']);
  }
}

/** A page that is not full ends the rows; an empty page behind an offset says nothing. */
function knownTotal({ limit, offset }: Select, rows: number): number | null {
  const last = limit === null || rows < limit;
  return last && (rows > 0 || offset === 0) ? offset + rows : null;
}
