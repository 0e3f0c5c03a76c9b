/** Small servers that say what a test wants in the handshake of MySQL (protocol 10), or something else altogether. */
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

export type Imposter = { port: number; open(): number; stop(): Promise<void> };

/** @param serve is given every connection */
export async function startImposter(serve: (socket: Socket) => void): Promise<Imposter> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {});
    serve(socket);
    // An unread socket would not notice that the other side has gone.
    socket.resume();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    open: () => sockets.size,
    stop: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

export function packet(sequence: number, body: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUIntLE(body.length, 0, 3);
  head[3] = sequence;
  return Buffer.concat([head, body]);
}

const SSL = 0x800;
/** long password, connect with database, protocol 41, secure connection, plugin authentication */
const CAPABILITIES = 0x1 | 0x8 | 0x200 | 0x8000 | 0x80000;

export function greeting(options: { version?: string; tls?: boolean; plugin?: string } = {}): Buffer {
  const { version = '8.4.3', tls = false, plugin = 'mysql_native_password' } = options;
  const flags = CAPABILITIES | (tls ? SSL : 0);
  const figures = Buffer.alloc(18);
  figures.writeUInt16LE(flags & 0xffff, 0);
  figures[2] = 45;
  figures.writeUInt16LE(2, 3);
  figures.writeUInt16LE(flags >>> 16, 5);
  figures[7] = 21;
  const body = Buffer.concat([
    Buffer.from([10]),
    Buffer.from(`${version}\0`),
    Buffer.from([1, 0, 0, 0]),
    Buffer.from('12345678\0'),
    figures,
    Buffer.from('123456789012\0'),
    Buffer.from(`${plugin}\0`),
  ]);
  return packet(0, body);
}

/** @param state left out before the handshake, as servers do */
export function errorPacket(sequence: number, errno: number, message: string, state?: string): Buffer {
  const code = Buffer.alloc(2);
  code.writeUInt16LE(errno);
  return packet(
    sequence,
    Buffer.concat([Buffer.from([0xff]), code, Buffer.from(state ? `#${state}` : ''), Buffer.from(message)]),
  );
}

/** Greets, takes the sign-in and refuses it with that error. */
export function refusesWith(errno: number, message: string): (socket: Socket) => void {
  return (socket) => {
    socket.write(greeting());
    socket.once('data', () => socket.end(errorPacket(2, errno, message, 'HY000')));
  };
}
