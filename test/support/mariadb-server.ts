/** A throw-away MariaDB on a free loopback port, with its own data folder; nothing needs to run beforehand. */
import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import mysql from 'mysql2/promise';

const run = promisify(execFile);

export type MariadbOptions = {
  /** PEM texts; left out, the server offers no TLS */
  tls?: { ca: string; cert: string; key: string };
  /** takes encrypted connections only; needs `tls` */
  requireTls?: boolean;
  /** further settings, e.g. `--max-connections=4` */
  settings?: string[];
};

export type Mariadb = {
  port: number;
  user: string;
  password: string;
  /** `mysql://user:password@127.0.0.1:port` */
  url: string;
  /** Runs one statement as an administrator and gives its rows. */
  execute(sql: string, database?: string): Promise<Record<string, unknown>[]>;
  stop(): Promise<void>;
};

const USER = 'mooring';
const PASSWORD = 'correct horse battery';

/** Makes a data folder, starts the server and waits until it takes connections: about two seconds. */
export async function startMariadb(options: MariadbOptions = {}): Promise<Mariadb> {
  const folder = await mkdtemp(join(tmpdir(), 'mooring-mariadb-'));
  try {
    await install(folder);
    const settings = [...(await tlsSettings(folder, options)), ...(options.settings ?? [])];
    const { child, port } = await startOnFreePort(folder, settings);
    return describe(folder, child, port, options);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

function binary(name: string): string {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin', '/usr/local/bin'];
  const found = folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
  if (found) return found;
  throw new Error(
    `${name} was not found on PATH: install MariaDB (Debian: apt-get install mariadb-server; macOS: brew install mariadb)`,
  );
}

/** mariadbd refuses to run as root unless it is told to. */
const asUser = () => (process.getuid?.() === 0 ? ['--user=root'] : []);

async function install(folder: string): Promise<void> {
  const settings = [`--datadir=${join(folder, 'data')}`, '--auth-root-authentication-method=normal', '--skip-test-db'];
  await run(binary('mariadb-install-db'), ['--no-defaults', ...settings, ...asUser()], {
    // Two installations at once get into each other's way in a shared temporary folder.
    env: { ...process.env, TMPDIR: folder },
  });
  const quoted = PASSWORD.replaceAll("'", "''");
  await writeFile(
    join(folder, 'init.sql'),
    [
      `CREATE USER IF NOT EXISTS '${USER}'@'%' IDENTIFIED BY '${quoted}';`,
      `GRANT ALL PRIVILEGES ON *.* TO '${USER}'@'%' WITH GRANT OPTION;`,
      `DROP USER IF EXISTS ''@'localhost';`,
      '',
    ].join('\n'),
  );
}

async function tlsSettings(folder: string, options: MariadbOptions): Promise<string[]> {
  if (!options.tls) return [];
  const written = Object.entries(options.tls).map(async ([name, pem]) => {
    const path = join(folder, `${name}.pem`);
    await writeFile(path, pem, { mode: 0o600 });
    return `--ssl-${name}=${path}`;
  });
  return [...(await Promise.all(written)), ...(options.requireTls ? ['--require-secure-transport=ON'] : [])];
}

/** Another process may take the port between the look and the start, so a start that fails is tried again. */
async function startOnFreePort(folder: string, settings: string[]): Promise<{ child: ChildProcess; port: number }> {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    try {
      return { child: await start(folder, port, settings), port };
    } catch (error) {
      if (attempt === 3) throw error;
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

function start(folder: string, port: number, settings: string[]): Promise<ChildProcess> {
  const child = spawn(
    binary('mariadbd'),
    [
      '--no-defaults',
      `--datadir=${join(folder, 'data')}`,
      `--socket=${join(folder, 'socket')}`,
      `--pid-file=${join(folder, 'pid')}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      `--tmpdir=${folder}`,
      `--init-file=${join(folder, 'init.sql')}`,
      '--skip-name-resolve',
      '--character-set-server=utf8mb4',
      '--collation-server=utf8mb4_general_ci',
      '--innodb-buffer-pool-size=64M',
      '--innodb-log-file-size=16M',
      '--innodb-flush-log-at-trx-commit=0',
      ...asUser(),
      ...settings,
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  return new Promise((resolve, reject) => {
    let log = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      log = (log + text).slice(-8000);
      if (log.includes('ready for connections')) resolve(child);
    });
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`mariadbd ended with ${code} before it was ready:\n${log}`)));
  });
}

async function describe(folder: string, child: ChildProcess, port: number, options: MariadbOptions): Promise<Mariadb> {
  const kill = () => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', kill);
  const ca = options.tls && (await readFile(join(folder, 'ca.pem'), 'utf8'));
  const execute = async (sql: string, database?: string) => {
    const connection = await mysql.createConnection({
      host: '127.0.0.1',
      port,
      user: USER,
      password: PASSWORD,
      charset: 'utf8mb4',
      ...(database ? { database } : {}),
      ...(ca ? { ssl: { ca, rejectUnauthorized: false } } : {}),
    });
    try {
      const [rows] = await connection.query(sql);
      return Array.isArray(rows) ? (rows as Record<string, unknown>[]) : [];
    } finally {
      connection.destroy();
    }
  };
  const stop = async () => {
    process.off('exit', kill);
    if (child.exitCode === null && child.signalCode === null) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      const deadline = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await ended;
      clearTimeout(deadline);
    }
    rmSync(folder, { recursive: true, force: true });
  };
  const url = `mysql://${USER}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}`;
  return { port, user: USER, password: PASSWORD, url, execute, stop };
}
