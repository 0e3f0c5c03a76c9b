import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { Worker } from 'node:worker_threads';

/** Listens, tells its port, and never takes a connection: its thread stands still. */
const LISTENER = `
  const { parentPort } = require('node:worker_threads');
  const server = require('node:net').createServer();
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    parentPort.postMessage(server.address().port);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });
`;

/** Connections that wait to be taken: the backlog and one more (listen(2), net/ipv4 `sk_acceptq_is_full`). */
const WAITING = 2;

/** A port that no longer answers anybody who knocks, as behind a firewall that drops: its queue is full. */
export async function startFullBacklog(): Promise<{ port: number; stop(): Promise<void> }> {
  const listener = new Worker(LISTENER, { eval: true });
  const [port] = (await once(listener, 'message')) as [number];
  const waiting: Socket[] = [];
  for (let index = 0; index < WAITING; index++) {
    const socket = connect(port, '127.0.0.1').on('error', () => {});
    waiting.push(socket);
    await once(socket, 'connect');
  }
  return {
    port,
    async stop() {
      for (const socket of waiting) socket.destroy();
      await listener.terminate();
    },
  };
}
