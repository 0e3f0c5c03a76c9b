/** What the session's user may do, from its own grants: nothing is written, nobody's table is touched. */
import type { Right, Rights, Session, Target } from '../contract.ts';

type Grant = { privileges: Set<string>; database: string; table: string; grantOption: boolean; revoked: boolean };

const WRITE = ['INSERT', 'UPDATE', 'DELETE'];
const DDL = ['CREATE', 'ALTER', 'DROP', 'INDEX', 'REFERENCES'];
/** What a service has no use for, as it is told to a person. */
const EXCESS: Record<string, string> = {
  SUPER: 'superuser',
  'CREATE USER': 'create user',
  FILE: 'read and write files of the server',
  SHUTDOWN: 'shut the server down',
  RELOAD: 'reload the server',
  PROCESS: 'see the statements of others',
  'CONNECTION ADMIN': 'connection administrator',
};

/** `SHOW GRANTS` without a name includes the roles that are active, on MySQL and on MariaDB. */
export async function rights(session: Session, target: Target): Promise<Rights> {
  const { rows } = await session.run({ sql: 'SHOW GRANTS', parameters: [] });
  const state = await session.run({
    sql: 'SELECT database() AS name, @@global.read_only AS readOnly, current_user() AS user',
    parameters: [],
  });
  const facts = state.rows[0] ?? {};
  const grants = rows.flatMap((row) => readGrant(String(Object.values(row)[0])));
  const database = String(facts['name'] ?? target.database ?? '');
  return rightsOf(grants, database, Number(facts['readOnly']) === 1);
}

/** Pure, so that grants of servers that are not at hand can be tried. */
export function rightsOf(grants: Grant[], database: string, serverReadOnly: boolean): Rights {
  const held = (privilege: string) => holds(grants, privilege, database);
  const right = (wanted: string[]): { right: Right; detail: string } => {
    const missing = wanted.filter((privilege) => !held(privilege));
    if (missing.length === 0) return { right: 'yes', detail: wanted.join(', ') };
    const tables = tablesWith(grants, missing, database);
    if (tables.length > 0) return { right: 'yes', detail: `only on ${tables.join(', ')}` };
    return { right: 'no', detail: `missing: ${missing.join(', ')}` };
  };
  const everywhere = grants.filter((grant) => grant.database === '*');
  const blocked = serverReadOnly && !['SUPER', 'READ ONLY ADMIN'].some((each) => holds(everywhere, each, database));
  const readOnly = { right: 'no' as const, detail: 'the server is read-only' };
  return {
    read: right(['SELECT']),
    write: blocked ? readOnly : right(WRITE),
    ddl: blocked ? readOnly : right(DDL),
    excess: excessOf(grants),
  };
}

function holds(grants: Grant[], privilege: string, database: string): boolean {
  const at = grants.filter(
    (grant) => grant.table === '*' && matches(grant.database, database) && covers(grant, privilege),
  );
  return at.some((grant) => !grant.revoked) && !at.some((grant) => grant.revoked);
}

const covers = ({ privileges }: Grant, privilege: string) =>
  privileges.has(privilege) || privileges.has('ALL PRIVILEGES') || privileges.has('ALL');

function tablesWith(grants: Grant[], privileges: string[], database: string): string[] {
  const on = grants.filter(({ table, database: name }) => table !== '*' && name === database);
  return on.filter((grant) => privileges.every((each) => covers(grant, each))).map(({ table }) => table);
}

/** The database of a grant is a pattern: `%` and `_` stand for others, unless escaped. */
function matches(pattern: string, database: string): boolean {
  if (pattern === '*') return true;
  const source = pattern.replaceAll(/\\[%_\\]|[%_]|[^\w]/g, (part) => {
    if (part === '%') return '.*';
    if (part === '_') return '.';
    return part.length === 2 ? part.slice(1) : `\\${part}`;
  });
  return new RegExp(`^${source}$`, 's').test(database);
}

function excessOf(grants: Grant[]): string[] {
  const live = grants.filter((grant) => !grant.revoked);
  const found = live.filter(({ database }) => database === '*').flatMap((grant) => globalExcess(grant));
  if (live.some((grant) => grant.grantOption)) found.push('grant its rights to others');
  if (live.some(({ database }) => database === 'mysql')) found.push('rights on the system database mysql');
  return [...new Set(found)];
}

function globalExcess(grant: Grant): string[] {
  if (grant.privileges.has('ALL PRIVILEGES') || grant.privileges.has('ALL'))
    return ['superuser', 'all privileges on every database'];
  const named = Object.entries(EXCESS).flatMap(([privilege, words]) =>
    grant.privileges.has(privilege) ? [words] : [],
  );
  const data = ['SELECT', ...WRITE, ...DDL].filter((privilege) => grant.privileges.has(privilege));
  return data.length > 0 ? [...named, `${data.join(', ')} on every database`] : named;
}

const NAME = '(?:`((?:[^`]|``)*)`|(\\*))';
const GRANT = new RegExp(`^(GRANT|REVOKE) (.+?) ON (?:TABLE )?${NAME}\\.${NAME} (?:TO|FROM) `, 's');

/** A line of `SHOW GRANTS`; lines of roles and proxies grant nothing by themselves. */
export function readGrant(line: string): Grant[] {
  const [, verb, list, database, everyDatabase, table, everyTable] = GRANT.exec(line) ?? [];
  if (list === undefined) return [];
  return [
    {
      privileges: new Set(splitPrivileges(list)),
      database: everyDatabase ?? database?.replaceAll('``', '`') ?? '',
      table: everyTable ?? table?.replaceAll('``', '`') ?? '',
      grantOption: / WITH GRANT OPTION\b/.test(line),
      revoked: verb === 'REVOKE',
    },
  ];
}

/** Rights on single columns (`SELECT (name)`) are no right on the table. MySQL writes some names with `_`. */
function splitPrivileges(list: string): string[] {
  const whole = list.match(/[^,(]+(?:\([^)]*\))?/g) ?? [];
  return whole.filter((each) => !each.includes('(')).map((each) => each.trim().toUpperCase().replaceAll('_', ' '));
}
