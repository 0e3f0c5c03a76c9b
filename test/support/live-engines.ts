import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseEngine, Target } from '#elements/database/contract.ts';
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

/** Engines under test: all, or those that `ENGINES=sqlite,postgresql` names. An engine whose server is missing fails its tests. */
export const enginesUnderTest: EngineName[] = (() => {
  const chosen = process.env.ENGINES?.split(',').map((name) => name.trim());
  return (Object.keys(definitions) as EngineName[]).filter((name) => chosen === undefined || chosen.includes(name));
})();

const starters: Record<EngineName, () => Promise<Omit<LiveEngine, 'name' | 'engine'>>> = {
  sqlite: startFiles,
  postgresql: () => byUrl('POSTGRESQL_URL', startPostgres),
  mysql: () => byUrl('MYSQL_URL', startMariadb),
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

function freshName(): string {
  return `t_${randomBytes(6).toString('hex')}`;
}
