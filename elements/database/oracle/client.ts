/** The one file that speaks to the `oracledb` driver, in its thin mode: it opens a connection, signs in, and gives a session on it. */
import oracledb from 'oracledb';
import transport from 'oracledb/lib/thin/sqlnet/ntTcp.js';
import type { ConnectStep, Target } from '../contract.ts';
import { ConnectFailure, DatabaseFailure } from '../contract.ts';
import { tlsOptions } from '../tls.ts';
import { descriptor } from './descriptor.ts';
import { loginFailure } from './errors.ts';
import type { DriverError } from './errors.ts';
import { readServer } from './server.ts';
import { OracleSession } from './session.ts';
import { settings } from './settings.ts';
import { during, takeOver } from './transport.ts';
import type { Attempt } from './transport.ts';
import { wireOf } from './wire.ts';
import type { DriverConnection, DriverConstants } from './wire.ts';

type Observe = (step: ConnectStep) => void;

/** Opens one connection, signs in and settles the forms of its session. Throws {@link ConnectFailure}. */
export async function connect(target: Target, observe: Observe = () => {}): Promise<OracleSession> {
  const connectString = descriptor(target);
  const attempt = attemptOf(target, observe);
  takeOver(transport.prototype);
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    attempt.socket?.destroy();
  }, target.connectTimeoutMs);
  try {
    const connection = await during(attempt, () => signIn(target, connectString, attempt));
    const session = sessionOn(connection, target, attempt);
    for (const statement of settings(target)) await session.run(statement);
    return session;
  } catch (error) {
    const signed = attempt.socket !== null && !attempt.socket.connecting;
    attempt.socket?.destroy();
    if (late) throw new ConnectFailure(signed ? 'login-timed-out' : 'filtered', 'no answer in time');
    throw attempt.failure ?? failureOf(error);
  } finally {
    clearTimeout(timer);
  }
}

function failureOf(error: unknown): unknown {
  if (error instanceof ConnectFailure) return error;
  if (error instanceof DatabaseFailure) {
    // ORA-01435: `current_schema` names a user that is not there
    const why = error.code === 'ORA-01435' ? 'unknown-schema' : error.kind === 'connection-lost' ? 'closed' : 'other';
    return new ConnectFailure(why, error.message);
  }
  return loginFailure(error as DriverError);
}

function attemptOf({ endpoint, tls }: Target, observe: Observe): Attempt {
  if (endpoint.kind !== 'server') throw new Error('a server is wanted, not a file');
  const options = tlsOptions({
    mode: tls.mode,
    name: tls.serverName ?? endpoint.host,
    ca: tls.ca,
    cert: tls.cert,
    key: tls.key?.reveal() ?? null,
    passphrase: tls.keyPassphrase?.reveal() ?? null,
  });
  const { ip, port } = endpoint;
  return { ip, port, mode: tls.mode, tls: options, observe, socket: null, facts: null, failure: null };
}

async function signIn(target: Target, connectString: string, attempt: Attempt): Promise<oracledb.Connection> {
  const started = performance.now();
  const seconds = Math.ceil(target.connectTimeoutMs / 1000) + 1;
  const connection = await oracledb.getConnection({
    user: target.user,
    password: target.password?.reveal() ?? '',
    connectString,
    program: String(target.options['applicationName'] ?? 'mooring'),
    // ours ends earlier; these hold should it ever not
    connectTimeout: seconds,
    transportConnectTimeout: seconds,
  });
  attempt.observe({ stage: 'login', ms: performance.now() - started });
  return connection;
}

function sessionOn(connection: oracledb.Connection, target: Target, attempt: Attempt): OracleSession {
  const server = readServer(connection.oracleServerVersionString);
  if (server.tooOld !== null) throw new ConnectFailure('server-too-old', server.tooOld);
  const { socket, facts } = attempt;
  const wire = wireOf(connection as unknown as DriverConnection, oracledb as unknown as DriverConstants, {
    // what is still to be sent is a cancel
    cut: () => void socket?.destroySoon(),
    onLost: (lost) => void socket?.on('close', lost),
  });
  return new OracleSession(
    wire,
    { product: server.product, version: server.version, tls: facts },
    { timeoutMs: target.statementTimeoutMs, readOnly: target.readOnly },
  );
}
