/** The TCP connection to a checked address. */
import type { Socket } from 'node:net';
import type { ConnectStep } from '../contract.ts';
import { ConnectFailure } from '../contract.ts';
import { socketCause } from '../socket-cause.ts';

/** @throws ConnectFailure when the socket can not be connected, or is destroyed before it is */
export function dial(socket: Socket, ip: string, port: number, observe: (step: ConnectStep) => void): Promise<void> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException) =>
      reject(new ConnectFailure(socketCause(error.code), error.message));
    socket.once('error', onError);
    socket.setNoDelay(true).setKeepAlive(true);
    socket.connect({ host: ip, port }, () => {
      socket.off('error', onError);
      observe({ stage: 'tcp', ms: performance.now() - started });
      resolve();
    });
  });
}
