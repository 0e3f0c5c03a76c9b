/** Sockets to the checked address and to no other, wherever the server sends its clients on to. */
import { Socket } from 'node:net';
import { ConnectFailure, type ConnectStep, type Target } from '../contract.ts';
import { socketCause } from '../socket-cause.ts';

type Server = Extract<Target['endpoint'], { kind: 'server' }>;

/** A hostile or mistaken answer would otherwise fill the memory; a text in JavaScript ends at 512 MiB anyway. */
const LONGEST_ANSWER_BYTES = 256 * 1024 * 1024;
/** The server answers with tabular results, in packets of a header of eight bytes ([MS-TDS] section 2.2.3.1). */
const TABULAR_RESULT = 0x04;
const HEADER_BYTES = 8;
/** The address itself, and one routing answer that leads to it. */
const MOST_DIALS = 2;

export class Dialler {
  /** why the connection was given up, where the driver can not know */
  fault: ConnectFailure | null = null;
  /** the server has answered with a packet of the protocol */
  answered = false;
  /** bytes of the answer that is being read */
  received = 0;
  readonly #endpoint: Server;
  readonly #observe: (step: ConnectStep) => void;
  #socket: Socket | null = null;
  #dials = 0;

  constructor(endpoint: Server, observe: (step: ConnectStep) => void) {
    this.#endpoint = endpoint;
    this.#observe = observe;
  }

  /** Ends the socket at once, with the reason to tell. */
  give(fault: ConnectFailure): ConnectFailure {
    this.fault ??= fault;
    this.#socket?.destroy(fault);
    return fault;
  }

  /** The driver's connector: called for the address itself, and again where the server answers with a routing token. */
  readonly connect = async (
    asked: { host: string; port: number },
    _lookup: unknown,
    signal: AbortSignal,
  ): Promise<Socket> => {
    this.#dials++;
    if (this.#dials > MOST_DIALS || (this.#dials > 1 && !this.#isHere(asked.host))) {
      throw this.give(new ConnectFailure('redirected', `${asked.host}:${asked.port}`));
    }
    const socket = new Socket();
    this.#socket = socket;
    // Stays for the whole life of the socket: an error without a listener would end the process.
    socket.on('error', () => {});
    await this.#open(socket, asked.port, signal);
    socket.on('data', (chunk: Buffer) => this.#look(socket, chunk));
    return socket;
  };

  #isHere(host: string): boolean {
    return host === this.#endpoint.ip || host.toLowerCase() === this.#endpoint.host.toLowerCase();
  }

  #open(socket: Socket, port: number, signal: AbortSignal): Promise<void> {
    const started = performance.now();
    return new Promise((resolve, reject) => {
      const late = () => socket.destroy(Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' }));
      const failed = (error: NodeJS.ErrnoException) => {
        signal.removeEventListener('abort', late);
        reject(this.give(new ConnectFailure(socketCause(error.code), error.message)));
      };
      socket.once('error', failed);
      signal.addEventListener('abort', late, { once: true });
      socket.setNoDelay(true).setKeepAlive(true);
      socket.connect({ host: this.#endpoint.ip, port }, () => {
        signal.removeEventListener('abort', late);
        socket.off('error', failed);
        if (this.#dials === 1) this.#observe({ stage: 'tcp', ms: performance.now() - started });
        resolve();
      });
      if (signal.aborted) late();
    });
  }

  /** What speaks another protocol is known by its first bytes. */
  #look(socket: Socket, chunk: Buffer): void {
    this.received += chunk.length;
    if (this.received > LONGEST_ANSWER_BYTES) socket.destroy(new Error('the answer is longer than 256 MiB'));
    if (this.answered) return;
    const length = chunk.length >= HEADER_BYTES ? chunk.readUInt16BE(2) : HEADER_BYTES;
    if (chunk[0] === TABULAR_RESULT && length >= HEADER_BYTES) this.answered = true;
    else this.give(new ConnectFailure('wrong-protocol', 'the first answer was not that of a SQL Server'));
  }
}
