import { randomBytes } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseEngine, Target, TlsMode } from '#elements/database/contract.ts';
import { definitions, type EngineName } from '#elements/database/definitions.ts';
import { loadEngine } from '#elements/database/engines.ts';
import { Secret } from '#lib/core/secret.ts';
import { startMariadb } from './mariadb-server.ts';
import { startPostgres } from './postgres-server.ts';

/** A running database server of one engine, for tests that loop over all of them. */
export type LiveEngine = {
  name: string;
  engine: DatabaseEngine;
  /** a new empty database, as a login that owns it sees it */
  emptyDatabase(): Promise<Target>;
  stop(): Promise<void>;
};

/** Engines whose servers no test can start: they run where their URL is given, and are left out otherwise. */
const GIVEN_ONLY = {
  sqlserver: 'SQLSERVER_URL',
  oracle: 'ORACLE_URL',
} as const satisfies Partial<Record<EngineName, string>>;

/** Engines whose servers the tests start themselves. */
export type StartedEngine = Exclude<EngineName, keyof typeof GIVEN_ONLY>;

export const isStarted = (name: EngineName): name is StartedEngine => !(name in GIVEN_ONLY);

const isThere = (name: EngineName) =>
  isStarted(name) || process.env[GIVEN_ONLY[name as keyof typeof GIVEN_ONLY]] !== undefined;

/**
 * Engines under test: all that can be had, or those that `ENGINES=sqlite,postgresql` names. A chosen engine whose server is
 * missing fails its tests.
 */
export const enginesUnderTest: EngineName[] = (() => {
  const chosen = process.env.ENGINES?.split(',').map((name) => name.trim());
  return (Object.keys(definitions) as EngineName[]).filter((name) => chosen?.includes(name) ?? isThere(name));
})();

const starters: Record<EngineName, () => Promise<Omit<LiveEngine, 'name' | 'engine'>>> = {
  sqlite: startFiles,
  postgresql: () => byUrl('postgresql', 'POSTGRESQL_URL', startPostgres),
  mysql: () => byUrl('mysql', 'MYSQL_URL', startMariadb),
  sqlserver: () => byUrl('sqlserver', GIVEN_ONLY.sqlserver, givenOnly(GIVEN_ONLY.sqlserver)),
  oracle: () => withUsers(GIVEN_ONLY.oracle),
};

export async function startEngine(name: EngineName): Promise<LiveEngine> {
  const [engine, server] = await Promise.all([loadEngine(name), starters[name]()]);
  return { name, engine, ...server };
}

const common = {
  element: 'databases.Main',
  schema: null,
  tls: { mode: 'disable', ca: null, cert: null, key: null, keyPassphrase: null, serverName: null },
  options: {},
  readOnly: false,
  connectTimeoutMs: 5_000,
  statementTimeoutMs: 30_000,
} satisfies Partial<Target>;

async function startFiles() {
  const folder = await mkdtemp(join(tmpdir(), 'sqlite-'));
  return {
    emptyDatabase: () =>
      Promise.resolve<Target>({
        ...common,
        endpoint: { kind: 'file', path: join(folder, `${freshName()}.db`), create: true },
        user: '',
        password: null,
        database: 'main.db',
      }),
    stop: () => rm(folder, { recursive: true, force: true }),
  };
}

type Server = { url: string; stop(): Promise<void> };

/** Absence is red: nothing is skipped that was chosen aloud. */
const givenOnly = (variable: string) => (): Promise<Server> =>
  Promise.reject(new Error(`no server of this engine can be started here: ${variable} must name one`));

/** A server given by URL (`?tls=require` for one that wants encryption), or one that is started now; the login must be allowed to create databases. */
async function byUrl(name: EngineName, variable: string, start: () => Promise<Server>) {
  const given = process.env[variable];
  const server = given === undefined ? await start() : { url: given, stop: () => Promise.resolve() };
  const url = new URL(server.url);
  const engine = await loadEngine(name);
  const { ownFields, sharedFields, maintenanceDatabase } = engine.definition;
  const byDefault = (field: string) => [...ownFields, ...sharedFields].find((each) => each.name === field)?.default;
  const { address } = await lookup(url.hostname);
  const base: Target = {
    ...common,
    endpoint: { kind: 'server', host: url.hostname, port: Number(url.port || byDefault('port')), ip: address },
    tls: { ...common.tls, mode: (url.searchParams.get('tls') ?? 'disable') as TlsMode },
    user: decodeURIComponent(url.username),
    password: new Secret(decodeURIComponent(url.password)),
    database: maintenanceDatabase,
  };
  return {
    async emptyDatabase() {
      const database = freshName();
      const session = await engine.connect(base);
      for (const statement of engine.createDatabase(database)) await session.run(statement);
      await session.close();
      return { ...base, database, schema: (byDefault('schema') as string | undefined) ?? null };
    },
    stop: () => server.stop(),
  };
}

/**
 * `oracle://user:password@host:1521/service`: a schema is a user there, so the login must be allowed to create and drop users; each
 * empty database is a new one.
 */
async function withUsers(variable: string) {
  const given = process.env[variable];
  const { url: text } = given === undefined ? await givenOnly(variable)() : { url: given };
  const url = new URL(text);
  const engine = await loadEngine('oracle');
  const { address } = await lookup(url.hostname);
  const base: Target = {
    ...common,
    endpoint: { kind: 'server', host: url.hostname, port: Number(url.port || 1521), ip: address },
    serviceName: url.pathname.slice(1),
    user: decodeURIComponent(url.username),
    password: new Secret(decodeURIComponent(url.password)),
    database: null,
  };
  const made: string[] = [];
  const asAdministrator = async (statements: string[]) => {
    const session = await engine.connect(base);
    for (const sql of statements) await session.run({ sql, parameters: [] });
    await session.close();
  };
  return {
    async emptyDatabase() {
      const user = freshName().toUpperCase();
      const password = `P${randomBytes(12).toString('hex')}`;
      await asAdministrator([
        `create user "${user}" identified by "${password}" quota unlimited on users`,
        `grant create session, create table, create sequence, create view to "${user}"`,
        `grant execute on sys.dbms_lock to "${user}"`,
      ]);
      made.push(user);
      return { ...base, user, password: new Secret(password), schema: user };
    },
    stop: () => asAdministrator(made.map((user) => `drop user "${user}" cascade`)),
  };
}

function freshName(): string {
  return `t_${randomBytes(6).toString('hex')}`;
}
