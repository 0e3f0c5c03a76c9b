/** Facts, identity, lock, counts and lists of one database: all short catalog statements. */
import { createHash } from 'node:crypto';
import type { DatabaseFacts, Session, Target } from '../contract.ts';
import { DatabaseFailure } from '../contract.ts';
import type { Parameter, Statement } from '../schema.ts';
import { names, qualify, quote } from './quote.ts';

/** The lock waits on the server; its answer needs a little longer. */
const LOCK_GRACE_MS = 5_000;

async function one<T>(session: Session, sql: string, parameters: Parameter[] = []): Promise<T> {
  return (await session.run({ sql, parameters })).rows[0] as T;
}

/** Texts are nvarchar, which is UTF-16 whatever the collation. @@MAX_CONNECTIONS is what the server takes at most. */
export const FACTS =
  `select suser_sname() as [user], convert(nvarchar(23), sysutcdatetime(), 126) + N'Z' as [now], ` +
  `convert(nvarchar(128), databasepropertyex(db_name(), N'Collation')) as collation, @@max_connections as most`;

export async function facts(session: Session): Promise<DatabaseFacts> {
  const row = await one<{ user: string; now: string; collation: string | null; most: number }>(session, FACTS);
  return {
    user: row.user,
    now: row.now,
    encoding: row.collation === null ? 'UTF-16' : `UTF-16, collation ${row.collation}`,
    unicode: true,
    connectionLimit: row.most,
  };
}

/**
 * What tells one database from another whatever its server is called: the id of its availability group's database, which
 * all replicas share, else the broker's GUID, which a copy by restore keeps, with the moment it was made here, which it
 * does not keep (sys.databases).
 */
export const IDENTITY =
  `select convert(nvarchar(36), d.group_database_id) as [group], convert(nvarchar(36), d.service_broker_guid) as broker, ` +
  `convert(nvarchar(23), d.create_date, 126) as made, d.name, ` +
  `isnull(schema_name(schema_id(@p1)), isnull(@p1, schema_name())) as [schema] ` +
  `from sys.databases as d where d.database_id = db_id()`;

type Identity = { group: string | null; broker: string; made: string; name: string; schema: string };

export async function identity(session: Session, target: Target): Promise<string> {
  const found = await one<Identity | undefined>(session, IDENTITY, [target.schema]);
  if (!found) throw new DatabaseFailure('permission', 'IDENTITY', 'the server does not say which database this is');
  return JSON.stringify([found.group ?? `${found.broker} ${found.made}`, found.name, found.schema]);
}

export const SCHEMA_EXISTS = 'select count(*) as n from sys.schemas where name = @p1';

export async function schemaExists(session: Session, schema: string): Promise<boolean> {
  return (await one<{ n: number }>(session, SCHEMA_EXISTS, [schema])).n > 0;
}

/** A lock of the session, in this database (sp_getapplock): 0 and 1 say it was taken, negative numbers that it was not. */
export const LOCK =
  `declare @taken int;\nexec @taken = sys.sp_getapplock @Resource = @p1, @LockMode = N'Exclusive', @LockOwner = N'Session', ` +
  `@LockTimeout = @p2, @DbPrincipal = N'public';\nselect @taken as taken`;
export const UNLOCK = `exec sys.sp_releaseapplock @Resource = @p1, @LockOwner = N'Session', @DbPrincipal = N'public'`;

/** The server compares the first 32 characters as they are and hashes the rest, so the name goes into a hash. */
export async function lock(session: Session, name: string, waitMs: number): Promise<(() => Promise<void>) | null> {
  const key = `mooring ${createHash('sha256').update(name).digest('hex').slice(0, 24)}`;
  const parameters = [key, Math.ceil(waitMs)];
  const { rows } = await session.run({ sql: LOCK, parameters }, { timeoutMs: waitMs + LOCK_GRACE_MS });
  if (Number(rows[0]?.['taken']) < 0) return null;
  return async () => {
    // the lock ends with the session anyway
    if (session.usable) await session.run({ sql: UNLOCK, parameters: [key] });
  };
}

export async function countRows(session: Session, schema: string | null, table: string, whereNull?: string) {
  const where = whereNull === undefined ? '' : ` where ${quote(whereNull)} is null`;
  return total(session, `select count_big(*) as n from ${qualify(schema, table)}${where}`);
}

/** Nulls are never duplicates of each other: a unique index leaves them out by its filter. */
export async function countDuplicates(session: Session, schema: string | null, table: string, columns: string[]) {
  const filled = columns.map((column) => `${quote(column)} is not null`).join(' and ');
  const groups = `select 1 as x from ${qualify(schema, table)} where ${filled} group by ${names(columns)} having count_big(*) > 1`;
  return total(session, `select count_big(*) as n from (${groups}) as g`);
}

const total = async (session: Session, sql: string) => Number((await one<{ n: string }>(session, sql)).n);

type Listed = { name: string; system: boolean };

/** The four databases that every server has (sys.databases). */
export const DATABASES =
  'select name, convert(bit, iif(database_id <= 4, 1, 0)) as system from sys.databases order by name';
/** Schemas of fixed roles start at 16384 (sys.schemas). */
export const SCHEMAS =
  `select name, convert(bit, iif(schema_id >= 16384 or name in (N'sys', N'INFORMATION_SCHEMA', N'guest'), 1, 0)) as system ` +
  `from sys.schemas order by name`;

export const listDatabases = (session: Session) => list(session, DATABASES);
export const listSchemas = (session: Session) => list(session, SCHEMAS);

async function list(session: Session, sql: string): Promise<Listed[]> {
  return (await session.run({ sql, parameters: [] })).rows as Listed[];
}

/** Stands alone: it takes part in no transaction. */
export const createDatabase = (name: string): Statement[] => [
  { sql: `create database ${quote(name)}`, parameters: [] },
];

export const createSchema = (name: string): Statement[] => [{ sql: `create schema ${quote(name)}`, parameters: [] }];
