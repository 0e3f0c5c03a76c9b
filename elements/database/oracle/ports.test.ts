import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { target } from '#test/support/oracle-target.ts';
import { ConnectFailure } from '../contract.ts';
import { connect } from './client.ts';

const servers: Server[] = [];
const sockets = new Set<Socket>();
afterEach(async () => {
  for (const server of servers.splice(0)) {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function listen(speak: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    speak(socket);
    socket.resume();
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as { port: number }).port;
}

async function failure(port: number, part: Partial<typeof target> = {}): Promise<ConnectFailure> {
  const endpoint = { kind: 'server', host: 'db.example.com', port, ip: '127.0.0.1' } as const;
  const failed = await connect({ ...target, endpoint, connectTimeoutMs: 1_500, ...part }).catch(
    (error: unknown) => error,
  );
  if (!(failed instanceof ConnectFailure)) throw failed;
  return failed;
}

/** A packet of Oracle Net: length, checksum, type, flag, checksum of the header, body. */
function packet(type: number, body: Buffer): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt16BE(body.length + 8);
  header[4] = type;
  return Buffer.concat([header, body]);
}

const counted = (text: string) => {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(text.length);
  return Buffer.concat([length, Buffer.from(text)]);
};

const gone = () => expect.poll(() => sockets.size).toBe(0);

test('a port where nothing listens', async () => {
  const port = await listen(() => {});
  await new Promise((resolve) => servers.pop()?.close(resolve));
  expect((await failure(port)).why).toBe('refused');
});

test('a server that closes at once', async () => {
  expect((await failure(await listen((socket) => socket.end()))).why).toBe('closed');
});

test('a silent server, within the deadline, and no socket is left', async () => {
  const started = performance.now();
  expect((await failure(await listen(() => {}))).why).toBe('login-timed-out');
  expect(performance.now() - started).toBeLessThan(4_000);
  await gone();
});

test('a server of another protocol', async () => {
  const http = await listen((socket) => socket.once('data', () => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n')));
  expect((await failure(http)).why).toBe('wrong-protocol');
  await gone();
});

test('a listener that knows no such service', async () => {
  const text = '(DESCRIPTION=(ERR=12514)(VSNNUM=318767104))';
  const refusal = packet(4, Buffer.concat([Buffer.from([0, 0]), counted(text)]));
  const port = await listen((socket) => socket.once('data', () => socket.write(refusal)));
  expect((await failure(port)).why).toBe('unknown-service');
});

test('a listener that sends one on is not followed', async () => {
  let reached = 0;
  const elsewhere = await listen(() => (reached += 1));
  const text = `(ADDRESS=(PROTOCOL=tcp)(HOST=127.0.0.1)(PORT=${elsewhere}))`;
  const redirect = packet(5, counted(text));
  const port = await listen((socket) => socket.once('data', () => socket.write(redirect)));
  const failed = await failure(port);
  expect([failed.why, failed.detail]).toEqual(['redirected', `127.0.0.1:${elsewhere}`]);
  expect(reached).toBe(0);
  await gone();
});

test('TLS against a server without it', async () => {
  const port = await listen((socket) => socket.once('data', () => socket.end('what is this?')));
  expect((await failure(port, { tls: { ...target.tls, mode: 'require' } })).why).toBe('tls-failed');
  await gone();
});

test('a service name that would leave its place in the descriptor is refused before anything is sent', async () => {
  let reached = 0;
  const port = await listen(() => (reached += 1));
  for (const serviceName of ['a)(HOST=b', 'a=b', "a'b", 'a\nb', 'a b', ''])
    expect((await failure(port, { serviceName })).why).toBe('unknown-service');
  expect(reached).toBe(0);
});
