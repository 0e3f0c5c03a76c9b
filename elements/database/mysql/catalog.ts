/** What a server and a database say about themselves, and the migration lock. */
import { createHash } from 'node:crypto';
import type { DatabaseFacts, Session, Target } from '../contract.ts';
import type { Statement } from '../schema.ts';
import { quoteName } from './spelling.ts';
import { tableName } from './json.ts';

const SYSTEM = new Set(['mysql', 'information_schema', 'performance_schema', 'sys']);
/** GET_LOCK waits on the server; its answer needs a little longer. */
const LOCK_GRACE_MS = 5_000;

const plain = (sql: string): Statement => ({ sql, parameters: [] });

export async function facts(session: Session): Promise<DatabaseFacts> {
  const { rows } = await session.run(
    plain(
      "SELECT current_user() AS user, date_format(utc_timestamp(3), '%Y-%m-%dT%H:%i:%s.%f') AS now, " +
        '@@character_set_database AS encoding, @@global.max_connections AS most, @@max_user_connections AS mostOfUser, ' +
        "substring_index(user(), '@', -1) AS seenFrom",
    ),
  );
  const row = rows[0] ?? {};
  const encoding = String(row['encoding']);
  const limits = [Number(row['most']), Number(row['mostOfUser'])].filter((limit) => limit > 0);
  return {
    user: String(row['user']),
    now: `${String(row['now']).slice(0, 23)}Z`,
    encoding,
    unicode: /^(utf8mb4|utf16|utf32)/.test(encoding),
    connectionLimit: limits.length > 0 ? Math.min(...limits) : null,
    seenFrom: String(row['seenFrom']),
  };
}

/** What tells one MariaDB from another; `server_uid` alone is made of network card and port, which containers share. */
const OWN = ['server_uid', 'hostname', 'port', 'datadir', 'server_id'];

/** MySQL has `server_uuid`. Where names of databases do not know case, neither does the identity. */
export async function identity(session: Session, target: Target): Promise<string> {
  const names = ['server_uuid', 'lower_case_table_names', ...OWN].map((name) => `'${name}'`).join(', ');
  const { rows } = await session.run(plain(`SHOW GLOBAL VARIABLES WHERE Variable_name IN (${names})`));
  const found = new Map(rows.map((row) => [String(row['Variable_name']), String(row['Value'])]));
  const own = createHash('sha256').update(OWN.map((name) => found.get(name) ?? '').join('\0'));
  const database = target.database ?? '';
  const folded = found.get('lower_case_table_names') === '0' ? database : database.toLowerCase();
  return `${found.get('server_uuid') ?? own.digest('hex')}/${folded}`;
}

export async function schemaExists(session: Session, schema: string): Promise<boolean> {
  const sql = 'SELECT 1 AS found FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = ?';
  return (await session.run({ sql, parameters: [schema] })).rows.length > 0;
}

export async function listDatabases(session: Session): Promise<{ name: string; system: boolean }[]> {
  const { rows } = await session.run(plain('SELECT SCHEMA_NAME AS name FROM information_schema.SCHEMATA ORDER BY 1'));
  return rows.map((row) => ({ name: String(row['name']), system: SYSTEM.has(String(row['name']).toLowerCase()) }));
}

export function createDatabase(name: string): Statement[] {
  return [plain(`CREATE DATABASE ${quoteName(name)} CHARACTER SET utf8mb4`)];
}

export async function countRows(
  session: Session,
  schema: string | null,
  table: string,
  whereNull?: string,
): Promise<number> {
  const where = whereNull === undefined ? '' : ` WHERE ${quoteName(whereNull)} IS NULL`;
  return total(session, `SELECT count(*) AS total FROM ${tableName({ schema, table })}${where}`);
}

/** Rows with a null in one of the columns do not count, as they do not for a unique index. */
export async function countDuplicates(
  session: Session,
  schema: string | null,
  table: string,
  columns: string[],
): Promise<number> {
  const names = columns.map(quoteName);
  const filled = names.map((name) => `${name} IS NOT NULL`).join(' AND ');
  const groups = `SELECT 1 FROM ${tableName({ schema, table })} WHERE ${filled} GROUP BY ${names.join(', ')} HAVING count(*) > 1`;
  return total(session, `SELECT count(*) AS total FROM (${groups}) AS g`);
}

async function total(session: Session, sql: string): Promise<number> {
  const { rows } = await session.run(plain(sql));
  return Number(rows[0]?.['total']);
}

/** The server's locks know no database and take 64 characters, so the database goes into a hash of the name. */
export async function lock(session: Session, name: string, waitMs: number): Promise<(() => Promise<void>) | null> {
  const { rows: here } = await session.run(plain('SELECT database() AS name'));
  const key = `mooring:${createHash('sha256').update(`${here[0]?.['name']}\0${name}`).digest('hex').slice(0, 40)}`;
  const { rows } = await session.run(
    { sql: 'SELECT get_lock(?, ?) AS got', parameters: [key, waitMs / 1000] },
    { timeoutMs: waitMs + LOCK_GRACE_MS },
  );
  if (Number(rows[0]?.['got']) !== 1) return null;
  return async () => {
    await session.run({ sql: 'SELECT release_lock(?) AS released', parameters: [key] });
  };
}
