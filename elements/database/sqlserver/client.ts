/** The one file that speaks to the `tedious` driver and sees secrets in the clear: signs in, sends, cancels, ends. */
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { Connection, Request, TYPES } from 'tedious';
import { ConnectFailure, type ConnectStep, type Row, type ServerFacts, type Target } from '../contract.ts';
import type { Parameter } from '../schema.ts';
import { certificateFacts, tlsOptions } from '../tls.ts';
import { Dialler } from './dial.ts';
import { lookUpInstance } from './instance.ts';
import { loginFailure, type Told } from './login-failure.ts';
import type { Wire } from './session.ts';
import { verify } from './verify.ts';

type Observe = (step: ConnectStep) => void;
type Driven = { connection: Connection; dialler: Dialler; told: Told; tls(): ServerFacts['tls'] };

/** Throws {@link ConnectFailure} within `target.connectTimeoutMs`, leaving no socket behind. `onLost` is called once. */
export async function openConnection(target: Target, observe: Observe, onLost: () => void): Promise<Wire> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), target.connectTimeoutMs);
  try {
    const { endpoint } = target;
    if (endpoint.kind !== 'server') throw new Error('SQL Server is reached over a network');
    const port =
      endpoint.instance === undefined
        ? endpoint.port
        : await lookUpInstance(endpoint.ip, endpoint.instance, deadline.signal);
    return await signIn(drive(target, endpoint, port, observe), target, deadline.signal, observe, onLost);
  } finally {
    clearTimeout(timer);
  }
}

type Server = Extract<Target['endpoint'], { kind: 'server' }>;

function drive(target: Target, endpoint: Server, port: number, observe: Observe): Driven {
  const dialler = new Dialler(endpoint, observe);
  const name = target.tls.serverName ?? endpoint.host;
  const checks = tlsOptions({
    mode: target.tls.mode,
    name,
    ca: target.tls.ca,
    cert: null,
    key: null,
    passphrase: null,
  });
  const connection = new Connection({
    server: endpoint.host,
    authentication: {
      type: 'default',
      options: { userName: target.user, password: target.password?.reveal() ?? '' },
    },
    options: {
      ...SESSION,
      port,
      // its type leaves out what the driver calls it with
      connector: dialler.connect as unknown as () => Promise<Socket>,
      database: target.database ?? 'master',
      appName: String(target.options['applicationName'] ?? 'mooring'),
      packetSize: Number(target.options['packetSize'] ?? 4096),
      connectTimeout: target.connectTimeoutMs,
      encrypt: checks !== null,
      // The driver checks chain and name together or not at all; the modes need them apart, so both are checked here.
      trustServerCertificate: true,
      cryptoCredentialsDetails: { minVersion: 'TLSv1.2', ...(checks?.ca === undefined ? {} : { ca: checks.ca }) },
      serverName: name,
    },
  });
  let tls: ServerFacts['tls'] = null;
  const started = performance.now();
  const told: Told = { numbers: [], texts: [] };
  // Stays for the whole life of the connection: an error without a listener would end the process.
  connection.on('error', () => {});
  connection.on('errorMessage', ({ number, message }) => {
    told.numbers.push(number);
    told.texts.push(message);
  });
  connection.on('secure', (cleartext) => {
    const secure = cleartext as TLSSocket;
    const fault = verify(secure, target.tls.mode, name);
    // The password is still to be sent: the socket ends here and now.
    if (fault) return void dialler.give(fault);
    const verified = target.tls.mode.startsWith('verify-');
    const certificate = certificateFacts(secure.getPeerX509Certificate());
    tls = { protocol: secure.getProtocol() ?? 'TLS', verified, certificate };
    observe({ stage: 'tls', ms: performance.now() - started, ...tls });
  });
  return { connection, dialler, told, tls: () => tls };
}

/** What statements mean is set for every session, whatever server, database or login have as their default. */
const SESSION = {
  // our own deadlines hold: the driver's end with the first packet of an answer
  requestTimeout: 0,
  cancelTimeout: 0,
  maxRetriesOnTransientErrors: 0,
  abortTransactionOnError: true,
  dateFormat: 'ymd',
  language: 'us_english',
} as const;

function signIn(
  { connection, dialler, told, tls }: Driven,
  target: Target,
  signal: AbortSignal,
  observe: Observe,
  onLost: () => void,
): Promise<Wire> {
  const started = performance.now();
  return new Promise<Wire>((resolve, reject) => {
    const expire = () => connection.close();
    signal.addEventListener('abort', expire, { once: true });
    connection.connect((error) => {
      signal.removeEventListener('abort', expire);
      if (!error && !dialler.fault) {
        observe({ stage: 'login', ms: performance.now() - started });
        connection.on('end', onLost);
        return resolve(wire(connection, dialler, tls()));
      }
      connection.close();
      const cause = loginFailure(error ?? new Error('closed'), told, {
        fault: dialler.fault,
        late: signal.aborted,
        encrypting: target.tls.mode !== 'disable' && dialler.answered && tls() === null,
      });
      reject(withoutPassword(cause, target));
    });
    if (signal.aborted) expire();
  });
}

/** A hostile server may repeat what it was sent. */
function withoutPassword({ why, detail }: ConnectFailure, { password }: Target): ConnectFailure {
  const secret = password?.reveal() ?? '';
  return new ConnectFailure(why, secret === '' ? detail : detail.replaceAll(secret, '[secret]'));
}

/** The little of the driver that a session needs. */
function wire(connection: Connection, dialler: Dialler, tls: ServerFacts['tls']): Wire {
  const settled = (act: (done: (error?: Error | null) => void) => void) =>
    new Promise<void>((resolve, reject) => act((error) => (error ? reject(error) : resolve())));
  return {
    tls,
    send: ({ sql, parameters }) =>
      new Promise((resolve, reject) => {
        dialler.received = 0;
        let rows: Row[] = [];
        const request = new Request(sql, (error, affected) => {
          if (error) reject(error);
          else resolve({ rows, affected: affected ?? 0 });
        });
        // the last result counts: those of triggers come before it
        request.on('columnMetadata', () => (rows = []));
        request.on('row', (columns: Column[]) => rows.push(rowOf(columns)));
        parameters.forEach((value, at) => request.addParameter(`p${at + 1}`, typeOf(value), bound(value)));
        if (parameters.length > 0) connection.execSql(request);
        else connection.execSqlBatch(request);
      }),
    begin: () => settled((done) => connection.beginTransaction(done)),
    commit: () => settled((done) => connection.commitTransaction(done)),
    rollback: () => settled((done) => connection.rollbackTransaction(done)),
    cancel: () => void connection.cancel(),
    cut: () => connection.close(),
  };
}

type Column = { metadata: { colName: string }; value: unknown };

const rowOf = (columns: Column[]): Row =>
  Object.fromEntries(columns.map(({ metadata, value }) => [metadata.colName, value]));

/** Declared as the server reads it; `dml.ts` converts what is to be something else. */
function typeOf(value: Parameter) {
  if (typeof value === 'boolean') return TYPES.Bit;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? TYPES.BigInt : TYPES.Float;
  return value instanceof Uint8Array ? TYPES.VarBinary : TYPES.NVarChar;
}

const bound = (value: Parameter) => (value instanceof Uint8Array ? Buffer.from(value) : value);
