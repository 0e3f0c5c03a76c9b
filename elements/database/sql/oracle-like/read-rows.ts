/** Reads of the data API: rows as fetched, with their embeds, as JSON text. */
import type { Row, RunOptions, Session } from '../../contract.ts';
import type { Embed, JsonRows, Projection, Select, Value } from '../../query.ts';
import { fetchedValue, valueJson } from './fetched-value.ts';
import type { JoinKey } from './select.ts';
import type { Statements } from './statements.ts';

/** Rows of an embed are asked for by this many keys at once. */
const MOST_KEYS = 500;

export async function readRows(
  session: Session,
  query: Select,
  dml: Statements,
  options: RunOptions = {},
): Promise<JsonRows> {
  const { rows } = await session.run(dml.selectRows(query), options);
  const found = await jsonRows(session, rows, query.fields, dml, options);
  if (!query.count) return found;
  return { ...found, total: knownTotal(query, rows.length) ?? (await counted()) };

  async function counted(): Promise<number> {
    const { rows: totals } = await session.run(dml.countRows(query), options);
    return Number(totals[0]?.['total']);
  }
}

/** A page that is not full ends the rows; an empty page behind an offset says nothing. */
function knownTotal({ limit, offset }: Select, rows: number): number | null {
  const last = limit === null || rows < limit;
  return last && (rows > 0 || offset === 0) ? offset + rows : null;
}

/** Rows of `fieldList` as the bytes of a JSON array. */
export async function jsonRows(
  session: Session,
  rows: Row[],
  fields: Projection[],
  dml: Statements,
  options: RunOptions,
): Promise<JsonRows> {
  const embeds = new Map<number, (row: Row) => string>();
  for (const [at, field] of fields.entries()) {
    if ('embed' in field) embeds.set(at, await embedded(session, rows, field.embed, at, dml, options));
  }
  const texts = rows.map((row) => rowJson(row, fields, embeds));
  return { body: `[${texts.join(',')}]`, rows: rows.length, total: null };
}

function rowJson(row: Row, fields: Projection[], embeds: Map<number, (row: Row) => string>): string {
  const parts = fields.map((field, at) => {
    const json =
      'embed' in field
        ? (embeds.get(at)?.(row) ?? 'null')
        : valueJson(fetchedValue(row[`c${at}`], field.column.type), field.column.type);
    return `${JSON.stringify(field.as)}:${json}`;
  });
  return `{${parts.join(',')}}`;
}

/** Fetches the embedded rows of all outer rows, and gives what tells those of one. */
async function embedded(
  session: Session,
  rows: Row[],
  embed: Embed,
  at: number,
  dml: Statements,
  options: RunOptions,
): Promise<(row: Row) => string> {
  const outerKey = (row: Row): JoinKey =>
    embed.on.map(({ outer }, pair) => fetchedValue(row[`c${at}_${pair}`], outer.type));
  const keys = distinct(rows.map(outerKey).filter((key) => !key.includes(null)));
  const found = new Map<string, string[]>();
  for (let start = 0; start < keys.length; start += MOST_KEYS) {
    const chunk = dml.embeddedRows(embed, padded(keys.slice(start, start + MOST_KEYS)));
    for (const row of (await session.run(chunk, options)).rows) {
      const key = JSON.stringify(embed.on.map(({ inner }, pair) => text(fetchedValue(row[`k${pair}`], inner.type))));
      const list = found.get(key) ?? [];
      list.push(rowJson(row, embed.fields, new Map()));
      found.set(key, list);
    }
  }
  return (row) => {
    const own = found.get(JSON.stringify(outerKey(row).map(text))) ?? [];
    return embed.kind === 'one' ? (own[0] ?? 'null') : `[${own.join(',')}]`;
  };
}

/** Both ends of a join may be of types that differ in how a number is fetched. */
const text = (value: Value) => (value === null ? null : String(value));

function distinct(keys: JoinKey[]): JoinKey[] {
  return [...new Map(keys.map((key) => [JSON.stringify(key), key])).values()];
}

/** Lists of a few lengths only, the last key repeated, so that the server knows the statement again. */
function padded(keys: JoinKey[]): JoinKey[] {
  const size = [1, 5, 20, 100, MOST_KEYS].find((each) => each >= keys.length) ?? keys.length;
  return Array.from({ length: size }, (_, at) => keys[Math.min(at, keys.length - 1)] ?? []);
}
