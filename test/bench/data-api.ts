import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import mysql from 'mysql2/promise';
import type { LocalEngine } from '#test/support/local-engine.ts';
import { startMariadb } from '../support/mariadb-server.ts';
import { startPostgres } from '../support/postgres-server.ts';
import { CATEGORIES, itemScript, newItem, ROWS } from './item-table.ts';
import { load, median, type Measured, type Shot } from './load.ts';
import { startMooring } from './mooring.ts';

/** A database with the table in it: how the raw program and the element reach it. */
type Ready = Parameters<typeof startMooring>[1] & { url: string; stop(): Promise<void> };

const ROUNDS = 3;
const SECONDS = 3;

export type Row = { engine: string; what: string; connections: number; raw: Measured; mooring: Measured };

/** Measures the data API beside the raw program on one engine: A B A B, medians. */
export async function measureDataApi(engine: LocalEngine, tell: (text: string) => void): Promise<Row[]> {
  const ready = await starters[engine]();
  const { portal, token } = await startMooring(engine, ready);
  const raw = await startRaw(engine, ready.url);
  try {
    const rows: Row[] = [];
    for (const connections of [16, 64]) {
      for (const [what, shots] of Object.entries(scenarios(token))) {
        const measured = { raw: [] as Measured[], mooring: [] as Measured[] };
        for (let round = 0; round < ROUNDS; round++) {
          measured.raw.push(await load(raw.url, withChildren(raw.child), shots.raw, connections, SECONDS));
          measured.mooring.push(
            await load(portal.url, withChildren(portal.child), shots.mooring, connections, SECONDS),
          );
        }
        const row = { engine, what, connections, raw: middle(measured.raw), mooring: middle(measured.mooring) };
        tell(line(row));
        rows.push(row);
      }
    }
    return rows;
  } finally {
    raw.child.kill();
    await portal.stop();
    await ready.stop();
  }
}

function line({ engine, what, connections, raw, mooring }: Row): string {
  const figures = [
    `${engine} ${what}`.padEnd(20),
    `${connections} conn`.padStart(8),
    `ratio ${(mooring.rate / raw.rate).toFixed(2)}`,
    `cpu ${mooring.cpu.toFixed(0)}/${raw.cpu.toFixed(0)} µs`.padEnd(16),
    `p99 ${mooring.p99}/${raw.p99} ms`.padEnd(14),
    `(${mooring.rate.toFixed(0)}/${raw.rate.toFixed(0)} req/s, errors ${mooring.errors}/${raw.errors})`,
  ];
  return figures.join('  ');
}

function scenarios(token: string): Record<string, { raw: Shot; mooring: Shot }> {
  const api = '/data/bench/development/item';
  const headers = { authorization: `Bearer ${token}` };
  const id = () => 1 + Math.floor(Math.random() * ROWS);
  const category = () => `c${Math.floor(Math.random() * CATEGORIES)}`;
  const body = newItem();
  return {
    one: {
      raw: { method: 'GET', path: () => `/one/${id()}` },
      mooring: { method: 'GET', path: () => `${api}?id=eq.${id()}`, headers },
    },
    list: {
      raw: { method: 'GET', path: () => `/list/${category()}` },
      mooring: { method: 'GET', path: () => `${api}?category=eq.${category()}&order=price.desc,id&limit=50`, headers },
    },
    insert: {
      raw: { method: 'POST', path: () => '/insert', body },
      mooring: { method: 'POST', path: () => api, body, headers: { ...headers, prefer: 'return=representation' } },
    },
  };
}

function middle(all: Measured[]): Measured {
  const of = (name: keyof Measured) => median(all.map((each) => each[name]));
  return { rate: of('rate'), p99: of('p99'), cpu: of('cpu'), errors: Math.max(...all.map((each) => each.errors)) };
}

async function startRaw(engine: LocalEngine, url: string): Promise<{ url: string; child: ChildProcess }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'raw-server.ts'), engine, url], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  return { url: `http://127.0.0.1:${/listening (\d+)/.exec(said.toString())?.[1] ?? ''}`, child };
}

/** A process and its children, so that a database kept in a child is counted on both sides (Linux). */
function withChildren(child: ChildProcess): number[] {
  const parent = child.pid ?? 0;
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => parentOf(name) === parent)
    .map(Number);
  return [parent, ...children];
}

function parentOf(pid: string): number {
  try {
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1]);
  } catch {
    return 0;
  }
}

const starters: Record<LocalEngine, () => Promise<Ready>> = {
  async postgresql() {
    const server = await startPostgres({ settings: { max_connections: 100, shared_buffers: '128MB' } });
    await server.execute('create database bench');
    await server.execute(itemScript('postgresql'), 'bench');
    await server.execute('vacuum analyze item', 'bench');
    const { host, port, user, password } = server;
    const body = { host, port, user, database: 'bench' };
    return { url: server.url.replace(/\/postgres$/, '/bench'), body, password, stop: () => server.stop() };
  },
  async mysql() {
    const server = await startMariadb();
    await server.execute('create database bench');
    const connection = await mysql.createConnection({ uri: `${server.url}/bench`, multipleStatements: true });
    for (const statement of itemScript('mysql').split(';\n')) await connection.query(statement);
    await connection.query('analyze table item');
    await connection.end();
    const body = { host: '127.0.0.1', port: server.port, user: server.user, database: 'bench' };
    return { url: `${server.url}/bench`, body, password: server.password, stop: () => server.stop() };
  },
  sqlite() {
    const folder = mkdtempSync(join(tmpdir(), 'bench-'));
    const file = join(folder, 'item.db');
    const database = new Database(file);
    database.exec(itemScript('sqlite'));
    database.close();
    return Promise.resolve({
      url: file,
      body: { file: 'item.db' },
      password: null,
      prepare: (home) => serveFile(home, file),
      stop: () => Promise.resolve(rmSync(folder, { recursive: true, force: true })),
    });
  },
};

/** The element's file lies in the portal's own folder: it gets a copy. */
function serveFile(home: string, file: string): void {
  const target = join(home, 'data', 'bench', 'development', 'item.db');
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync(file, target);
}
