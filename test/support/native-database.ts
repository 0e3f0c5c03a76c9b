/** Databases as somebody else made them: loaded and asked through the plain driver, never through the project's own code. */
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import mysql from 'mysql2/promise';
import type { ScriptedEngine } from './datasets/dataset.ts';
import type { Mariadb } from './mariadb-server.ts';
import type { PostgresServer } from './postgres-server.ts';

export type NativeDatabase = {
  engine: ScriptedEngine;
  /** what an environment's variables hold for this database, by the end of their keys: `{ HOST: '127.0.0.1', … }` */
  values: Record<string, string>;
  /** Runs a script of many statements. */
  load(script: string): Promise<void>;
  query(sql: string): Promise<Record<string, unknown>[]>;
  /** Lets the application's login read and write every table that is there. */
  grant(): Promise<void>;
  /** null: the engine has no passwords */
  changePassword: ((password: string) => Promise<void>) | null;
};

/** A file where the portal looks for the `file` of an element. */
export function nativeFile(home: string, app: string, environment: string, file: string): NativeDatabase {
  const path = join(home, 'data', app, environment, file);
  const open = <T>(work: (database: Database.Database) => T): Promise<T> => {
    mkdirSync(dirname(path), { recursive: true });
    const database = new Database(path);
    try {
      return Promise.resolve(work(database));
    } finally {
      database.close();
    }
  };
  return {
    engine: 'sqlite',
    values: { FILE: file },
    load: (script) =>
      open((database) => {
        // statement by statement it would wait for the disk each time
        database.pragma('synchronous = off');
        database.exec(script);
      }),
    query: (sql) =>
      open((database) => {
        const statement = database.prepare<[], Record<string, unknown>>(sql);
        return statement.reader ? statement.all() : (statement.run(), []);
      }),
    grant: () => Promise.resolve(),
    changePassword: null,
  };
}

/** A database of its own on a running PostgreSQL, with a login that may do only what `grant` gives, or owns it. */
export async function nativePostgres(
  server: PostgresServer,
  name: string,
  password: string,
  owns = false,
): Promise<NativeDatabase> {
  const user = `${name}_app`;
  await server.execute(`create role ${user} login password '${password}'`);
  await server.execute(`create database ${name}${owns ? ` owner ${user}` : ''}`);
  return {
    engine: 'postgresql',
    values: { HOST: server.host, PORT: String(server.port), USER: user, PASSWORD: password, NAME: name },
    load: async (script) => void (await server.execute(script, name)),
    query: (sql) => server.execute(sql, name),
    grant: async () =>
      void (await server.execute(
        `grant select, insert, update, delete on all tables in schema public to ${user};
         grant usage on all sequences in schema public to ${user}`,
        name,
      )),
    changePassword: async (next) => void (await server.execute(`alter role ${user} password '${next}'`)),
  };
}

/** A database of its own on a running MariaDB, with a login that may read and write in it, or do anything there. */
export async function nativeMariadb(
  server: Mariadb,
  name: string,
  password: string,
  owns = false,
): Promise<NativeDatabase> {
  const user = `${name}_app`;
  await server.execute(`create database ${name} character set utf8mb4`);
  await server.execute(`create user '${user}'@'%' identified by '${password}'`);
  await server.execute(`grant ${owns ? 'all' : 'select, insert, update, delete'} on ${name}.* to '${user}'@'%'`);
  return {
    engine: 'mysql',
    values: { HOST: '127.0.0.1', PORT: String(server.port), USER: user, PASSWORD: password, NAME: name },
    async load(script) {
      const { user: admin, password: secret, port } = server;
      const connection = await mysql.createConnection({
        host: '127.0.0.1',
        port,
        user: admin,
        password: secret,
        database: name,
        charset: 'utf8mb4',
        multipleStatements: true,
      });
      try {
        await connection.query(script);
      } finally {
        connection.destroy();
      }
    },
    query: (sql) => server.execute(sql, name),
    grant: () => Promise.resolve(),
    changePassword: async (next) => void (await server.execute(`alter user '${user}'@'%' identified by '${next}'`)),
  };
}
