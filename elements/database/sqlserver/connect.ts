import { ConnectFailure, type ConnectStep, type Target } from '../contract.ts';
import { openConnection } from './client.ts';
import { type DriverError, loginCause } from './errors.ts';
import { type Server, readServer, SERVER_FACTS } from './server.ts';
import { SqlServerSession, type Wire } from './session.ts';
import { settings } from './settings.ts';

type Observe = (step: ConnectStep) => void;

/** Signs in, looks who answers, and settles the session. Throws {@link ConnectFailure}. */
export async function connect(target: Target, observe: Observe = () => {}): Promise<SqlServerSession> {
  const deadline = performance.now() + target.connectTimeoutMs;
  const left = () => Math.max(1, deadline - performance.now());
  let session: SqlServerSession | null = null;
  const wire = await openConnection(target, observe, () => session?.lose()).catch((error: unknown) =>
    explain(error, target, left(), observe),
  );
  const { product, version } = await settle(wire, target, left());
  session = new SqlServerSession(wire, { product, version }, target.statementTimeoutMs);
  return session;
}

function settle(wire: Wire, target: Target, leftMs: number): Promise<Server> {
  return within(wire, leftMs, async () => {
    const server = readServer((await wire.send(SERVER_FACTS)).rows[0] ?? {});
    if (server.tooOld) throw new ConnectFailure('server-too-old', server.tooOld);
    await wire.send(settings(target));
    return server;
  });
}

/** Work on a connection that is given up where the work fails or is late. */
async function within<T>(wire: Wire, leftMs: number, work: () => Promise<T>): Promise<T> {
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    wire.cut();
  }, leftMs);
  try {
    return await work();
  } catch (error) {
    wire.cut();
    if (error instanceof ConnectFailure) throw error;
    const { message, code, number } = error as DriverError;
    if (late) throw new ConnectFailure('login-timed-out', 'no answer in time');
    if (number !== undefined) throw new ConnectFailure(loginCause([number]), message);
    throw new ConnectFailure(code === 'ESOCKET' || code === 'ECLOSE' ? 'closed' : 'other', message);
  } finally {
    clearTimeout(timer);
  }
}

const ACCESS = 'select has_dbaccess(@p1) as access';

/**
 * The server says the same of a database that is not there and of one that the login may not enter (error 4060); another
 * look from `master` tells them apart (HAS_DBACCESS).
 */
async function explain(error: unknown, target: Target, leftMs: number, observe: Observe): Promise<never> {
  if (!(error instanceof ConnectFailure) || error.why !== 'unknown-database') throw error;
  observe({ stage: 'login', ms: target.connectTimeoutMs - leftMs });
  const elsewhere = { ...target, database: null, connectTimeoutMs: leftMs };
  const access = await openConnection(
    elsewhere,
    () => {},
    () => {},
  )
    .then((wire) =>
      within(wire, leftMs, async () => {
        const { rows } = await wire.send({ sql: ACCESS, parameters: [target.database] });
        wire.cut();
        return rows[0]?.['access'];
      }),
    )
    .catch(() => null);
  throw access === 0 ? new ConnectFailure('no-database-right', error.detail) : error;
}
