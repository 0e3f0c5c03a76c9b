import { randomBytes } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseEngine, Target } from '#elements/database/contract.ts';
import { definitions, type EngineName } from '#elements/database/definitions.ts';
import { loadEngine } from '#elements/database/engines.ts';
import { Secret } from '#lib/core/secret.ts';
import type { LocalEngine } from './local-engine.ts';
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

/** Servers that can not be started here: their engines are under test where the server is given by URL. */
const GIVEN_ONLY: Partial<Record<EngineName, string>> = {
  oracle: 'ORACLE_URL',
};

const given = (name: EngineName) => GIVEN_ONLY[name] === undefined || process.env[GIVEN_ONLY[name]] !== undefined;

/** Engines under test: all that can be started or are given, or those that `ENGINES=sqlite,postgresql` names. An engine whose server is missing fails its tests. */
export const enginesUnderTest: EngineName[] = (() => {
  const chosen = process.env.ENGINES?.split(',').map((name) => name.trim());
  return (Object.keys(definitions) as EngineName[]).filter((name) => chosen?.includes(name) ?? given(name));
})();

/** Those of them whose servers are started here. */
export const localEngines = enginesUnderTest.filter((name): name is LocalEngine => GIVEN_ONLY[name] === undefined);

const starters: Record<EngineName, () => Promise<Omit<LiveEngine, 'name' | 'engine'>>> = {
  sqlite: startFiles,
  postgresql: () => byUrl('POSTGRESQL_URL', startPostgres),
  mysql: () => byUrl('MYSQL_URL', startMariadb),
  oracle: () => byGivenUrl('ORACLE_URL'),
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

/** A server given by URL, or one that is started now; the login must be allowed to create databases. */
async function byUrl(variable: string, start: () => Promise<Server>) {
  const given = process.env[variable];
  const server = given === undefined ? await start() : { url: given, stop: () => Promise.resolve() };
  const url = new URL(server.url);
  const name = variable.replace('_URL', '').toLowerCase() as EngineName;
  const engine = await loadEngine(name);
  const base: Target = {
    ...common,
    endpoint: { kind: 'server', host: url.hostname, port: Number(url.port), ip: '127.0.0.1' },
    user: decodeURIComponent(url.username),
    password: new Secret(decodeURIComponent(url.password)),
    database: engine.definition.maintenanceDatabase,
  };
  return {
    async emptyDatabase() {
      const database = freshName();
      const session = await engine.connect(base);
      for (const statement of engine.createDatabase(database)) await session.run(statement);
      await session.close();
      return { ...base, database, schema: engine.definition.capabilities.schemas ? 'public' : null };
    },
    stop: () => server.stop(),
  };
}

/**
 * `oracle://user:password@host:1521/service`: a schema is a user there, so the login must be allowed to create and drop users; each
 * empty database is a new one.
 */
async function byGivenUrl(variable: string) {
  const text = process.env[variable];
  if (text === undefined) throw new Error(`${variable} must give a running server, found nothing`);
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
