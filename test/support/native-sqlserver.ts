/** A database as somebody else made it on a SQL Server that is given by URL, through the plain driver. */
import { randomBytes } from 'node:crypto';
import { Connection, Request } from 'tedious';
import type { NativeDatabase } from './native-database.ts';

type Place = { host: string; port: number; encrypt: boolean };
type Login = { user: string; password: string; database: string };

/** A database of its own with a login that owns it. */
export async function nativeSqlServer(serverUrl: string, password: string): Promise<NativeDatabase> {
  const url = new URL(serverUrl);
  const place = {
    host: url.hostname,
    port: Number(url.port || 1433),
    encrypt: (url.searchParams.get('tls') ?? 'disable') !== 'disable',
  };
  const admin = { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) };
  const name = `native_${randomBytes(4).toString('hex')}`;
  const user = `${name}_app`;
  const secret = (text: string) => `N'${text.replaceAll("'", "''")}'`;
  await run(place, { ...admin, database: 'master' }, [
    `create database [${name}]`,
    `create login [${user}] with password = ${secret(password)}, check_policy = off`,
  ]);
  const inside = (batches: string[]) => run(place, { ...admin, database: name }, batches);
  await inside([`create user [${user}] for login [${user}]`, `alter role db_owner add member [${user}]`]);
  return {
    engine: 'sqlserver',
    values: { HOST: place.host, PORT: String(place.port), USER: user, PASSWORD: password, NAME: name },
    load: async (script) => void (await inside(script.split(/^\s*GO\s*$/im))),
    query: (sql) => inside([sql]),
    grant: () => Promise.resolve(),
    changePassword: async (next) =>
      void (await inside([`alter login [${user}] with password = ${secret(next)}, check_policy = off`])),
  };
}

/** Rows of the last batch. */
async function run(place: Place, login: Login, batches: string[]): Promise<Record<string, unknown>[]> {
  const connection = new Connection({
    server: place.host,
    authentication: { type: 'default', options: { userName: login.user, password: login.password } },
    options: {
      port: place.port,
      database: login.database,
      encrypt: place.encrypt,
      trustServerCertificate: true,
      requestTimeout: 120_000,
    },
  });
  connection.on('error', () => {});
  await new Promise<void>((resolve, reject) => connection.connect((error) => (error ? reject(error) : resolve())));
  try {
    let rows: Record<string, unknown>[] = [];
    for (const batch of batches.filter((each) => each.trim() !== '')) rows = await runBatch(connection, batch);
    return rows;
  } finally {
    connection.close();
  }
}

function runBatch(connection: Connection, sql: string): Promise<Record<string, unknown>[]> {
  return new Promise((resolve, reject) => {
    const rows: Record<string, unknown>[] = [];
    const request = new Request(sql, (error) => (error ? reject(error) : resolve(rows)));
    request.on('row', (columns: { metadata: { colName: string }; value: unknown }[]) =>
      rows.push(Object.fromEntries(columns.map(({ metadata, value }) => [metadata.colName, value]))),
    );
    connection.execSqlBatch(request);
  });
}
