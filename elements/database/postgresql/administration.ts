/** Facts, identity, lock, counts and lists of one database: all short catalog statements. */
import { setTimeout as delay } from 'node:timers/promises';
import type { DatabaseFacts, Session, Target } from '../contract.ts';
import { DatabaseFailure } from '../contract.ts';
import type { Parameter, Statement } from '../schema.ts';
import { qualify, quote } from './quote.ts';

const LOCK_POLL_MS = 50;

async function one<T>(session: Session, sql: string, parameters: Parameter[] = []): Promise<T> {
  return (await session.run({ sql, parameters })).rows[0] as T;
}

export function facts(session: Session): Promise<DatabaseFacts> {
  return one(
    session,
    `select current_user::text as user,
      to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as now,
      current_setting('server_encoding') as encoding,
      current_setting('server_encoding') = 'UTF8' as unicode,
      current_setting('max_connections')::int as "connectionLimit",
      host(inet_client_addr()) as "seenFrom"`,
  );
}

/**
 * What tells one server from another whatever it is called: the number that initdb gave the cluster, which stays
 * through restarts and is the same on a standby; CockroachDB's own. Where a provider has taken those away, the moment
 * the server started, to the microsecond: it tells two servers apart as surely, but only until the next restart.
 */
const CLUSTERS = [
  'select system_identifier::text as id from pg_control_system()',
  'select crdb_internal.cluster_id()::text as id',
  'select extract(epoch from pg_postmaster_start_time())::text as id',
];

export async function identity(session: Session, target: Target): Promise<string> {
  const here = await one<{ database: string; schema: string | null }>(
    session,
    'select current_database()::text as database, current_schema()::text as schema',
  );
  return JSON.stringify([await cluster(session), here.database, target.schema ?? here.schema]);
}

async function cluster(session: Session): Promise<string> {
  for (const sql of CLUSTERS) {
    try {
      return (await one<{ id: string }>(session, sql)).id;
    } catch (error) {
      if (!(error instanceof DatabaseFailure) || !session.usable) throw error;
    }
  }
  throw new DatabaseFailure('permission', '42501', 'the server does not say which one it is');
}

export async function schemaExists(session: Session, schema: string): Promise<boolean> {
  const sql = 'select exists (select 1 from pg_namespace where nspname = $1) as found';
  return (await one<{ found: boolean }>(session, sql, [schema])).found;
}

/** An advisory lock of the session, keyed by a hash of the name (manual, section 13.3.5). */
export async function lock(session: Session, name: string, waitMs: number): Promise<(() => Promise<void>) | null> {
  const until = performance.now() + waitMs;
  const key = "hashtextextended('mooring ' || $1, 0)";
  for (;;) {
    const { taken } = await one<{ taken: boolean }>(session, `select pg_try_advisory_lock(${key}) as taken`, [name]);
    if (taken) return () => unlock(session, key, name);
    const left = until - performance.now();
    if (left <= 0) return null;
    await delay(Math.min(LOCK_POLL_MS, left));
  }
}

async function unlock(session: Session, key: string, name: string): Promise<void> {
  // the lock ends with the session anyway
  if (session.usable) await one(session, `select pg_advisory_unlock(${key})`, [name]);
}

export async function countRows(session: Session, schema: string | null, table: string, whereNull?: string) {
  const where = whereNull === undefined ? '' : ` where ${quote(whereNull)} is null`;
  return (await one<{ n: number }>(session, `select count(*)::float8 as n from ${qualify(schema, table)}${where}`)).n;
}

/** Nulls are never duplicates of each other in a unique index. */
export async function countDuplicates(session: Session, schema: string | null, table: string, columns: string[]) {
  const names = columns.map(quote);
  const filled = names.map((name) => `${name} is not null`).join(' and ');
  const groups = `select 1 from ${qualify(schema, table)} where ${filled} group by ${names.join(', ')} having count(*) > 1`;
  return (await one<{ n: number }>(session, `select count(*)::float8 as n from (${groups}) g`)).n;
}

type Listed = { name: string; system: boolean };

export async function listDatabases(session: Session): Promise<Listed[]> {
  const sql = `select datname::text as name, datistemplate or datname = 'postgres' as system
    from pg_database where datallowconn order by 1`;
  return (await session.run({ sql, parameters: [] })).rows as Listed[];
}

export async function listSchemas(session: Session): Promise<Listed[]> {
  const sql = `select nspname::text as name, nspname like 'pg\\_%' or nspname in ('information_schema', 'crdb_internal') as system
    from pg_namespace where nspname not like 'pg\\_temp\\_%' and nspname not like 'pg\\_toast%' order by 1`;
  return (await session.run({ sql, parameters: [] })).rows as Listed[];
}

export function createDatabase(name: string): Statement[] {
  return [{ sql: `create database ${quote(name)}`, parameters: [] }];
}

export function createSchema(name: string): Statement[] {
  return [{ sql: `create schema ${quote(name)}`, parameters: [] }];
}
