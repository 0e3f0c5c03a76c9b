import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { KeyPair } from './certificates.ts';
import { freePort } from './free-port.ts';
import { postgresBinaries, type PostgresBinaries } from './postgres-binaries.ts';

export type PostgresSettings = {
  /** the certificate the server shows; null switches TLS off */
  tls?: KeyPair | null;
  /** PEM of the CA whose client certificates the server trusts */
  clientCa?: string | null;
  /** lines of pg_hba.conf, first match wins; left out: any user by password from loopback */
  hba?: string[];
  /** server settings, e.g. `{ max_connections: 5 }` */
  settings?: Record<string, string | number>;
};

export type PostgresServer = {
  host: '127.0.0.1';
  port: number;
  /** the superuser */
  user: string;
  password: string;
  /** of the superuser on database `postgres` */
  url: string;
  /** Runs statements as the superuser, one simple query; rows of the last one. */
  execute(sql: string, database?: string): Promise<Record<string, unknown>[]>;
  /** Replaces these settings on the running server; new connections see them when this returns. */
  configure(settings: PostgresSettings): Promise<void>;
  stop(): Promise<void>;
};

const USER = 'postgres';
const PASSWORD = 'test-superuser';
const OPEN_HBA = ['host all all 127.0.0.1/32 scram-sha-256'];
// the server must be the superuser's to reconfigure even while a test locks everybody out
const OWN_HBA = `host all ${USER} 127.0.0.1/32 scram-sha-256`;

/** Starts a throw-away PostgreSQL on a free loopback port, data in a temporary folder. About one second. */
export async function startPostgres(options: PostgresSettings = {}): Promise<PostgresServer> {
  const identity = await runAs();
  const binaries = await postgresBinaries(identity !== null);
  const home = await mkdtemp(join(tmpdir(), 'postgres-'));
  const data = join(home, 'data');
  try {
    await prepare(home, data, binaries, identity);
    await writeSettings(data, options, identity);
    const { child, port } = await start(binaries, data, identity);
    return server(child, port, home, data, identity);
  } catch (error) {
    await rm(home, { recursive: true, force: true });
    throw error;
  }
}

type Identity = { uid: number; gid: number } | null;

/** null: as ourselves. PostgreSQL refuses root; `nobody` is on every system and owns nothing else. */
async function runAs(): Promise<Identity> {
  if (process.getuid?.() !== 0) return null;
  const line = (await readFile('/etc/passwd', 'utf8')).split('\n').find((each) => each.startsWith('nobody:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  return { uid: Number(uid ?? 65534), gid: Number(gid ?? 65534) };
}

async function own(path: string, identity: Identity) {
  if (identity) await chown(path, identity.uid, identity.gid);
}

async function prepare(home: string, data: string, { initdb }: PostgresBinaries, identity: Identity) {
  await chmod(home, 0o755);
  await mkdir(data, { mode: 0o700 });
  await own(data, identity);
  const passwordFile = join(home, 'password');
  await writeFile(passwordFile, PASSWORD, { mode: 0o600 });
  await own(passwordFile, identity);
  const flags = ['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--no-sync', '--no-instructions'];
  // case folding beyond ASCII without depending on the locales of the system
  flags.push('--locale-provider=builtin', '--builtin-locale=C.UTF-8');
  const child = spawn(initdb, [`--pgdata=${data}`, `--username=${USER}`, `--pwfile=${passwordFile}`, ...flags], {
    ...identity,
    cwd: home,
    env: { ...process.env, LC_ALL: 'C' },
  });
  let log = '';
  child.stdout.on('data', (chunk) => (log += chunk));
  child.stderr.on('data', (chunk) => (log += chunk));
  const [code] = (await once(child, 'close')) as [number];
  if (code !== 0) throw new Error(`initdb ended with ${code}: ${log}`);
}

async function writeSettings(data: string, wanted: PostgresSettings, identity: Identity) {
  const write = async (name: string, text: string) => {
    await writeFile(join(data, name), text, { mode: 0o600 });
    await own(join(data, name), identity);
  };
  const lines = [
    "listen_addresses = '127.0.0.1'",
    "unix_socket_directories = ''",
    'fsync = off',
    'synchronous_commit = off',
  ];
  lines.push("shared_buffers = '32MB'");
  if (wanted.tls) {
    await write('server.crt', wanted.tls.cert);
    await write('server.key', wanted.tls.key);
    lines.push('ssl = on');
  }
  if (wanted.clientCa) {
    await write('clients.crt', wanted.clientCa);
    lines.push("ssl_ca_file = 'clients.crt'");
  }
  for (const [name, value] of Object.entries(wanted.settings ?? {})) lines.push(`${name} = '${value}'`);
  await write('postgresql.auto.conf', `${lines.join('\n')}\n`);
  await write('pg_hba.conf', `${[OWN_HBA, ...(wanted.hba ?? OPEN_HBA)].join('\n')}\n`);
}

async function start({ postgres }: PostgresBinaries, data: string, identity: Identity) {
  let log = '';
  // the port is free when asked for; somebody else may take it before the server does
  for (let attempt = 0; attempt < 3; attempt++) {
    const port = await freePort();
    const child = spawn(postgres, ['-D', data, '-p', String(port)], {
      ...identity,
      cwd: data,
      env: { ...process.env, LC_ALL: 'C' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const ready = await new Promise<boolean>((resolve) => {
      child.stderr.on('data', (chunk) => {
        log = (log + chunk).slice(-4000);
        if (String(chunk).includes('ready to accept connections')) resolve(true);
      });
      child.once('close', () => resolve(false));
    });
    if (ready) return { child, port };
  }
  throw new Error(`PostgreSQL did not start: ${log}`);
}

function server(child: ChildProcess, port: number, home: string, data: string, identity: Identity): PostgresServer {
  const host = '127.0.0.1';
  // a test run that ends without stop(): best effort, the server may still be writing
  const kill = () => {
    child.kill('SIGQUIT');
    rmSync(home, { recursive: true, force: true, maxRetries: 3 });
  };
  process.once('exit', kill);

  async function execute(sql: string, database = 'postgres') {
    const client = new Client({ host, port, user: USER, password: PASSWORD, database, ssl: false });
    client.on('error', () => undefined);
    await client.connect();
    try {
      const result: unknown = await client.query(sql);
      const last = (Array.isArray(result) ? result.at(-1) : result) as { rows: Record<string, unknown>[] };
      return last.rows;
    } finally {
      await client.end();
    }
  }

  const loadedAt = async () => String((await execute('select pg_conf_load_time()::text as at'))[0]!['at']);

  return {
    host,
    port,
    user: USER,
    password: PASSWORD,
    url: `postgres://${USER}:${PASSWORD}@${host}:${port}/postgres`,
    execute,
    async configure(settings) {
      const before = await loadedAt();
      await writeSettings(data, settings, identity);
      await execute('select pg_reload_conf()');
      while ((await loadedAt()) === before);
    },
    async stop() {
      process.off('exit', kill);
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGINT');
        await once(child, 'close');
      }
      await rm(home, { recursive: true, force: true });
    },
  };
}
