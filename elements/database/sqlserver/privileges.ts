/** Rights of a session's user, from HAS_PERMS_BY_NAME and the membership functions alone: nothing is written. */
import type { Rights, Row, Session, Target } from '../contract.ts';
import { hasServer } from './server.ts';

const may = (name: string, kind: string, right: string) => `has_perms_by_name(${name}, N'${kind}', N'${right}')`;
const table = `quotename(s.name) + N'.' + quotename(t.name)`;
const onTable = (right: string) => may(table, 'OBJECT', right);

export const RIGHTS = `select
  ${may('quotename(s.name)', 'SCHEMA', 'SELECT')} as readsSchema,
  iif(${['INSERT', 'UPDATE', 'DELETE'].map((right) => `${may('quotename(s.name)', 'SCHEMA', right)} = 1`).join(' and ')}, 1, 0) as writesSchema,
  ${may('quotename(s.name)', 'SCHEMA', 'ALTER')} as altersSchema,
  ${may('quotename(s.name)', 'SCHEMA', 'REFERENCES')} as refersInSchema,
  ${may('quotename(db_name())', 'DATABASE', 'CREATE TABLE')} as createsTables,
  convert(nvarchar(20), databasepropertyex(db_name(), N'Updateability')) as updateability,
  (select count(*) from sys.tables as t where t.schema_id = s.schema_id) as tables,
  (select count(*) from sys.tables as t where t.schema_id = s.schema_id and ${onTable('SELECT')} = 1) as readable,
  (select count(*) from sys.tables as t where t.schema_id = s.schema_id and ${onTable('INSERT')} = 1
    and ${onTable('UPDATE')} = 1 and ${onTable('DELETE')} = 1) as writable
from sys.schemas as s where s.name = isnull(@p1, schema_name())`;

export const EXCESS = `select
  is_member(N'db_owner') as [owner of the database],
  is_member(N'db_securityadmin') as [grant rights in the database]`;

const onServer = (right: string) => `has_perms_by_name(null, null, N'${right}')`;

export const SERVER_EXCESS = `select
  is_srvrolemember(N'sysadmin') as [system administrator],
  ${onServer('CONTROL SERVER')} as [control the server],
  ${onServer('CREATE ANY DATABASE')} as [create databases],
  ${onServer('ALTER ANY LOGIN')} as [alter any login],
  ${onServer('ADMINISTER BULK OPERATIONS')} as [read files of the server]`;

export async function rights(session: Session, target: Target): Promise<Rights> {
  const found = (await session.run({ sql: RIGHTS, parameters: [target.schema] })).rows[0];
  const statements = hasServer(session.server.product) ? [SERVER_EXCESS, EXCESS] : [EXCESS];
  const excess: string[] = [];
  for (const sql of statements) excess.push(...excessOf((await session.run({ sql, parameters: [] })).rows[0] ?? {}));
  if (!found) {
    const no = { right: 'no' as const, detail: 'the schema does not exist' };
    return { read: no, write: no, ddl: no, excess };
  }
  return { ...judge(found as RightsRow, target.readOnly), excess };
}

export type RightsRow = {
  /** 1, 0, or null where the server knows no such place */
  readsSchema: number | null;
  writesSchema: number;
  altersSchema: number | null;
  refersInSchema: number | null;
  createsTables: number | null;
  /** READ_WRITE or READ_ONLY (DATABASEPROPERTYEX) */
  updateability: string | null;
  tables: number;
  readable: number;
  writable: number;
};

/** A right on the schema holds for the tables that it will have; rights on tables count where there are some. */
export function judge(row: RightsRow, readOnly: boolean): Omit<Rights, 'excess'> {
  const standby = row.updateability === 'READ_ONLY' ? 'the database is read-only and takes no writes' : null;
  const say = (onSchema: boolean, count: number, verb: string) => {
    if (row.tables > 0) return `may ${verb} ${count} of ${row.tables} tables`;
    return onSchema ? `may ${verb} all tables of the schema` : `no tables yet, and no right to ${verb} on the schema`;
  };
  const reads = row.readsSchema === 1;
  const writes = row.writesSchema === 1;
  const missing = [
    ...(row.createsTables === 1 ? [] : ['CREATE TABLE on the database']),
    ...(row.altersSchema === 1 ? [] : ['ALTER on the schema']),
    ...(row.refersInSchema === 1 ? [] : ['REFERENCES on the schema']),
  ];
  const written = say(writes, row.writable, 'write');
  return {
    read: { right: reads || row.readable > 0 ? 'yes' : 'no', detail: say(reads, row.readable, 'read') },
    write: {
      right: (writes || row.writable > 0) && standby === null ? 'yes' : 'no',
      detail: standby ?? (readOnly ? `${written}; the element is read-only` : written),
    },
    ddl: {
      right: missing.length === 0 && standby === null ? 'yes' : 'no',
      detail: standby ?? (missing.length === 0 ? 'may create tables' : `missing: ${missing.join(', ')}`),
    },
  };
}

export const excessOf = (row: Row): string[] =>
  Object.entries(row)
    .filter(([, value]) => value === 1)
    .map(([name]) => name);
