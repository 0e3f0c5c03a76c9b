/** Who is on the port is named, and whatever is there: a test of a connection ends in time, and nothing of it stays. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestReport } from '#lib/http/api.ts';
import { TEST_STAGES } from '#lib/http/api.ts';
import { greeting } from '#test/support/mysql-imposter.ts';
import { message } from '#test/support/postgres-imposter.ts';
import { freePort } from '#test/support/free-port.ts';
import { startTcpServer } from '#test/support/tcp-server.ts';
import { mysql } from '#test/support/provocations/mysql.ts';
import { postgresql } from '#test/support/provocations/postgresql.ts';
import type { Lab, Provocations, Provoked } from '#test/support/provocations/provocation.ts';
import { runInLab } from '#test/support/provocations/run-in-lab.ts';
import { sqlite } from '#test/support/provocations/sqlite.ts';

const TOTAL_MS = 10_000;
const labs: Record<string, Lab> = {};

beforeAll(async () => {
  const starts = Object.entries({ postgresql, mysql, sqlite } as unknown as Record<string, Provocations<Lab>>);
  await Promise.all(starts.map(async ([name, { start }]) => (labs[name] = await start())));
}, 120_000);
afterAll(() => Promise.all(Object.values(labs).map((lab) => lab.stop())));

const failed = (report: TestReport) => report.stages.find(({ state }) => state === 'failed');
const SERVERS = ['postgresql', 'mysql'];

describe('who is on the port is named, and the usual port offered', () => {
  const usual: Record<string, string> = { postgresql: '5432', mysql: '3306' };

  test.each([
    ['postgresql', 'mysql', 'a MariaDB server answers there'],
    ['mysql', 'postgresql', 'a PostgreSQL server answers there'],
  ])('%s finds %s', async (asking, answering, who) => {
    for (const mode of ['disable', 'require']) {
      const fields = { port: labs[answering]!.fields['port']!, tls: { mode }, pool: { connectTimeoutMs: 1_500 } };
      const stage = failed(await runInLab(labs[asking]!, { fields }));
      expect(stage).toMatchObject({ stage: 'login', code: 'wrong-protocol', offers: [usual[asking]] });
      expect(stage?.message).toContain(who);
      expect(stage?.next).toContain(usual[asking]);
    }
  });

  test.each(SERVERS)('%s finds HTTP', async (asking) => {
    const http = await startTcpServer((socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
    );
    const fields = { port: http.port, tls: { mode: 'disable' }, pool: { connectTimeoutMs: 600 } };
    const stage = failed(await runInLab(labs[asking]!, { fields }));
    await http.stop();
    expect(stage?.message).toMatch(
      /^What is on localhost:\d+ does not speak the protocol of \w+: HTTP answers there\.$/,
    );
  });
});

test('the names in the certificate are offered, but for wildcards', async () => {
  const { authority, server, settings } = labs['postgresql'] as Awaited<ReturnType<typeof postgresql.start>>;
  const names = ['db.example.com', '*.example.com', 'db.internal'];
  await server.configure({ ...settings, tls: await authority.issue({ commonName: 'db', names }) });
  const stage = failed(await runInLab(labs['postgresql']!));
  await server.configure(settings);
  expect(stage).toMatchObject({ code: 'wrong-name', offers: ['db.example.com', 'db.internal'] });
  expect(stage?.message).toContain(names.join(', '));
});

const every = (ms: number, what: (socket: Socket) => void) => (socket: Socket) => {
  const timer = setInterval(() => what(socket), ms);
  socket.on('close', () => clearInterval(timer));
};
const LONG = { connectTimeoutMs: 60_000, statementTimeoutMs: 60_000 };

/** Passes everything on to the real server, a moment later than is bearable. */
const behind = (port: number) => (socket: Socket) => {
  const far = connect(port, '127.0.0.1').on('error', () => socket.destroy());
  socket.on('data', (chunk) => setTimeout(() => far.writable && far.write(chunk), 700));
  far.on('data', (chunk) => setTimeout(() => socket.writable && socket.write(chunk), 700));
  socket.on('close', () => far.destroy());
};

const DIFFICULT: Record<string, (port: number) => (socket: Socket) => void> = {
  silent: () => () => {},
  'a tarpit that sends zeros': () => every(50, (socket) => socket.write('\0')),
  'a tarpit within its protocol': () => (socket) => {
    // a long message that never comes to its end
    socket.write(greeting().subarray(0, 10));
    socket.once('data', () => socket.write(message('E', 'x'.repeat(60_000)).subarray(0, 20)));
    every(50, () => socket.write('x'))(socket);
  },
  garbage: () => every(10, (socket) => socket.write(Buffer.from([0, 255, 1, 254, 82, 69, 10, 0]))),
  slow: behind,
};

test('however a server behaves, a test ends within its ten seconds with all stages told', async () => {
  const asked = Object.entries(DIFFICULT).flatMap(([what, serve]) => SERVERS.map((name) => ({ what, serve, name })));
  const all = await Promise.all(
    asked.map(async ({ what, serve, name }) => {
      const lab = labs[name]!;
      const server = await startTcpServer((socket) => serve(Number(lab.fields['port']))(socket.resume()));
      const fields = { port: server.port, tls: { mode: 'disable' }, pool: LONG };
      const report = await runInLab(lab, { fields });
      await server.idle();
      await server.stop();
      return { what, name, report };
    }),
  );
  for (const { what, name, report } of all) {
    expect(report.stages.map(({ stage }) => stage)).toEqual(TEST_STAGES);
    expect([what, name, report.state]).toEqual([what, name, 'failed']);
    expect(report.ms).toBeLessThan(TOTAL_MS);
  }
});

const MANY = 1_000;
const AT_ONCE = 8;

const sockets = () =>
  readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).startsWith('socket:');
    } catch {
      return false; // the one that read the folder
    }
  }).length;
const children = () =>
  readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8').split(' ').filter(Boolean).length;

test('a thousand tests leave no socket and no process behind', async () => {
  const before = { sockets: sockets(), children: children() };
  const closes = await startTcpServer((socket) => socket.destroy());
  const refused = await freePort();
  const plain = { tls: { mode: 'disable' } };
  const kinds: [string, Provoked][] = [
    ['postgresql', {}],
    ['mysql', {}],
    ['sqlite', {}],
    ['postgresql', { password: 'another one' }],
    ['mysql', { fields: { tls: { mode: 'verify-full' } } }],
    ['sqlite', { fields: { file: 'none.db', readOnly: true } }],
    ...SERVERS.flatMap((name): [string, Provoked][] => [
      [name, { fields: { port: refused } }],
      [name, { fields: { ...plain, port: closes.port } }],
      [name, { fields: { tls: { mode: 'verify-full', ca: 'no PEM' } } }],
      [name, { fields: { host: 'db.example.com' }, resolver: () => Promise.reject(new Error('none')) }],
    ]),
  ];
  const states: Record<string, number> = {};
  let next = 0;
  const work = async () => {
    for (let index = next++; index < MANY; index = next++) {
      // good ones cost more than the others: each kind of them comes once in a round of thirty
      const [name, provoked] = kinds[index % 30 < 6 ? index % 30 : 6 + (index % (kinds.length - 6))]!;
      const { state } = await runInLab(labs[name]!, provoked);
      states[state] = (states[state] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  await closes.stop();
  expect(states['ok']).toBeGreaterThan(90);
  expect(states['failed']).toBeGreaterThan(800);
  // what the servers were made ready with may have been open still
  const left = () => [Math.max(0, sockets() - before.sockets), Math.max(0, children() - before.children)];
  await expect.poll(left, { timeout: 5_000 }).toEqual([0, 0]);
}, 120_000);
