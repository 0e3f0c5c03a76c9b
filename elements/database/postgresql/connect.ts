import { ConnectFailure, type ConnectStep, type Target } from '../contract.ts';
import type { Statement } from '../schema.ts';
import { type Connection, openConnection } from './client.ts';
import { postgresql } from './definition.ts';
import { type DriverError, loginCause } from './errors.ts';
import { quote } from './quote.ts';
import { type Server, capabilitiesOf, readServer } from './server.ts';
import { PostgresSession } from './session.ts';

/** The server looks this often whether the client of a running statement is still there (manual, section 19.3.1). */
const CHECK_INTERVAL_MS = 1_000;
const CHECK_INTERVAL_SINCE = 14;

/** Signs in and settles the session in one round trip. Throws {@link ConnectFailure}. */
export async function connect(
  target: Target,
  observe: (step: ConnectStep) => void = () => {},
): Promise<PostgresSession> {
  const deadline = performance.now() + target.connectTimeoutMs;
  let session: PostgresSession | null = null;
  const connection = await openConnection(target, observe, () => session?.lose());
  const server = readServer(connection.parameters);
  await settle(connection, target, server, deadline - performance.now());
  const facts = {
    product: server.product,
    version: server.version,
    tls: connection.tls,
    get timeZone() {
      return connection.parameters.get('TimeZone') ?? '';
    },
  };
  session = new PostgresSession(
    connection,
    facts,
    capabilitiesOf(server, postgresql.capabilities),
    target.statementTimeoutMs,
  );
  return session;
}

async function settle(connection: Connection, target: Target, server: Server, leftMs: number): Promise<void> {
  let late = false;
  const timer = setTimeout(
    () => {
      late = true;
      connection.destroy();
    },
    Math.max(1, leftMs),
  );
  try {
    if (server.tooOld) throw new ConnectFailure('server-too-old', `${server.product} ${server.tooOld}`);
    const { sql, parameters } = sessionSettings(target, server);
    await connection.send({ text: sql, values: parameters });
  } catch (error) {
    connection.destroy();
    if (error instanceof ConnectFailure) throw error;
    const { message } = error as DriverError;
    throw new ConnectFailure(late ? 'login-timed-out' : loginCause(error as DriverError), message);
  } finally {
    clearTimeout(timer);
  }
}

/** What statements rely on is set for every session, whatever server, database or role have as their default. */
function sessionSettings(target: Target, server: Server): Statement {
  const settings: Record<string, string> = {
    statement_timeout: String(target.statementTimeoutMs),
    TimeZone: String(target.options['timeZone'] ?? 'UTC'),
    standard_conforming_strings: 'on',
    bytea_output: 'hex',
    extra_float_digits: '1',
    DateStyle: 'ISO, YMD',
  };
  if (server.product === 'PostgreSQL' && server.major >= CHECK_INTERVAL_SINCE) {
    settings['client_connection_check_interval'] = String(CHECK_INTERVAL_MS);
  }
  if (target.readOnly) settings['default_transaction_read_only'] = 'on';
  const entries = Object.entries(settings);
  const calls = entries.map((_, index) => `set_config($${index * 2 + 1}, $${index * 2 + 2}, false)`);
  const parameters = entries.flat();
  // the schema of the element first, then what the role finds anyway, such as a schema of extensions
  if (target.schema !== null) {
    calls.push(`set_config('search_path', $${parameters.length + 1} || ', ' || current_setting('search_path'), false)`);
    parameters.push(quote(target.schema));
  }
  return { sql: `select ${calls.join(', ')}`, parameters };
}
