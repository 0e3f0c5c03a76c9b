import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket, connect } from 'node:net';

export type TcpServer = {
  port: number;
  /** connections that are open at this moment */
  open: ReadonlySet<Socket>;
  /** Resolves when no connection is open any more. */
  idle(): Promise<void>;
  stop(): Promise<void>;
};

/** A server on 127.0.0.1 that does with a connection what the test says: silent, rude, of another protocol. */
export async function startTcpServer(
  onConnection: (socket: Socket) => void,
  options: { /** do not hang up because the other end did */ allowHalfOpen?: boolean } = {},
): Promise<TcpServer> {
  const open = new Set<Socket>();
  const server = createServer(options, (socket) => {
    open.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      open.delete(socket);
      server.emit('left');
    });
    onConnection(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    open,
    async idle() {
      while (open.size > 0) await once(server, 'left');
    },
    async stop() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

export type TcpProxy = TcpServer & {
  /** From now on nothing passes, in open and in new connections, and nobody is told: a half-open network. */
  freeze(): void;
};

/** Passes connections on to a port of 127.0.0.1. */
export async function startTcpProxy(port: number): Promise<TcpProxy> {
  let frozen = false;
  const pass = (near: Socket) => {
    const far = connect(port, '127.0.0.1');
    far.on('error', () => near.destroy());
    near.on('data', (chunk) => frozen || far.write(chunk));
    far.on('data', (chunk) => frozen || near.write(chunk));
    near.on('end', () => frozen || near.end());
    near.on('close', () => far.destroy());
    far.on('close', () => frozen || near.destroy());
  };
  const server = await startTcpServer(pass, { allowHalfOpen: true });
  return {
    ...server,
    freeze: () => {
      frozen = true;
    },
  };
}
