/**
 * How the driver reaches the server: over a socket that is opened here, to the checked address alone, with TLS as the
 * settings have it. The driver's own TLS takes its name check from its settings and knows neither `require` nor
 * `verify-ca`; and it follows a listener that sends one on to any other address.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { ConnectionOptions, TLSSocket } from 'node:tls';
import { processWide } from '#lib/core/process-wide.ts';
import type { ConnectStep, ServerFacts, TlsMode } from '../contract.ts';
import { ConnectFailure } from '../contract.ts';
import { socketCause } from '../socket-cause.ts';
import { certificateFacts, tlsCause } from '../tls.ts';

/** One attempt to connect, known to the driver's transport by the asynchronous context it runs in. */
export type Attempt = {
  ip: string;
  port: number;
  mode: TlsMode;
  tls: ConnectionOptions | null;
  observe: (step: ConnectStep) => void;
  /** null: not opened yet */
  socket: Socket | null;
  facts: ServerFacts['tls'];
  /** what went wrong, in better words than the driver's */
  failure: ConnectFailure | null;
};

/** The driver's `lib/thin/sqlnet/ntTcp.js`, as far as it is replaced; `ports.test.ts` holds that it is there. */
export type Transport = {
  stream: Socket;
  connStream: Socket;
  connected: boolean;
  ntConnect(address: { host: string; port: number }): Promise<void>;
  tlsConnect(context: unknown, raw: Socket): Promise<void>;
  startRead(): void;
};

const attempts = () => processWide('oracle-attempts', () => new AsyncLocalStorage<Attempt>());

export function during<T>(attempt: Attempt, work: () => Promise<T>): Promise<T> {
  return attempts().run(attempt, work);
}

/** Puts our ways of opening in the place of the driver's, once a process. */
export function takeOver(transport: Transport): void {
  processWide('oracle-transport', () => {
    const { startRead } = transport;
    transport.ntConnect = open;
    transport.tlsConnect = secure;
    transport.startRead = function read(this: Transport) {
      startRead.call(this);
      this.stream.once('data', (chunk: Buffer) => judge(chunk));
    };
    return true;
  });
}

function current(): Attempt {
  const attempt = attempts().getStore();
  if (!attempt) throw new Error('the driver connects outside of an attempt');
  return attempt;
}

function fail(attempt: Attempt, failure: ConnectFailure): ConnectFailure {
  attempt.failure ??= failure;
  attempt.socket?.destroy();
  return failure;
}

async function open(this: Transport, address: { host: string; port: number }): Promise<void> {
  const attempt = current();
  if (attempt.socket) throw fail(attempt, new ConnectFailure('redirected', `${address.host}:${address.port}`));
  const started = performance.now();
  const socket = new Socket();
  attempt.socket = socket;
  await new Promise<void>((resolve, reject) => {
    socket.once('error', (error: NodeJS.ErrnoException) =>
      reject(fail(attempt, new ConnectFailure(socketCause(error.code), error.message))),
    );
    socket.once('close', () => reject(new ConnectFailure('filtered', 'no answer in time')));
    socket.setNoDelay(true).setKeepAlive(true);
    socket.connect({ host: attempt.ip, port: attempt.port }, resolve);
  });
  attempt.observe({ stage: 'tcp', ms: performance.now() - started });
  this.stream = socket;
  this.connected = true;
}

/** Also where the server takes the connection over from its listener, and asks for TLS anew. */
async function secure(this: Transport, _context: unknown, raw: Socket): Promise<void> {
  const attempt = current();
  if (attempt.tls === null) throw fail(attempt, new ConnectFailure('tls-failed', 'the server asks for TLS'));
  const started = performance.now();
  this.stream.removeAllListeners();
  raw.on('error', () => {});
  const socket: TLSSocket = connectTls({ ...attempt.tls, socket: raw });
  await new Promise<void>((resolve, reject) => {
    socket.on('error', (error: NodeJS.ErrnoException) =>
      reject(fail(attempt, new ConnectFailure(tlsCause(error.code) ?? 'tls-failed', error.message))),
    );
    raw.once('close', () => reject(fail(attempt, new ConnectFailure('tls-failed', 'closed in the handshake'))));
    socket.once('secureConnect', resolve);
  });
  const first = attempt.facts === null;
  attempt.facts = {
    protocol: socket.getProtocol() ?? 'TLS',
    verified: attempt.mode.startsWith('verify-'),
    certificate: certificateFacts(socket.getPeerX509Certificate()),
  };
  if (first) attempt.observe({ stage: 'tls', ms: performance.now() - started, ...attempt.facts });
  this.stream = socket;
  this.connStream = raw;
}

/** Packet types that a listener or server may answer a connect with: accept, refuse, redirect, data, resend, marker, control. */
const ANSWERS = new Set([2, 4, 5, 6, 11, 12, 14]);
const TYPE_AT = 4;

/** HTTP, MySQL, PostgreSQL or SSH would be waited for as a packet of many bytes. */
function judge(chunk: Buffer): void {
  const attempt = attempts().getStore();
  const type = chunk[TYPE_AT];
  if (!attempt || (type !== undefined && ANSWERS.has(type))) return;
  const text = chunk
    .subarray(0, 40)
    .toString('latin1')
    .replaceAll(/[^ -~]/g, '.');
  fail(attempt, new ConnectFailure('wrong-protocol', `it answered ${JSON.stringify(text)}`));
}
