/** The servers that the engine is tried on: a throw-away MariaDB always, and the one of `MYSQL_URL` where it is set. */
import mysql from 'mysql2/promise';
import { startMariadb } from './mariadb-server.ts';
import type { Mariadb } from './mariadb-server.ts';

export type ServerUnderTest = Mariadb & { host: string; /** made for this run, gone at `stop` */ database: string };

export const mysqlServers: [name: string, start: () => Promise<ServerUnderTest>][] = [
  ['a throw-away MariaDB', async () => withDatabase({ ...(await startMariadb()), host: '127.0.0.1' })],
  ...(process.env['MYSQL_URL'] ? [['the server of MYSQL_URL', startGiven] as [string, typeof startGiven]] : []),
];

async function withDatabase(server: Mariadb & { host: string }): Promise<ServerUnderTest> {
  const database = `mooring_test_${process.pid}_${Date.now()}`;
  await server.execute(`CREATE DATABASE ${database} CHARACTER SET utf8mb4`);
  const stop = async () => {
    await server.execute(`DROP DATABASE ${database}`);
    await server.stop();
  };
  return { ...server, database, stop, execute: (sql, name) => server.execute(sql, name ?? database) };
}

async function startGiven(): Promise<ServerUnderTest> {
  const url = new URL(process.env['MYSQL_URL'] ?? '');
  const [host, port] = [url.hostname, Number(url.port || 3306)];
  const [user, password] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
  const execute = async (sql: string, database?: string) => {
    const connection = await mysql.createConnection({ host, port, user, password, ...(database ? { database } : {}) });
    try {
      const [rows] = await connection.query(sql);
      return Array.isArray(rows) ? (rows as Record<string, unknown>[]) : [];
    } finally {
      connection.destroy();
    }
  };
  return withDatabase({ host, port, user, password, url: url.href, execute, stop: async () => {} });
}
