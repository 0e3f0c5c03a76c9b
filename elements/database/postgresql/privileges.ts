/** Rights of a session's user, from the catalog and the has_…_privilege functions (manual, section 9.27.2) alone. */
import type { Rights, Session, Target } from '../contract.ts';
import type { Row } from '../contract.ts';

const RIGHTS = `
  with here as (
    select n.oid, n.nspname from pg_namespace n where n.nspname = coalesce($1, current_schema())
  ), relations as (
    select c.oid from pg_class c join here on here.oid = c.relnamespace where c.relkind in ('r','p')
  )
  select
    has_schema_privilege(here.oid, 'USAGE') as "usage",
    has_schema_privilege(here.oid, 'CREATE') as "create",
    (select count(*)::int from relations) as tables,
    (select count(*)::int from relations where has_table_privilege(oid, 'SELECT')) as readable,
    (select count(*)::int from relations where has_table_privilege(oid, 'INSERT')
      and has_table_privilege(oid, 'UPDATE') and has_table_privilege(oid, 'DELETE')) as writable,
    pg_is_in_recovery() as standby
  from here`;

const EXCESS = `
  select r.rolsuper as "superuser", r.rolcreatedb as "create database", r.rolcreaterole as "create role",
    r.rolreplication as "replication", r.rolbypassrls as "bypass row security",
    (select coalesce(json_agg(g.rolname order by g.rolname), '[]')::text from pg_roles g
      where g.rolname like 'pg\\_%' and not r.rolsuper and pg_has_role(r.oid, g.oid, 'MEMBER')) as roles
  from pg_roles r where r.rolname = current_user`;

/** Roles of the server that reach beyond the tables of an application (manual, section 21.5). */
const BEYOND = new Set([
  'pg_write_all_data',
  'pg_read_all_data',
  'pg_execute_server_program',
  'pg_read_server_files',
  'pg_write_server_files',
  'pg_signal_backend',
  'pg_create_subscription',
  'pg_maintain',
]);

export async function rights(session: Session, target: Target): Promise<Rights> {
  const found = (await session.run({ sql: RIGHTS, parameters: [target.schema] })).rows[0];
  const excess = excessOf((await session.run({ sql: EXCESS, parameters: [] })).rows[0] ?? {});
  if (!found) {
    const no = { right: 'no' as const, detail: 'the schema does not exist' };
    return { read: no, write: no, ddl: no, excess };
  }
  return { ...judge(found as RightsRow, target.readOnly), excess };
}

type RightsRow = {
  usage: boolean;
  create: boolean;
  tables: number;
  readable: number;
  writable: number;
  standby: boolean;
};

type Judged = Omit<Rights, 'excess'>;

/**
 * Without `usage` on the schema nothing in it can be named. Where the user may create tables in an empty schema it
 * reads and writes what it makes.
 */
function judge(row: RightsRow, readOnly: boolean): Judged {
  const all = (count: number) => (row.tables === 0 ? row.usage : row.usage && count > 0);
  const say = (count: number, verb: string) => {
    if (!row.usage) return 'no USAGE on the schema';
    return row.tables === 0 ? 'no tables yet' : `may ${verb} ${count} of ${row.tables} tables`;
  };
  const standby = row.standby ? 'the server is a standby and takes no writes' : null;
  const ddl = row.usage && row.create && !row.standby;
  return {
    read: { right: all(row.readable) ? 'yes' : 'no', detail: say(row.readable, 'read') },
    write: {
      right: all(row.writable) && !row.standby ? 'yes' : 'no',
      detail:
        standby ?? (readOnly ? `${say(row.writable, 'write')}; the session is read-only` : say(row.writable, 'write')),
    },
    ddl: {
      right: ddl ? 'yes' : 'no',
      detail: standby ?? (row.create ? 'may create tables' : 'no CREATE on the schema'),
    },
  };
}

function excessOf(row: Row): string[] {
  const flags = Object.entries(row).filter(([, value]) => value === true);
  const roles = (JSON.parse(String(row['roles'] ?? '[]')) as string[]).filter((role) => BEYOND.has(role));
  return [...flags.map(([name]) => name), ...roles];
}
