/**
 * From a checked address to an open, where asked encrypted, stream: TCP, then TLS as PostgreSQL negotiates it
 * (manual, section 54.2.11). Used for sessions and for cancel requests. No driver here: its own negotiation neither
 * connects to a given address nor tells its steps apart.
 */
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions, TLSSocket } from 'node:tls';
import type { ConnectCause } from '../connect-causes.ts';
import { ConnectFailure, type ConnectStep, type ServerFacts } from '../contract.ts';
import { handshakeFailure, watchCertificate } from '../handshake-failure.ts';
import { socketCause } from '../socket-cause.ts';
import { certificateFacts } from '../tls.ts';
import { whoAnswers } from '../who-answers.ts';

export type Wire = { stream: Socket | TLSSocket; tls: ServerFacts['tls'] };

export type WireSettings = {
  ip: string;
  port: number;
  /** made once the server is reached; null: not encrypted. @throws ConnectFailure for a bad PEM text */
  tls: () => (ConnectionOptions & { rejectUnauthorized: boolean }) | null;
  /** the total deadline: destroys what is open */
  signal: AbortSignal;
};

const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

/** Throws {@link ConnectFailure}; the socket is destroyed then. */
export async function openWire(settings: WireSettings, observe: (step: ConnectStep) => void = () => {}): Promise<Wire> {
  const { signal } = settings;
  const startedAt = performance.now();
  const socket = connectTcp({ host: settings.ip, port: settings.port, noDelay: true, keepAlive: true });
  // an error between two steps has no other listener and would end the process
  socket.on('error', () => {});
  await step(socket, signal, 'filtered', (done) => socket.once('connect', () => done(undefined)));
  observe({ stage: 'tcp', ms: performance.now() - startedAt });
  try {
    const options = settings.tls();
    if (!options) return { stream: socket, tls: null };
    return await encrypt(socket, options, signal, observe);
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

async function encrypt(
  socket: Socket,
  options: ConnectionOptions & { rejectUnauthorized: boolean },
  signal: AbortSignal,
  observe: (step: ConnectStep) => void,
): Promise<Wire> {
  const startedAt = performance.now();
  socket.write(SSL_REQUEST);
  const answer = await step<Buffer>(socket, signal, 'login-timed-out', (done) => socket.once('data', done));
  const why = refusal(answer);
  if (why) throw why;
  const stream = connectTls({ ...options, socket });
  stream.on('error', () => {});
  await step(stream, signal, 'login-timed-out', (done) => stream.once('secureConnect', () => done(undefined)));
  const facts = {
    protocol: stream.getProtocol() ?? 'TLS',
    verified: options.rejectUnauthorized,
    certificate: certificateFacts(stream.getPeerX509Certificate()),
  };
  observe({ stage: 'tls', ms: performance.now() - startedAt, ...facts });
  return { stream, tls: facts };
}

/** Only the one byte `S` goes on to TLS: anything more was sent by somebody in between, or is another protocol. */
function refusal(answer: Buffer): ConnectFailure | null {
  const text = answer.toString('latin1');
  if (text === 'S') return null;
  if (text === 'N') return new ConnectFailure('tls-refused', 'the server answered that it does not offer TLS');
  const error = text.startsWith('E') ? /M([^\0]+)\0/.exec(text.slice(5))?.[1] : undefined;
  if (error !== undefined && /too many/.test(error)) return new ConnectFailure('too-many-connections', error);
  if (error !== undefined) return new ConnectFailure('other', error);
  return new ConnectFailure('wrong-protocol', whoAnswers(answer));
}

/** Waits for one event; an error, the end of the stream or the deadline rejects and destroys it. */
function step<T>(
  stream: Socket | TLSSocket,
  signal: AbortSignal,
  late: ConnectCause,
  listen: (done: (value: T) => void) => void,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const certificate = stream instanceof TLSSocket ? watchCertificate(stream) : () => undefined;
    const settle = (act: () => void) => {
      stream.off('error', failed).off('close', closed);
      signal.removeEventListener('abort', expired);
      act();
    };
    const fail = (failure: ConnectFailure) =>
      settle(() => {
        stream.destroy();
        reject(failure);
      });
    const failed = (error: NodeJS.ErrnoException) =>
      fail(handshakeFailure(error, certificate()) ?? new ConnectFailure(socketCause(error.code), error.message));
    const closed = () => fail(new ConnectFailure('closed', 'the server closed the connection'));
    const expired = () => fail(new ConnectFailure(late, 'the deadline passed'));
    stream.once('error', failed).once('close', closed);
    if (signal.aborted) expired();
    else signal.addEventListener('abort', expired, { once: true });
    listen((value) => settle(() => resolve(value)));
  });
}
