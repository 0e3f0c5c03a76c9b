import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createCertificates } from '#test/support/certificates.ts';
import { freePort } from '#test/support/free-port.ts';
import { message, refusalBy, welcome } from '#test/support/postgres-imposter.ts';
import { type PostgresServer, startPostgres } from '#test/support/postgres-server.ts';
import { type TargetWish, serverTarget } from '#test/support/server-target.ts';
import { type TcpServer, startTcpServer } from '#test/support/tcp-server.ts';
import { ConnectFailure, type ConnectStep, type Session } from '../contract.ts';
import { engine } from './engine.ts';

const PASSWORD = 'correct horse 7$"\'';
let server: PostgresServer;
let pem: Awaited<ReturnType<typeof createCertificates>>;
const sessions: Session[] = [];

beforeAll(async () => {
  pem = await createCertificates();
  server = await startPostgres({
    tls: pem.server,
    clientCa: pem.ca,
    hba: [
      'host all outsider 127.0.0.1/32 reject',
      'hostssl all encrypted 127.0.0.1/32 scram-sha-256',
      'host all encrypted 127.0.0.1/32 reject',
      'hostssl all bearer 127.0.0.1/32 scram-sha-256 clientcert=verify-ca',
      'hostssl all certified 127.0.0.1/32 cert',
      'host all old 127.0.0.1/32 md5',
      'host all plain 127.0.0.1/32 password',
      'host all everybody 127.0.0.1/32 trust',
      'host all all 127.0.0.1/32 scram-sha-256',
    ],
  });
  const names = ['app', 'outsider', 'encrypted', 'bearer', 'certified', 'old', 'plain', 'everybody'];
  const literal = `'${PASSWORD.replaceAll("'", "''")}'`;
  for (const name of names) await server.execute(`create role ${name} login password ${literal}`);
  await server.execute(`create role locked nologin password ${literal}`);
  await server.execute(`create role single login password ${literal} connection limit 1`);
  await server.execute('create database closed');
  await server.execute('revoke connect on database closed from public');
});
afterEach(async () => {
  await Promise.all(sessions.splice(0).map((session) => session.close()));
});
afterAll(() => server?.stop());

const target = (wish: Partial<TargetWish> = {}) =>
  serverTarget({ port: server.port, user: 'app', password: PASSWORD, ...wish });

async function connect(wish: Partial<TargetWish> = {}) {
  const steps: ConnectStep[] = [];
  const session = await engine.connect(target(wish), (step) => steps.push(step));
  sessions.push(session);
  return { session, steps, stages: steps.map(({ stage }) => stage) };
}

/** The cause, after the stages that were passed: `tcp tls wrong-login`. */
async function failing(wish: Partial<TargetWish>): Promise<string> {
  const steps: ConnectStep[] = [];
  try {
    sessions.push(await engine.connect(target(wish), (step) => steps.push(step)));
    return 'connected';
  } catch (error) {
    if (!(error instanceof ConnectFailure)) throw error;
    if (inspect(error, { depth: 9 }).includes(PASSWORD)) return 'the password is in the error';
    return [...steps.map(({ stage }) => stage), error.why].join(' ');
  }
}

describe('without TLS', () => {
  it('signs in, reporting each step', async () => {
    const { session, stages } = await connect();
    expect(stages).toEqual(['tcp', 'login']);
    expect(session.server).toMatchObject({ product: 'PostgreSQL', tls: null });
    expect(session.server.version).toMatch(/^\d+\.\d+$/);
    expect(session.capabilities.transactionalDdl).toBe(true);
  });

  it.each(['old', 'plain', 'everybody'])('signs in as %s, by another method', async (user) => {
    const { session } = await connect({ user });
    expect((await session.run({ sql: 'select current_user', parameters: [] })).rows).toEqual([{ current_user: user }]);
  });

  it('settles the session', async () => {
    const { session } = await connect({
      options: { applicationName: 'shop', timeZone: 'Europe/Berlin' },
      statementTimeoutMs: 4321,
      readOnly: true,
      schema: 'Some "where"',
    });
    const show = async (name: string) =>
      (await session.run({ sql: 'select current_setting($1) as value', parameters: [name] })).rows[0]!['value'];
    expect(await show('application_name')).toBe('shop');
    expect(await show('TimeZone')).toBe('Europe/Berlin');
    expect(await show('statement_timeout')).toBe('4321ms');
    expect(await show('client_connection_check_interval')).toBe('1s');
    expect(await show('search_path')).toBe('"Some ""where""", "$user", public');
    await expect(session.run({ sql: 'create table t ()', parameters: [] })).rejects.toMatchObject({
      kind: 'read-only',
    });
  });

  it.each<[string, Partial<TargetWish>]>([
    ['tcp wrong-login', { password: 'wrong' }],
    ['tcp wrong-login', { password: null }],
    ['tcp wrong-login', { user: 'old', password: '' }],
    ['tcp wrong-login', { user: 'nobody-of-that-name' }],
    ['tcp account-locked', { user: 'locked' }],
    ['tcp unknown-database', { database: 'nowhere' }],
    ['tcp no-database-right', { database: 'closed' }],
    ['tcp tls-required', { user: 'encrypted' }],
    ['tcp other', { options: { timeZone: 'Atlantis/Lost' } }],
  ])('%s: %j', async (expected, wish) => {
    // the time zone is found wrong once the login is behind us
    const seen = await failing(wish);
    expect(seen.replace('tcp login other', 'tcp other')).toBe(expected);
  });

  it('takes no password from the environment', async () => {
    process.env['PGPASSWORD'] = PASSWORD;
    try {
      expect(await failing({ password: null })).toBe('tcp wrong-login');
    } finally {
      delete process.env['PGPASSWORD'];
    }
  });

  it('says when the server has no connection left', async () => {
    await connect({ user: 'single' });
    expect(await failing({ user: 'single' })).toBe('tcp too-many-connections');
  });

  it('reports a closed port at once', async () => {
    const startedAt = performance.now();
    expect(await failing({ port: await freePort() })).toBe('refused');
    expect(performance.now() - startedAt).toBeLessThan(500);
  });
});

describe('TLS', () => {
  const full = (tls: TargetWish['tls'] = {}) => ({
    host: 'localhost',
    tls: { mode: 'verify-full', ca: pem.ca, ...tls },
  });

  it('verifies issuer and name, and tells the certificate', async () => {
    const { session, steps, stages } = await connect(full());
    expect(stages).toEqual(['tcp', 'tls', 'login']);
    const tls = steps[1] as Extract<ConnectStep, { stage: 'tls' }>;
    expect(tls).toMatchObject({ protocol: 'TLSv1.3', verified: true });
    expect(tls.certificate).toMatchObject({ subject: 'CN=localhost', issuer: 'CN=Test CA', daysLeft: 9 });
    expect(tls.certificate?.names).toEqual(['localhost', '127.0.0.1']);
    expect(session.server.tls).toMatchObject({ verified: true });
    const { rows } = await session.run({
      sql: 'select ssl from pg_stat_ssl where pid = pg_backend_pid()',
      parameters: [],
    });
    expect(rows).toEqual([{ ssl: true }]);
  });

  it('verifies an address against the addresses in the certificate', async () => {
    expect(await failing({ ...full(), host: '127.0.0.1' })).toBe('connected');
    expect(await failing({ ...full(), host: '127.0.0.2', ip: '127.0.0.1' })).toBe('tcp wrong-name');
  });

  it('verifies against the host, or the server name where one is given', async () => {
    expect(await failing({ ...full(), host: 'db.test', ip: '127.0.0.1' })).toBe('tcp wrong-name');
    expect(await failing({ ...full({ serverName: 'localhost' }), host: 'db.test', ip: '127.0.0.1' })).toBe('connected');
  });

  it('does only what its mode says', async () => {
    expect(await failing({ tls: { mode: 'require' } })).toBe('connected');
    expect(await failing({ host: 'db.test', ip: '127.0.0.1', tls: { mode: 'verify-ca', ca: pem.ca } })).toBe(
      'connected',
    );
    expect(await failing({ tls: { mode: 'verify-ca', ca: pem.otherCa } })).toBe('tcp unknown-issuer');
    expect(await failing({ tls: { mode: 'verify-ca' } })).toBe('tcp unknown-issuer');
    const { session } = await connect({ tls: { mode: 'require' } });
    expect(session.server.tls?.verified).toBe(false);
  });

  it.each(['expired', 'notYetValid', 'wrongName'] as const)('refuses a certificate that is %s', async (which) => {
    const causes = {
      expired: 'certificate-expired',
      notYetValid: 'certificate-not-yet-valid',
      wrongName: 'wrong-name',
    };
    const hba = ['host all all 127.0.0.1/32 scram-sha-256'];
    const other = await startPostgres({ tls: pem[which], hba });
    try {
      const at = { port: other.port, user: other.user, password: other.password };
      expect(await failing({ ...full(), ...at })).toBe(`tcp ${causes[which]}`);
      expect(await failing({ ...at, tls: { mode: 'require' } })).toBe('connected');
      await other.configure({ tls: null, hba });
      expect(await failing({ ...full(), ...at })).toBe('tcp tls-refused');
      expect(await failing({ ...at, tls: { mode: 'require' } })).toBe('tcp tls-refused');
    } finally {
      await other.stop();
    }
  });

  it('knows which end the server objects to', async () => {
    expect(await failing({ ...full(), user: 'outsider' })).toBe('tcp tls host-not-allowed');
    expect(await failing({ ...full(), user: 'encrypted' })).toBe('connected');
    expect(await failing({ ...full(), password: 'wrong' })).toBe('tcp tls wrong-login');
    expect(await failing({ ...full(), user: 'bearer' })).toBe('tcp tls client-certificate-wanted');
    expect(await failing({ ...full(pem.strangerClient), user: 'bearer' })).toBe('tcp tls client-certificate-refused');
    expect(await failing({ ...full(await pem.client('bearer')), user: 'bearer' })).toBe('connected');
    const certified = await pem.client('certified', 'open sesame');
    expect(await failing({ ...full({ ...certified, keyPassphrase: 'open sesame' }), user: 'certified' })).toBe(
      'connected',
    );
    expect(await failing({ ...full(await pem.client('bearer')), user: 'certified' })).toBe(
      'tcp tls client-certificate-refused',
    );
  });

  it('names the text that can not be read', async () => {
    const good = await pem.client('bearer');
    const other = await pem.client('bearer', 'open sesame');
    expect(await failing(full({ ca: 'no PEM' }))).toBe('tcp bad-ca');
    expect(await failing(full({ ...good, cert: 'no PEM' }))).toBe('tcp bad-client-certificate');
    expect(await failing(full({ ...good, key: 'no PEM' }))).toBe('tcp bad-client-key');
    expect(await failing(full({ ...good, key: pem.server.key }))).toBe('tcp bad-client-key');
    expect(await failing(full(other))).toBe('tcp bad-client-key');
    expect(await failing(full({ ...other, keyPassphrase: 'wrong' }))).toBe('tcp bad-client-key');
  });
});

describe('what is no PostgreSQL, or none that can be used', () => {
  let rogue: TcpServer | null = null;
  afterEach(async () => {
    await rogue?.stop();
    rogue = null;
  });

  it.each<[string, string, string | Buffer]>([
    ['an HTTP server', 'wrong-protocol', 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n'],
    ['an SSH server', 'wrong-protocol', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['a MariaDB', 'wrong-protocol', Buffer.from('\x4a\0\0\0\x0a10.11.6-MariaDB\0', 'latin1')],
    ['noise', 'wrong-protocol', Buffer.from([0, 255, 1, 254, 2, 253, 3, 252, 4, 251])],
    ['Kerberos alone', 'unsupported-authentication', message('R', 7)],
    ['an unknown SASL mechanism', 'unsupported-authentication', message('R', 10, 'OAUTHBEARER\0\0')],
    ['a server that starts', 'starting-up', refusalBy('57P03', 'the database system is starting up')],
    ['a full server', 'too-many-connections', refusalBy('53300', 'sorry, too many clients already')],
    [
      'no entry for this host',
      'host-not-allowed',
      refusalBy('28000', 'no pg_hba.conf entry for host "10.1.1.1", SSL encryption'),
    ],
    ['a server that repeats the password', 'other', refusalBy('XX000', `you said ${PASSWORD}`)],
    ['an old server', 'server-too-old', welcome('12.22')],
    ['messages cut to pieces', 'wrong-protocol', message('X', 'what')],
    ['an absurd length', 'wrong-protocol', Buffer.from([0x52, 0x7f, 0xff, 0xff, 0xff])],
    ['a broken message', 'wrong-protocol', message('E', 'Sno end')],
  ])('%s: %s', async (_name, expected, bytes) => {
    rogue = await startTcpServer((socket) => socket.once('data', () => socket.write(bytes)));
    const seen = await failing({ port: rogue.port, connectTimeoutMs: 2_000 });
    expect(seen.split(' ').at(-1)).toBe(expected);
    await rogue.idle();
  });

  it.each(['HTTP/1.1 400 Bad Request\r\n\r\n', 'SSH-2.0-OpenSSH_9.2\r\n', 'SS', 'x'])(
    'answers a request for TLS with %j: wrong-protocol',
    async (text) => {
      rogue = await startTcpServer((socket) => socket.once('data', () => socket.write(text)));
      expect(await failing({ port: rogue.port, tls: { mode: 'require' } })).toBe('tcp wrong-protocol');
      await rogue.idle();
    },
  );

  it.each(['disable', 'require'] as const)('hangs up, TLS mode %s: closed', async (mode) => {
    rogue = await startTcpServer((socket) => socket.once('data', () => socket.end()));
    expect(await failing({ port: rogue.port, tls: { mode } })).toBe('tcp closed');
    await rogue.idle();
  });

  it.each<['disable' | 'require', string]>([
    ['disable', ''],
    ['require', ''],
    ['require', 'S'],
  ])('falls silent, TLS mode %s after %j: login-timed-out, and no socket is left', async (mode, said) => {
    rogue = await startTcpServer((socket) => socket.once('data', () => said && socket.write(said)));
    const startedAt = performance.now();
    expect(await failing({ port: rogue.port, connectTimeoutMs: 300, tls: { mode } })).toBe('tcp login-timed-out');
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    await rogue.idle();
  });

  it('falls silent once signed in: login-timed-out', async () => {
    rogue = await startTcpServer((socket) => socket.once('data', () => socket.write(welcome('17.2'))));
    expect(await failing({ port: rogue.port, connectTimeoutMs: 300 })).toBe('tcp login login-timed-out');
    await rogue.idle();
  });
});
