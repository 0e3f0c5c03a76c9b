/** What the session's user may do, from its own privileges: nothing is written, nobody's table is touched. */
import type { Right, Rights, Session, Target } from '../contract.ts';
import type { Statement } from '../schema.ts';
import { CATALOG } from './catalog.ts';

export const privilegesQuery: Statement = {
  sql: `select privilege as "privilege", sys_context('USERENV', 'SESSION_USER') as "user" from session_privs`,
  parameters: [],
};

/** Grants on single tables, to the user, its active roles or everybody. */
export const grantsQuery = (schema: string): Statement => ({
  sql: `select table_name as "table", privilege as "privilege" from all_tab_privs where table_schema = :1
    and (grantee in (sys_context('USERENV', 'SESSION_USER'), 'PUBLIC') or grantee in (select role from session_roles))`,
  parameters: [schema],
});

/** A package that is not granted is not seen. */
export const lockQuery: Statement = {
  sql: `select count(*) as "total" from all_objects where owner = 'SYS' and object_name = 'DBMS_LOCK'`,
  parameters: [],
};

export async function rights(session: Session, _target: Target): Promise<Rights> {
  const schema = String((await session.run(CATALOG.here)).rows[0]?.['schema']);
  const held = (await session.run(privilegesQuery)).rows;
  const grants = (await session.run(grantsQuery(schema))).rows;
  const locks = Number((await session.run(lockQuery)).rows[0]?.['total']) > 0;
  return rightsOf({
    own: held[0]?.['user'] === schema,
    privileges: new Set(held.map((row) => String(row['privilege']))),
    grants: grants.map((row) => ({ table: String(row['table']), privilege: String(row['privilege']) })),
    locks,
  });
}

export type Held = {
  /** the schema is the user's own */
  own: boolean;
  privileges: ReadonlySet<string>;
  grants: { table: string; privilege: string }[];
  /** DBMS_LOCK is there */
  locks: boolean;
};

const WRITES = ['INSERT', 'UPDATE', 'DELETE'];
const OWN_DDL = ['CREATE TABLE', 'CREATE SEQUENCE'];
const ANY_DDL = ['CREATE ANY TABLE', 'ALTER ANY TABLE', 'DROP ANY TABLE', 'CREATE ANY INDEX', 'CREATE ANY SEQUENCE'];

/** Pure, so that rights of servers that are not at hand can be tried. */
export function rightsOf(held: Held): Rights {
  return {
    read: data(held, ['SELECT']),
    write: data(held, WRITES),
    ddl: ddl(held),
    excess: EXCESS.filter(([privilege]) => held.privileges.has(privilege)).map(([, words]) => words),
  };
}

function data({ own, privileges, grants }: Held, wanted: string[]): { right: Right; detail: string } {
  if (own) return { right: 'yes', detail: 'the schema is its own' };
  const missing = wanted.filter((each) => !privileges.has(`${each} ANY TABLE`));
  if (missing.length === 0) return { right: 'yes', detail: wanted.map((each) => `${each} ANY TABLE`).join(', ') };
  const byTable = Map.groupBy(grants, ({ table }) => table);
  const tables = [...byTable].filter(([, list]) =>
    missing.every((each) => list.some((grant) => grant.privilege === each)),
  );
  if (tables.length > 0) return { right: 'yes', detail: `only on ${tables.map(([table]) => table).join(', ')}` };
  return { right: 'no', detail: `missing: ${missing.join(', ')}` };
}

function ddl({ own, privileges, locks }: Held): { right: Right; detail: string } {
  const wanted = own ? OWN_DDL : ANY_DDL;
  const missing = [
    ...wanted.filter((each) => !privileges.has(each)),
    ...(locks ? [] : ['EXECUTE on SYS.DBMS_LOCK, which the migration lock needs']),
  ];
  if (missing.length > 0) return { right: 'no', detail: `missing: ${missing.join(', ')}` };
  return { right: 'yes', detail: wanted.join(', ') };
}

/** What a service has no use for, as it is told to a person. */
const EXCESS: [string, string][] = [
  ['SYSDBA', 'database administrator'],
  ['ALTER SYSTEM', 'alter system'],
  ['ALTER DATABASE', 'alter database'],
  ['CREATE USER', 'create user'],
  ['GRANT ANY PRIVILEGE', 'grant any privilege'],
  ['GRANT ANY ROLE', 'grant any role'],
  ['SELECT ANY TABLE', 'read every table of the database'],
  ['DROP ANY TABLE', 'drop every table of the database'],
  ['SELECT ANY DICTIONARY', 'read the whole dictionary'],
];
