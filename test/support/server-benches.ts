/**
 * A real server per engine with one database, one user of just the rights an application needs, and TLS; and the ways to
 * break exactly one thing on it. `repair` puts everything back.
 */
import { writeFile } from 'node:fs/promises';
import { createAuthority } from './certificates.ts';
import type { Authority, KeyPair } from './certificates.ts';
import { startMariadb } from './mariadb-server.ts';
import type { Mariadb } from './mariadb-server.ts';
import { startPostgres } from './postgres-server.ts';

type Right = 'read' | 'write' | 'ddl';

export type ServerBench = {
  engine: 'postgresql' | 'mysql';
  databaseType: string;
  connectionType: string;
  port: number;
  user: string;
  password: string;
  /** may do anything */
  admin: { user: string; password: string };
  database: string;
  /** null: the engine has none */
  schema: string | null;
  authority: Authority;
  /** of new connections, from now on; null: the server offers no TLS */
  showCertificate(pair: KeyPair): Promise<void>;
  /** a port of a server like this one that offers no TLS */
  portWithoutTls(): Promise<number>;
  changePassword(password: string): Promise<void>;
  dropDatabase(): Promise<void>;
  revoke(right: Right): Promise<void>;
  /** Ends every session of the user; how many there were. */
  killSessions(): Promise<number>;
  /** sessions of the user that are open now */
  sessions(): Promise<number>;
  execute(sql: string, database?: string): Promise<Record<string, unknown>[]>;
  repair(): Promise<void>;
  stop(): Promise<void>;
};

const USER = 'shop';
const PASSWORD = 'p@ss/w:rd "quoted" $1 ünï';
const DATABASE = 'shop';
const DAY = 86_400_000;

export const serverCertificate = (authority: Authority, names = ['localhost', '127.0.0.1']) =>
  authority.issue({ commonName: names[0]!, names, notAfter: new Date(Date.now() + 25 * 365 * DAY) });

export async function postgresBench(): Promise<ServerBench> {
  const authority = await createAuthority();
  const good = await serverCertificate(authority);
  const server = await startPostgres({ tls: good });
  const { execute } = server;
  const grants = [
    `create schema sales`,
    `create table sales.customer (id int primary key)`,
    `grant usage, create on schema sales to ${USER}`,
    `grant select, insert, update, delete on all tables in schema sales to ${USER}`,
  ];
  const repair = async () => {
    await server.configure({ tls: good });
    await execute(`drop database if exists ${DATABASE} with (force)`);
    await execute(`do $$ begin create role ${USER} login; exception when duplicate_object then null; end $$`);
    await execute(`alter role ${USER} password '${PASSWORD.replaceAll("'", "''")}'`);
    await execute(`create database ${DATABASE}`);
    for (const sql of grants) await execute(sql, DATABASE);
  };
  await repair();
  const revokes = {
    read: `revoke select on all tables in schema sales from ${USER}`,
    write: `revoke update on all tables in schema sales from ${USER}`,
    ddl: `revoke create on schema sales from ${USER}`,
  };
  const count = async (what: string) =>
    (await execute(`select ${what} from pg_stat_activity where usename = '${USER}'`)).length;
  return {
    engine: 'postgresql',
    databaseType: 'databases.PgSqlType',
    connectionType: 'connections.PgSqlType',
    port: server.port,
    user: USER,
    password: PASSWORD,
    admin: { user: server.user, password: server.password },
    database: DATABASE,
    schema: 'sales',
    authority,
    showCertificate: (tls) => server.configure({ tls }),
    async portWithoutTls() {
      await server.configure({ tls: null });
      return server.port;
    },
    changePassword: async (password) => void (await execute(`alter role ${USER} password '${password}'`)),
    dropDatabase: async () => void (await execute(`drop database ${DATABASE} with (force)`)),
    revoke: async (right) => void (await execute(revokes[right], DATABASE)),
    killSessions: () => count('pg_terminate_backend(pid)'),
    sessions: () => count('pid'),
    execute,
    repair,
    stop: server.stop,
  };
}

export async function mariadbBench(): Promise<ServerBench> {
  const authority = await createAuthority();
  const good = await serverCertificate(authority);
  const server = await startMariadb({ tls: { ca: authority.ca, ...good } });
  let plain: Mariadb | null = null;
  const { execute } = server;
  const account = `'${USER}'@'%'`;
  const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
  const showCertificate = async (pair: KeyPair) => {
    const [paths] = await execute('select @@ssl_cert as cert, @@ssl_key as `key`');
    await writeFile(String(paths?.['cert']), pair.cert);
    await writeFile(String(paths?.['key']), pair.key);
    await execute('flush ssl');
  };
  const repair = async () => {
    await showCertificate(good);
    await execute(`create or replace user ${account} identified by ${quoted(PASSWORD)}`);
    await execute(`create database if not exists ${DATABASE}`);
    await execute('create table if not exists customer (id int primary key)', DATABASE);
    const rights = 'select, insert, update, delete, create, alter, drop, index, references';
    await execute(`grant ${rights} on ${DATABASE}.* to ${account}`);
  };
  await repair();
  const revokes = { read: 'select', write: 'update', ddl: 'alter' };
  const ids = async () => {
    const rows = await execute(`select id from information_schema.processlist where user = '${USER}'`);
    return rows.map(({ id }) => Number(id));
  };
  return {
    engine: 'mysql',
    databaseType: 'databases.MySQLType',
    connectionType: 'connections.MySQLType',
    port: server.port,
    user: USER,
    password: PASSWORD,
    admin: { user: server.user, password: server.password },
    database: DATABASE,
    schema: null,
    authority,
    showCertificate,
    async portWithoutTls() {
      plain ??= await startMariadb();
      return plain.port;
    },
    changePassword: async (password) =>
      void (await execute(`set password for ${account} = password(${quoted(password)})`)),
    dropDatabase: async () => void (await execute(`drop database ${DATABASE}`)),
    revoke: async (right) => void (await execute(`revoke ${revokes[right]} on ${DATABASE}.* from ${account}`)),
    async killSessions() {
      const found = await ids();
      // one may have ended by itself meanwhile
      await Promise.all(found.map((id) => execute(`kill ${id}`).catch(() => [])));
      return found.length;
    },
    sessions: async () => (await ids()).length,
    execute,
    repair,
    async stop() {
      await plain?.stop();
      await server.stop();
    },
  };
}
