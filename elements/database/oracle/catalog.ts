/** What a server and a schema say about themselves, and the migration lock. Sources: Oracle Database Reference, "Static Data Dictionary Views". */
import { createHash } from 'node:crypto';
import type { DatabaseFacts, Session, Target } from '../contract.ts';
import { DatabaseFailure } from '../contract.ts';
import type { Parameter, Statement } from '../schema.ts';
import { qualify, quote } from '../sql/oracle-like/quote.ts';
import type { OracleSession } from './session.ts';

const plain = (sql: string): Statement => ({ sql, parameters: [] });

export const CATALOG = {
  facts: plain(
    `select sys_context('USERENV', 'SESSION_USER') as "user",
      to_char(sys_extract_utc(systimestamp), 'YYYY-MM-DD"T"HH24:MI:SS.FF3"Z"') as "now",
      (select value from nls_database_parameters where parameter = 'NLS_CHARACTERSET') as "encoding",
      (select limit from user_resource_limits where resource_name = 'SESSIONS_PER_USER') as "most"
      from dual`,
  ),
  here: plain(
    `select sys_context('USERENV', 'CURRENT_SCHEMA') as "schema", sys_context('USERENV', 'CON_NAME') as "container" from dual`,
  ),
  /** Numbers that the server gave the database and the pluggable one in it when they were made. */
  number: plain(`select to_char(dbid) as "id", to_char(con_dbid) as "part" from v$database`),
  /** Where that view is not granted: names, and the moment each of the server's own users was made. */
  derived: plain(
    `select sys_context('USERENV', 'DB_UNIQUE_NAME') as "id",
      (select listagg(username || to_char(created, 'YYYYMMDDHH24MISS'), ',') within group (order by username)
        from all_users where username in ('SYS', 'SYSTEM', 'OUTLN', 'DBSNMP', 'PDBADMIN')) as "part"
      from dual`,
  ),
  schemas: plain(`select username as "name", oracle_maintained as "own" from all_users order by username`),
};

export async function facts(session: Session): Promise<DatabaseFacts> {
  const row = (await session.run(CATALOG.facts)).rows[0] ?? {};
  const encoding = String(row['encoding']);
  const most = Number(row['most']);
  return {
    user: String(row['user']),
    now: String(row['now']),
    encoding,
    unicode: ['AL32UTF8', 'UTF8', 'UTFE'].includes(encoding),
    connectionLimit: Number.isInteger(most) && most > 0 ? most : null,
  };
}

export async function identity(session: Session, _target: Target): Promise<string> {
  const here = (await session.run(CATALOG.here)).rows[0] ?? {};
  const server = await serverOf(session);
  return JSON.stringify([server, here['container'], here['schema']]);
}

async function serverOf(session: Session): Promise<string> {
  try {
    const row = (await session.run(CATALOG.number)).rows[0] ?? {};
    return `${row['id']}/${row['part']}`;
  } catch (error) {
    if (!(error instanceof DatabaseFailure) || !session.usable) throw error;
    const row = (await session.run(CATALOG.derived)).rows[0] ?? {};
    return createHash('sha256').update(`${row['id']}\0${row['part']}`).digest('hex');
  }
}

export const schemaQuery = (schema: string): Statement => ({
  sql: 'select count(*) as "total" from all_users where username = :1',
  parameters: [schema],
});

export async function schemaExists(session: Session, schema: string): Promise<boolean> {
  return (await total(session, schemaQuery(schema))) > 0;
}

export async function listSchemas(session: Session): Promise<{ name: string; system: boolean }[]> {
  const { rows } = await session.run(CATALOG.schemas);
  return rows.map((row) => ({ name: String(row['name']), system: row['own'] === 'Y' }));
}

export function rowsQuery(schema: string | null, table: string, whereNull?: string): Statement {
  const where = whereNull === undefined ? '' : ` where ${quote(whereNull)} is null`;
  return plain(`select count(*) as "total" from ${qualify(schema, table)}${where}`);
}

export function countRows(session: Session, schema: string | null, table: string, whereNull?: string) {
  return total(session, rowsQuery(schema, table, whereNull));
}

/** A row is free of a unique key here only where all of its columns are null. */
export function duplicatesQuery(schema: string | null, table: string, columns: string[]): Statement {
  const names = columns.map(quote);
  const filled = names.map((name) => `${name} is not null`).join(' or ');
  const groups = `select 1 as "one" from ${qualify(schema, table)} where ${filled} group by ${names.join(', ')} having count(*) > 1`;
  return plain(`select count(*) as "total" from (${groups})`);
}

export function countDuplicates(session: Session, schema: string | null, table: string, columns: string[]) {
  return total(session, duplicatesQuery(schema, table, columns));
}

async function total(session: Session, statement: Statement): Promise<number> {
  return Number((await session.run(statement)).rows[0]?.['total']);
}

/** DBMS_LOCK wants a number up to 1073741823 (PL/SQL Packages and Types Reference, "DBMS_LOCK"). */
const MOST_LOCKS = 1_073_741_823;
const EXCLUSIVE = 6;
const WAITED = 1;
/** The lock waits on the server; its answer needs a little longer. */
const GRACE_MS = 5_000;

export const lockCall = (id: Parameter, seconds: Parameter): Statement => ({
  sql: 'begin :1 := sys.dbms_lock.request(:2, :3, :4, false); end;',
  parameters: [id, EXCLUSIVE, seconds],
});

export const unlockCall = (id: Parameter): Statement => ({
  sql: 'begin :1 := sys.dbms_lock.release(:2); end;',
  parameters: [id],
});

/** The server's locks know no schema, so it goes into a hash of the name. The lock outlives commits, and ends with the session. */
export async function lock(
  session: OracleSession,
  name: string,
  waitMs: number,
): Promise<(() => Promise<void>) | null> {
  const here = (await session.run(CATALOG.here)).rows[0] ?? {};
  const hash = createHash('sha256').update(`${here['container']}\0${here['schema']}\0${name}`).digest();
  const id = hash.readUInt32BE(0) % MOST_LOCKS;
  const seconds = Math.ceil(waitMs / 1000);
  const answer = await session.call(lockCall(id, seconds), { timeoutMs: waitMs + GRACE_MS }).catch(withoutGrant);
  if (answer === WAITED) return null;
  if (answer !== 0) throw new DatabaseFailure('lock', String(answer), `DBMS_LOCK answered ${answer}`);
  return async () => {
    if (session.usable) await session.call(unlockCall(id));
  };
}

/** PLS-00201: a package that is not granted is not seen. */
function withoutGrant(error: unknown): never {
  if (!(error instanceof DatabaseFailure) || !/^PLS-|^ORA-06550/.test(error.code)) throw error;
  const message = 'the migration lock needs the package DBMS_LOCK: grant execute on sys.dbms_lock to the user';
  throw new DatabaseFailure('permission', error.code, message);
}
