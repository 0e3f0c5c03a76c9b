// What a Node program does by hand: node:http, hard-coded routes, the driver, JSON.stringify. No token, no parsing, no names.
// node test/bench/raw-server.ts ENGINE URL
import { fork } from 'node:child_process';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import pg from 'pg';
import { NAMES } from './item-table.ts';

type Work = {
  one(id: number): Promise<unknown>;
  list(category: string): Promise<unknown>;
  insert(values: unknown[]): Promise<unknown>;
};

const [engine = '', url = ''] = process.argv.slice(2);
const works: Record<string, () => Work | Promise<Work>> = { postgresql, mysql: mysqlWork, sqlite };
const work = await works[engine]!();
const writable = NAMES.slice(1);

const server = createServer((request, response) => {
  route(request, response).catch((error: unknown) => {
    response.statusCode = 500;
    response.end(String(error));
  });
});
server.keepAliveTimeout = 30_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`listening ${typeof address === 'object' ? address?.port : ''}\n`);
});

async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [, what, value = ''] = (request.url ?? '').split('/');
  if (what === 'one') return send(response, 200, await work.one(Number(value)));
  if (what === 'list') return send(response, 200, await work.list(value));
  let text = '';
  for await (const chunk of request) text += String(chunk);
  const body = JSON.parse(text) as Record<string, unknown>;
  return send(response, 201, await work.insert(writable.map((name) => body[name])));
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

function postgresql(): Work {
  const pool = new pg.Pool({ connectionString: url, max: 10 });
  const into = `insert into item (${NAMES.slice(1).join(', ')}) values (${NAMES.slice(1)
    .map((_, at) => `$${at + 1}`)
    .join(', ')}) returning *`;
  const rows = async (name: string, text: string, values: unknown[]) => (await pool.query({ name, text, values })).rows;
  return {
    one: (id) => rows('one', 'select * from item where id = $1', [id]),
    list: (category) =>
      rows('list', 'select * from item where category = $1 order by price desc, id limit 50', [category]),
    insert: (values) => rows('insert', into, values),
  };
}

function mysqlWork(): Work {
  const pool = mysql.createPool({ uri: url, connectionLimit: 10, timezone: 'Z' });
  const into = `insert into item (${NAMES.slice(1).join(', ')}) values (${NAMES.slice(1)
    .map(() => '?')
    .join(', ')})`;
  const rows = async (text: string, values: unknown[]) => (await pool.execute(text, values as never))[0];
  return {
    one: (id) => rows('select * from item where id = ?', [id]),
    list: (category) => rows('select * from item where category = ? order by price desc, id limit 50', [category]),
    async insert(values) {
      const at = NAMES.slice(1).indexOf('created');
      const given = values.map((value, index) =>
        index === at ? String(value).replace('T', ' ').replace('Z', '') : value,
      );
      const { insertId } = (await rows(into, given)) as { insertId: number };
      return rows('select * from item where id = ?', [insertId]);
    },
  };
}

/** A long statement must not stop a server, so a program by hand keeps its database in a child process too. */
function sqlite(): Work {
  const child = fork(join(import.meta.dirname, 'raw-sqlite-child.ts'), [url], { serialization: 'advanced' });
  const waiting = new Map<number, (rows: unknown) => void>();
  let last = 0;
  child.on('message', ({ id, rows }: { id: number; rows: unknown }) => {
    waiting.get(id)?.(rows);
    waiting.delete(id);
  });
  const ask = (text: string, values: unknown[]) =>
    new Promise<unknown>((resolve) => {
      waiting.set(++last, resolve);
      child.send({ id: last, text, values });
    });
  const into = `insert into item (${NAMES.slice(1).join(', ')}) values (${NAMES.slice(1)
    .map(() => '?')
    .join(', ')}) returning *`;
  return {
    one: (id) => ask('select * from item where id = ?', [id]),
    list: (category) => ask('select * from item where category = ? order by price desc, id limit 50', [category]),
    insert: (values) =>
      ask(
        into,
        values.map((value) => (typeof value === 'boolean' ? Number(value) : value)),
      ),
  };
}
