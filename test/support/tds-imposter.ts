/** A small server that speaks the first messages of TDS as a test wants them ([MS-TDS] sections 2.2.3, 2.2.6.5, 2.2.7). */
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { createSecureContext, TLSSocket } from 'node:tls';

export const ENCRYPT = { off: 0, on: 1, notSupported: 2, required: 3 } as const;
const TYPE = { batch: 0x01, rpc: 0x03, result: 0x04, attention: 0x06, prelogin: 0x12 } as const;
const HEADER_BYTES = 8;
const END_OF_MESSAGE = 1;

/** What comes out of each step; a step that is left out is silence. */
export type TdsScript = {
  encryption?: number;
  /** PEM; the handshake is answered with it */
  tls?: { cert: string; key: string };
  login?: Buffer | ((socket: Socket) => void);
  /** answers a batch or call, by its text; null: silence */
  answer?: (text: string) => Buffer | null;
};

const packet = (body: Buffer, type: number = TYPE.result): Buffer => {
  const head = Buffer.from([type, END_OF_MESSAGE, 0, 0, 0, 0, 1, 0]);
  head.writeUInt16BE(HEADER_BYTES + body.length, 2);
  return Buffer.concat([head, body]);
};

/** Options VERSION and ENCRYPTION, with a terminator between them and their data. */
const prelogin = (encryption: number): Buffer =>
  Buffer.from([0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xff, 16, 0, 16, 0, 0, 0, encryption]);

const number = (value: number, bytes: number) => {
  const buffer = Buffer.alloc(bytes);
  buffer.writeIntLE(value, 0, Math.min(bytes, 6));
  return buffer;
};
const wide = (text: string) => Buffer.from(text, 'utf16le');
const short = (text: string) => Buffer.concat([Buffer.from([text.length]), wide(text)]);
const long = (text: string) => Buffer.concat([number(text.length, 2), wide(text)]);
const token = (kind: number, body: Buffer) => Buffer.concat([Buffer.from([kind]), number(body.length, 2), body]);

/** @param status 0x02: an error, 0x20: an attention is acknowledged */
export const done = (status = 0) => Buffer.concat([Buffer.from([0xfd]), number(status, 2), number(0, 2), number(0, 8)]);

export const error = (code: number, text: string): Buffer =>
  Buffer.concat([
    token(
      0xaa,
      Buffer.concat([number(code, 4), Buffer.from([1, 14]), long(text), short('DB1'), short(''), number(1, 4)]),
    ),
    done(2),
  ]);

export const welcome = Buffer.concat([
  token(
    0xad,
    Buffer.concat([Buffer.from([1, 0x74, 0, 0, 4]), short('Microsoft SQL Server'), Buffer.from([16, 0, 0x0f, 0xa0])]),
  ),
  done(),
]);

/** ENVCHANGE of type 20 (section 2.2.7.9): whom to ask instead. */
export const routed = (host: string, port: number): Buffer => {
  const address = Buffer.concat([Buffer.from([0]), number(port, 3).subarray(0, 2), long(host)]);
  const body = Buffer.concat([Buffer.from([20]), number(address.length, 2), address, number(0, 2)]);
  return Buffer.concat([token(0xe3, body), welcome]);
};

/** One row of texts and whole numbers. */
export function row(cells: Record<string, string | number | null>): Buffer {
  const names = Object.keys(cells);
  const columns = names.map((name) => {
    const isText = typeof cells[name] === 'string';
    const type = isText ? Buffer.from([0xe7, 0, 16, 9, 4, 0xd0, 0, 0x34]) : Buffer.from([0x26, 4]);
    return Buffer.concat([number(0, 4), number(1, 2), type, short(name)]);
  });
  const values = names.map((name) => {
    const value = cells[name];
    if (typeof value === 'string') return Buffer.concat([number(value.length * 2, 2), wide(value)]);
    return typeof value === 'number' ? Buffer.concat([Buffer.from([4]), number(value, 4)]) : Buffer.from([0]);
  });
  return Buffer.concat([
    Buffer.from([0x81]),
    number(names.length, 2),
    ...columns,
    Buffer.from([0xd1]),
    ...values,
    done(),
  ]);
}

export function serveTds(script: TdsScript): (socket: Socket) => void {
  return (socket) => {
    let step: 'prelogin' | 'login' | 'ready' = 'prelogin';
    let stream: Duplex = socket;
    let feed: ((bytes: Buffer) => void) | null = null;
    const messages = reassemble((type, body) => {
      if (step === 'prelogin') {
        step = 'login';
        socket.write(packet(prelogin(script.encryption ?? ENCRYPT.notSupported)));
        if (script.tls) feed = startTls(socket, script.tls, (secure) => listen(secure));
        return;
      }
      if (step === 'login') {
        step = 'ready';
        if (typeof script.login === 'function') script.login(socket);
        else if (script.login) stream.write(packet(script.login));
        return;
      }
      // what was running ends first, then the attention is acknowledged (section 3.3.5.7)
      if (type === TYPE.attention) return void stream.write(Buffer.concat([packet(done(2)), packet(done(0x20))]));
      const answer = script.answer?.(body.toString('utf16le'));
      if (answer) stream.write(packet(answer));
    });
    const listen = (secure: Duplex) => {
      stream = secure;
      secure.on('data', messages).on('error', () => {});
    };
    socket.on('data', (bytes: Buffer) => (feed ? feed(bytes) : messages(bytes)));
  };
}

function reassemble(take: (type: number, body: Buffer) => void): (bytes: Buffer) => void {
  let seen = Buffer.alloc(0);
  let body: Buffer[] = [];
  return (bytes) => {
    seen = Buffer.concat([seen, bytes]);
    while (seen.length >= HEADER_BYTES && seen.length >= seen.readUInt16BE(2)) {
      const length = seen.readUInt16BE(2);
      const [type = 0, status = 0] = seen;
      body.push(seen.subarray(HEADER_BYTES, length));
      seen = seen.subarray(length);
      if (!(status & END_OF_MESSAGE)) continue;
      const whole = Buffer.concat(body);
      body = [];
      take(type, whole);
    }
  };
}

/** A TLS handshake travels in PRELOGIN messages, one answer to each; what follows it does not (section 3.2.5.2). */
function startTls(
  socket: Socket,
  { cert, key }: { cert: string; key: string },
  opened: (secure: TLSSocket) => void,
): (bytes: Buffer) => void {
  let out: Buffer[] = [];
  let secured = false;
  let bare = false;
  const transport = new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, next) {
      if (bare) return void socket.write(chunk, () => next());
      if (out.push(chunk) === 1) setImmediate(flush);
      next();
    },
  });
  const flush = () => {
    if (out.length > 0) socket.write(packet(Buffer.concat(out), TYPE.prelogin));
    out = [];
    bare = secured;
  };
  const unwrap = reassemble((_type, body) => void transport.push(body));
  const secure = new TLSSocket(transport, { isServer: true, secureContext: createSecureContext({ cert, key }) });
  secure.on('error', () => {});
  secure.once('secure', () => {
    // its own last messages are still to be written
    secured = true;
    opened(secure);
  });
  return (bytes) => void (bare ? transport.push(bytes) : unwrap(bytes));
}
