/**
 * The one file that speaks to the `mysql2` driver: it opens a connection to a checked address, signs in, and gives a
 * session on it.
 *
 * `caching_sha2_password` without TLS: on a first sign-in the server wants the password itself; the driver then asks
 * for the server's RSA key and sends the password encrypted with it. Nobody vouches for that key, so the TLS modes
 * `verify-ca` and `verify-full` are the ones that keep a password from whoever stands between.
 */
import { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { ConnectionOptions, TLSSocket } from 'node:tls';
import { createConnection } from 'mysql2';
import type { Connection, QueryError, QueryResult } from 'mysql2';
import type { ConnectStep, ServerFacts, Target } from '../contract.ts';
import { ConnectFailure, DatabaseFailure } from '../contract.ts';
import type { DriverError } from './errors.ts';
import { dial } from './dial.ts';
import { awaitGreeting } from './greeting.ts';
import { KeptStatements, type Preparing } from './kept-statements.ts';
import { loginFailure, settingFailure, TLS_HINT } from './login-failure.ts';
import { readServer } from './server.ts';
import type { Server } from './server.ts';
import { MysqlSession } from './session.ts';
import type { Wire } from './session.ts';
import { settings } from './settings.ts';
import { handshakeFailure, watchCertificate } from '../handshake-failure.ts';
import { certificateFacts, tlsOptions } from '../tls.ts';

const KILL_DEADLINE_MS = 2_000;
const PREPARED_STATEMENTS = 100;

/** A hostile or mistaken answer would otherwise fill the memory; a text in JavaScript ends at 512 MiB anyway. */
const LONGEST_ANSWER_BYTES = 256 * 1024 * 1024;
const tooLong = () => Object.assign(new Error('the answer is longer than 256 MiB'), { code: 'ANSWER_TOO_LONG' });

type Observe = (step: ConnectStep) => void;

/** What of the driver is used beyond its types; `engine.test.ts` holds that it is there. */
type Internals = Connection & {
  stream: Socket;
  serverCapabilityFlags: number;
  packetParser: { execute(data: Buffer): void; onPacket(packet: unknown): void };
  startTLS(done: (error?: Error) => void): void;
};

type Opened = { connection: Connection; tls: ServerFacts['tls'] };

/** Opens one connection, signs in and settles the modes of its session. Throws {@link ConnectFailure}. */
export async function connect(target: Target, observe: Observe = () => {}): Promise<MysqlSession> {
  const deadline = Date.now() + target.connectTimeoutMs;
  const { connection, tls } = await open(target, observe, deadline);
  const session = new MysqlSession(wire(connection, target), target.statementTimeoutMs);
  const timer = setTimeout(() => sever(connection), Math.max(1, deadline - Date.now()));
  try {
    const server = await readFacts(session);
    if (server.tooOld) throw new ConnectFailure('server-too-old', server.tooOld);
    for (const sql of settings(target)) await session.run({ sql, parameters: [] });
    session.know(server, tls, String(target.options['timeZone'] ?? '+00:00'));
    return session;
  } catch (error) {
    sever(connection);
    if (!(error instanceof DatabaseFailure)) throw error;
    throw Date.now() >= deadline
      ? new ConnectFailure('login-timed-out', 'no answer in time')
      : withoutPassword(settingFailure(error), target);
  } finally {
    clearTimeout(timer);
  }
}

/** At once; the driver's own `destroy` waits for what is still to be sent. */
const sever = (connection: Connection) => (connection as Internals).stream.destroy();

async function readFacts(session: MysqlSession): Promise<Server> {
  const sql = 'SELECT version() AS version, @@version_comment AS comment';
  const { rows } = await session.run({ sql, parameters: [] });
  return readServer(String(rows[0]?.['version']), String(rows[0]?.['comment']));
}

async function open(target: Target, observe: Observe, deadline: number): Promise<Opened> {
  if (target.endpoint.kind !== 'server') throw new Error('a server is wanted, not a file');
  const options = tlsOptions({
    mode: target.tls.mode,
    name: target.tls.serverName ?? target.endpoint.host,
    ca: target.tls.ca,
    cert: target.tls.cert,
    key: target.tls.key?.reveal() ?? null,
    passphrase: target.tls.keyPassphrase?.reveal() ?? null,
  });
  const socket = new Socket();
  // Stays for the whole life of the socket: an error without a listener would end the process.
  socket.on('error', () => {});
  const timer = setTimeout(() => socket.destroy(expired(socket)), Math.max(1, deadline - Date.now()));
  try {
    await dial(socket, target.endpoint.ip, target.endpoint.port, observe);
    const started = performance.now();
    await awaitGreeting(socket, Math.max(1, (deadline - Date.now()) * 0.7));
    return await signIn(target, socket, options, started, observe);
  } catch (error) {
    socket.destroy();
    throw Date.now() >= deadline && !(error instanceof ConnectFailure && error.why === 'filtered')
      ? new ConnectFailure('login-timed-out', 'no answer in time')
      : error;
  } finally {
    clearTimeout(timer);
  }
}

const expired = (socket: Socket) =>
  Object.assign(new Error('no answer in time'), { code: socket.connecting ? 'ETIMEDOUT' : 'DEADLINE' });

/** The driver does the sign-in; TLS is ours, because its own checks neither `verify-ca` nor a name of one's choice. */
function signIn(
  target: Target,
  socket: Socket,
  options: ConnectionOptions | null,
  started: number,
  observe: Observe,
): Promise<Opened> {
  return new Promise((resolve, reject) => {
    let tls: ServerFacts['tls'] = null;
    let tlsMs = 0;
    let tlsError: ConnectFailure | null = null;
    const tellLogin = () => observe({ stage: 'login', ms: performance.now() - started - tlsMs });

    const connection = guarded(drive(target, socket, options !== null) as Internals);
    // Stays for the whole life of the connection, like the one on the socket.
    connection.on('error', (error) => {
      const hint = options === null && connection.serverCapabilityFlags & OFFERS_TLS ? TLS_HINT : '';
      const failure = withoutPassword(loginFailure(error as DriverError, tlsError, hint), target);
      if (failure.why === 'unknown-database' || failure.why === 'no-database-right') tellLogin();
      reject(failure);
    });
    connection.once('connect', () => {
      if (options !== null && tls === null) return reject(new ConnectFailure('tls-failed', 'signed in before TLS'));
      tellLogin();
      resolve({ connection, tls });
    });
    // The greeting waits in the paused socket.
    socket.resume();
    if (options === null) return;

    connection.startTLS = (done) => {
      const begun = performance.now();
      const secure = secureSocket(connection, options);
      const certificate = watchCertificate(secure);
      secure.once('secureConnect', () => {
        tlsMs = performance.now() - begun;
        tls = tlsFacts(secure, target);
        observe({ stage: 'tls', ms: tlsMs, ...tls });
        done();
      });
      secure.on('error', (error: NodeJS.ErrnoException) => {
        // With TLS 1.3 a refused client certificate shows only after the handshake.
        tlsError = handshakeFailure(error, certificate()) ?? (tls === null ? brokenHandshake(error.message) : null);
        if (tls === null) done(Object.assign(new Error(error.message), { code: error.code }));
        else socket.destroy(error);
      });
      // A server that hangs up in the middle of the handshake says so by closing only.
      socket.once('close', () =>
        reject(loginFailure(new Error('closed') as DriverError, tlsError ?? closedInTls(tls))),
      );
    };
  });
}

/** A hostile server may repeat what it was sent. */
function withoutPassword({ why, detail, offers }: ConnectFailure, { password }: Target): ConnectFailure {
  const text = password?.reveal() ?? '';
  return new ConnectFailure(why, text === '' ? detail : detail.replaceAll(text, '[secret]'), offers);
}

const brokenHandshake = (detail: string) => new ConnectFailure('tls-failed', detail);

const closedInTls = (tls: ServerFacts['tls']) =>
  tls === null ? brokenHandshake('the connection was closed in the handshake') : null;

function drive(target: Target, socket: Socket, encrypted: boolean): Connection {
  try {
    return createConnection({
      stream: () => socket,
      user: target.user,
      password: target.password?.reveal() ?? '',
      ...(target.database === null ? {} : { database: target.database }),
      ...(encrypted ? { ssl: {} } : {}),
      charset: String(target.options['charset'] ?? 'utf8mb4'),
      // A server could otherwise ask for files of this machine.
      flags: ['-LOCAL_FILES'],
      connectTimeout: 0,
      multipleStatements: false,
      supportBigNumbers: true,
      bigNumberStrings: true,
      dateStrings: true,
      jsonStrings: true,
      // the kept ones, and the one that is about to push another out
      maxPreparedStatements: PREPARED_STATEMENTS + 1,
    });
  } catch (error) {
    throw new ConnectFailure('other', (error as Error).message);
  }
}

/** A packet that the driver can not read throws out of the socket's event, which would end the process. */
function guarded(connection: Internals): Internals {
  const { packetParser } = connection;
  const { onPacket } = packetParser;
  packetParser.onPacket = (packet) => {
    try {
      onPacket(packet);
    } catch (error) {
      connection.stream.destroy(Object.assign(error as Error, { code: 'PROTOCOL_UNEXPECTED_PACKET' }));
    }
  };
  return connection;
}

/** As the driver's own `startTLS` does it, with our options. */
function secureSocket(connection: Internals, options: ConnectionOptions): TLSSocket {
  const raw = connection.stream;
  raw.removeAllListeners('data');
  const secure = connectTls({ ...options, socket: raw });
  secure.on('data', (data: Buffer) => connection.packetParser.execute(data));
  connection.stream = secure;
  return secure;
}

function tlsFacts(secure: TLSSocket, target: Target): NonNullable<ServerFacts['tls']> {
  return {
    protocol: secure.getProtocol() ?? 'TLS',
    verified: target.tls.mode.startsWith('verify-'),
    certificate: certificateFacts(secure.getPeerX509Certificate()),
  };
}

/** CLIENT_SSL of the protocol's capability flags */
const OFFERS_TLS = 0x800;
type Done = (error: QueryError | null, result: QueryResult) => void;

/** The little of the driver that a session needs. */
function wire(connection: Connection, target: Target): Wire {
  const { stream } = connection as Internals;
  const kept = new KeptStatements<Done>(connection as unknown as Preparing<Done>, PREPARED_STATEMENTS);
  let received = 0;
  stream.on('data', (chunk: Buffer) => {
    received += chunk.length;
    if (received > LONGEST_ANSWER_BYTES) stream.destroy(tooLong());
  });
  return {
    send: (statement, prepared, done) => {
      received = 0;
      const { sql, parameters } = statement;
      // Values never enter the text: with parameters it is always a prepared statement.
      if (prepared || parameters.length > 0) kept.run(sql, parameters, done as Done);
      else connection.query({ sql }, done as Done);
    },
    onLost: (lost) => {
      connection.on('error', lost);
      connection.on('end', lost);
    },
    quit: (done) => connection.end(done),
    cut: () => sever(connection),
    kill: () => killOnServer(target, connection.threadId),
  };
}

/** Ends the other connection and its statement on the server, over a short-lived one. Never throws. */
async function killOnServer(target: Target, id: number): Promise<void> {
  try {
    const { connection } = await open({ ...target, database: null }, () => {}, Date.now() + KILL_DEADLINE_MS);
    const late = setTimeout(() => sever(connection), KILL_DEADLINE_MS);
    connection.query(`KILL ${id}`, () => {
      clearTimeout(late);
      sever(connection);
    });
  } catch {
    // The server can not be reached or has no place for another connection: its own deadline ends the statement.
  }
}
