import type { Socket } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createCertificates } from '#test/support/certificates.ts';
import { startMariadb } from '#test/support/mariadb-server.ts';
import type { Mariadb } from '#test/support/mariadb-server.ts';
import { errorPacket, greeting, packet, refusesWith, startImposter } from '#test/support/mysql-imposter.ts';
import { mysqlTarget } from '#test/support/mysql-target.ts';
import type { TargetWish } from '#test/support/mysql-target.ts';
import { Secret } from '#lib/core/secret.ts';
import type { ConnectCause } from '../connect-causes.ts';
import { ConnectFailure } from '../contract.ts';
import type { ConnectStep, Target } from '../contract.ts';
import { engine } from './engine.ts';

type Certificates = Awaited<ReturnType<typeof createCertificates>>;

let certificates: Certificates;
let plain: Mariadb;
let secure: Mariadb;

beforeAll(async () => {
  certificates = await createCertificates();
  const tls = { ca: certificates.ca, ...certificates.server };
  [plain, secure] = await Promise.all([
    startMariadb({ settings: ['--max-connections=10', '--extra-max-connections=1'] }),
    startMariadb({ tls, requireTls: true }),
  ]);
  await Promise.all([plain, secure].map((server) => server.execute('CREATE DATABASE shop')));
});

afterAll(() => Promise.all([plain, secure].map((server) => server?.stop())));

/** How connecting failed, and the stages that were behind it. */
async function failure(target: Target): Promise<{ why: ConnectCause; stages: string[]; detail: string }> {
  const steps: ConnectStep[] = [];
  const error: unknown = await engine
    .connect(target, (step) => steps.push(step))
    .then((session) => session.close())
    .catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ConnectFailure);
  const { why, detail, message } = error as ConnectFailure;
  expect(message).not.toContain(PASSWORD);
  return { why, stages: steps.map((step) => step.stage), detail };
}

const PASSWORD = 'wrong but secret';

async function causeOf(serve: (socket: Socket) => void, wish: Partial<TargetWish> = {}) {
  const imposter = await startImposter(serve);
  try {
    const found = await failure(mysqlTarget({ port: imposter.port, connectTimeoutMs: 600, ...wish }));
    await expect.poll(() => imposter.open()).toBe(0);
    return found;
  } finally {
    await imposter.stop();
  }
}

describe('what answers is not what was hoped for', () => {
  test('a closed port is refused at once', async () => {
    const imposter = await startImposter(() => {});
    await imposter.stop();
    const started = performance.now();
    expect(await failure(mysqlTarget({ port: imposter.port }))).toMatchObject({ why: 'refused', stages: [] });
    expect(performance.now() - started).toBeLessThan(500);
  });

  test('a network without a route can not be reached', async () => {
    expect(await failure(mysqlTarget({ port: 1, ip: '255.255.255.255' }))).toMatchObject({ why: 'unreachable' });
  });

  test('a silent port runs into the deadline', async () => {
    const started = performance.now();
    expect(await causeOf(() => {})).toMatchObject({ why: 'login-timed-out', stages: ['tcp'] });
    expect(performance.now() - started).toBeLessThan(1500);
  });

  test.each<[string, (socket: Socket) => void]>([
    ['an SSH server', (socket) => socket.write('SSH-2.0-OpenSSH_9.2\r\n')],
    ['a PostgreSQL server', (socket) => socket.once('data', () => socket.write('N'))],
    ['an HTTP server', (socket) => socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))],
    ['a server that hangs up on a question', (socket) => socket.once('data', () => socket.end())],
    ['garbage', (socket) => socket.write(Buffer.from([1, 2, 3, 4, 5, 6, 7, 8]))],
  ])('%s speaks another protocol', async (_name, serve) => {
    expect(await causeOf(serve)).toMatchObject({ why: 'wrong-protocol', stages: ['tcp'] });
  });

  test('a greeting in single bytes is a greeting', async () => {
    const serve = (socket: Socket) => {
      const bytes = [...greeting()];
      const next = () => {
        const byte = bytes.shift();
        if (byte !== undefined) socket.write(Buffer.from([byte]), () => setImmediate(next));
      };
      next();
      socket.once('data', () => socket.end(errorPacket(2, 1045, 'Access denied', '28000')));
    };
    expect(await causeOf(serve)).toMatchObject({ why: 'wrong-login' });
  });

  test('a connection that is closed at once', async () => {
    expect(await causeOf((socket) => socket.end())).toMatchObject({ why: 'closed', stages: ['tcp'] });
  });

  test('a connection that is closed during sign-in', async () => {
    const serve = (socket: Socket) => {
      socket.write(greeting());
      socket.once('data', () => socket.destroy());
    };
    expect(await causeOf(serve)).toMatchObject({ why: 'closed' });
  });

  test('a server that stops in the middle of signing in', async () => {
    expect(await causeOf((socket) => socket.write(greeting()))).toMatchObject({ why: 'login-timed-out' });
  });

  test.each<[number, ConnectCause]>([
    [1040, 'too-many-connections'],
    [1129, 'host-not-allowed'],
    [1130, 'host-not-allowed'],
  ])('error %i instead of a greeting', async (errno, why) => {
    const serve = (socket: Socket) => socket.end(errorPacket(0, errno, 'in the words of the server'));
    expect(await causeOf(serve)).toMatchObject({ why, detail: 'in the words of the server' });
  });

  test.each<[number, ConnectCause]>([
    [1044, 'no-database-right'],
    [1045, 'wrong-login'],
    [1049, 'unknown-database'],
    [1053, 'starting-up'],
    [1130, 'host-not-allowed'],
    [1203, 'too-many-connections'],
    [1251, 'unsupported-authentication'],
    [1820, 'account-expired'],
    [1862, 'account-expired'],
    [2059, 'unsupported-authentication'],
    [3118, 'account-locked'],
    [3159, 'tls-required'],
    [4151, 'account-locked'],
    [9999, 'other'],
  ])('error %i to the sign-in', async (errno, why) => {
    expect(await causeOf(refusesWith(errno, 'no'))).toMatchObject({ why });
  });

  test('a server that lets one in and then says nothing', async () => {
    const started = performance.now();
    const serve = (socket: Socket) => {
      socket.write(greeting());
      socket.once('data', () => socket.write(Buffer.from([7, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0])));
    };
    expect(await causeOf(serve)).toMatchObject({ why: 'login-timed-out', stages: ['tcp', 'login'] });
    expect(performance.now() - started).toBeLessThan(1500);
  });

  test('a server that lets one in and then sends a packet that can not be read', async () => {
    const serve = (socket: Socket) => {
      socket.write(greeting());
      const welcome = Buffer.from([7, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0]);
      socket.once('data', () => socket.write(Buffer.concat([welcome, packet(0, Buffer.from([0xff]))])));
    };
    expect((await causeOf(serve)).stages).toEqual(['tcp', 'login']);
  });

  test('a way to sign in that the driver does not know', async () => {
    const serve = (socket: Socket) => {
      socket.write(greeting());
      socket.once('data', () =>
        socket.write(Buffer.concat([Buffer.from([17, 0, 0, 2, 0xfe]), Buffer.from('client_ed25519\0x')])),
      );
    };
    const { why, detail } = await causeOf(serve);
    expect(why).toBe('unsupported-authentication');
    expect(detail).toContain('client_ed25519');
  });

  test('a server that wants the password in clear does not get it', async () => {
    const seen: Buffer[] = [];
    const serve = (socket: Socket) => {
      socket.on('data', (data: Buffer) => seen.push(data)).write(greeting());
      socket.once('data', () =>
        socket.write(Buffer.concat([Buffer.from([23, 0, 0, 2, 0xfe]), Buffer.from('mysql_clear_password\0x')])),
      );
    };
    expect(await causeOf(serve, { password: PASSWORD })).toMatchObject({ why: 'unsupported-authentication' });
    expect(Buffer.concat(seen).toString('latin1')).not.toContain(PASSWORD);
  });
});

test('noise in the handshake is a failure to connect and nothing worse', async () => {
  // The driver says aloud that packets are out of order.
  const warned = vi.spyOn(console, 'error').mockImplementation(() => {});
  const bytes = (maxLength: number) => fc.uint8Array({ maxLength }).map((array) => Buffer.from(array));
  const welcome = Buffer.from([7, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0]);
  const afterSignIn = (answer: Buffer, next: Buffer[]) => (socket: Socket) => {
    let asked = 0;
    socket.write(greeting());
    socket.on('data', () => {
      if (asked++ === 0) socket.write(answer);
      else next.forEach((body, at) => socket.write(packet(1 + at, body)));
    });
  };
  const servers = fc.oneof(
    bytes(60).map((body) => (socket: Socket) => {
      socket.write(packet(0, Buffer.concat([Buffer.from([10]), body])));
      socket.once('data', () => socket.end(body));
    }),
    fc
      .tuple(fc.constantFrom(0, 1, 2, 0xfe, 0xff), bytes(40))
      .map(([kind, body]) => afterSignIn(packet(2, Buffer.concat([Buffer.from([kind]), body])), [])),
    fc.array(bytes(30), { minLength: 1, maxLength: 6 }).map((next) => afterSignIn(welcome, next)),
  );
  const samples = fc.sample(servers, 200);
  const work = async () => {
    for (let serve = samples.pop(); serve; serve = samples.pop()) await causeOf(serve, { connectTimeoutMs: 200 });
  };
  await Promise.all(Array.from({ length: 10 }, work));
  warned.mockRestore();
  expect(samples).toEqual([]);
});

describe('a real server', () => {
  test('tells the steps as they pass', async () => {
    const steps: ConnectStep[] = [];
    const session = await engine.connect(mysqlTarget({ port: plain.port, database: 'shop' }), (step) =>
      steps.push(step),
    );
    expect(steps.map((step) => step.stage)).toEqual(['tcp', 'login']);
    expect(session.server).toMatchObject({ product: 'MariaDB', version: /^1\d\.\d+/, tls: null });
    await session.close();
    expect(session.usable).toBe(false);
  });

  test('wrong password, unknown user', async () => {
    const wrong = mysqlTarget({ port: plain.port, password: PASSWORD });
    expect(await failure(wrong)).toMatchObject({ why: 'wrong-login', stages: ['tcp'] });
    expect(await failure(mysqlTarget({ port: plain.port, user: 'nobody' }))).toMatchObject({ why: 'wrong-login' });
  });

  test('unknown database, and one without a right to it', async () => {
    const unknown = mysqlTarget({ port: plain.port, database: 'none' });
    expect(await failure(unknown)).toMatchObject({ why: 'unknown-database', stages: ['tcp', 'login'] });
    await plain.execute("CREATE USER poor@'%' IDENTIFIED BY 'pw'");
    const poor = mysqlTarget({ port: plain.port, user: 'poor', password: 'pw', database: 'shop' });
    expect(await failure(poor)).toMatchObject({ why: 'no-database-right', stages: ['tcp', 'login'] });
  });

  test('an account that is locked, or whose password has expired', async () => {
    await plain.execute("CREATE USER locked@'%' IDENTIFIED BY 'pw' ACCOUNT LOCK");
    await plain.execute("CREATE USER expired@'%' IDENTIFIED BY 'pw' PASSWORD EXPIRE");
    for (const user of ['locked', 'expired']) {
      const target = mysqlTarget({ port: plain.port, user, password: 'pw' });
      expect(await failure(target)).toMatchObject({ why: `account-${user}` });
    }
  });

  test('no free connection', async () => {
    await plain.execute("CREATE USER single@'%' IDENTIFIED BY 'pw' WITH MAX_USER_CONNECTIONS 1");
    const target = mysqlTarget({ port: plain.port, user: 'single', password: 'pw' });
    const session = await engine.connect(target);
    expect(await failure(target)).toMatchObject({ why: 'too-many-connections' });
    await session.close();
  });

  test('a character set and a time zone that do not exist', async () => {
    const charset = mysqlTarget({ port: plain.port, options: { charset: 'klingon' } });
    expect(await failure(charset)).toMatchObject({ why: 'other', detail: expect.stringContaining('klingon') });
    const zone = mysqlTarget({ port: plain.port, options: { timeZone: 'Nowhere' } });
    expect(await failure(zone)).toMatchObject({ why: 'other', detail: expect.stringContaining('Nowhere') });
  });

  test('the modes of a session do not depend on the server', async () => {
    await plain.execute("SET GLOBAL sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES'");
    await plain.execute("SET GLOBAL time_zone = '+05:00'");
    const session = await engine.connect(mysqlTarget({ port: plain.port }));
    const { rows } = await session.run({
      sql: 'SELECT @@sql_mode AS mode, @@time_zone AS zone, @@character_set_connection AS charset, "text" AS text',
      parameters: [],
    });
    expect(rows[0]).toMatchObject({ zone: '+00:00', charset: 'utf8mb4', text: 'text' });
    expect(rows[0]?.['mode']).toContain('STRICT_TRANS_TABLES');
    expect(rows[0]?.['mode']).not.toContain('ANSI_QUOTES');
    await session.close();
    await plain.execute('SET GLOBAL sql_mode = DEFAULT');
    await plain.execute('SET GLOBAL time_zone = DEFAULT');
  });

  test('a read-only target refuses writes', async () => {
    const session = await engine.connect(mysqlTarget({ port: plain.port, database: 'shop', readOnly: true }));
    await expect(session.run({ sql: 'CREATE TABLE t (id int)', parameters: [] })).rejects.toMatchObject({
      kind: 'read-only',
    });
    await session.close();
  });

  test('a server may not ask for files, and takes one statement at a time', async () => {
    const session = await engine.connect(mysqlTarget({ port: plain.port, database: 'shop' }));
    await plain.execute('SET GLOBAL local_infile = ON');
    await plain.execute('CREATE TABLE entry (line text)', 'shop');
    const load = { sql: "LOAD DATA LOCAL INFILE '/etc/hostname' INTO TABLE entry", parameters: [] };
    await expect(session.run(load)).rejects.toThrow(/disabled the local infile capability/);
    await expect(session.run({ sql: 'SELECT 1; SELECT 2', parameters: [] })).rejects.toThrow(/syntax/);
    await session.close();
  });
});

describe('TLS', () => {
  const tls = (more: Partial<Target['tls']>, wish: Partial<TargetWish> = {}) =>
    mysqlTarget({
      port: secure.port,
      database: 'shop',
      tls: { mode: 'verify-full', ca: certificates.ca, ...more },
      ...wish,
    });

  test.each(['require', 'verify-ca', 'verify-full'] as const)('%s is encrypted', async (mode) => {
    const steps: ConnectStep[] = [];
    const session = await engine.connect(tls({ mode }), (step) => steps.push(step));
    expect(steps.map((step) => step.stage)).toEqual(['tcp', 'tls', 'login']);
    expect(session.server.tls).toMatchObject({
      protocol: 'TLSv1.3',
      verified: mode !== 'require',
      certificate: { subject: 'CN=localhost', issuer: 'CN=Test CA', names: ['localhost', '127.0.0.1'], daysLeft: 9 },
    });
    const { rows } = await session.run({ sql: "SHOW STATUS LIKE 'Ssl_version'", parameters: [] });
    expect(rows[0]).toMatchObject({ Value: 'TLSv1.3' });
    await session.close();
  });

  test('the name in the certificate may be an address, or a name of its own', async () => {
    for (const target of [tls({}, { host: '127.0.0.1' }), tls({ serverName: 'localhost' }, { host: 'db.test' })]) {
      const session = await engine.connect(target);
      expect(session.server.tls?.verified).toBe(true);
      await session.close();
    }
  });

  test('an unencrypted connection to a server that wants TLS', async () => {
    // MariaDB does not tell it from a wrong password; MySQL does, with error 3159 above.
    const found = await failure(tls({ mode: 'disable' }));
    expect(found).toMatchObject({ why: 'wrong-login', detail: expect.stringContaining('encrypted connections only') });
  });

  test('a server without TLS gets no password', async () => {
    const target = mysqlTarget({ port: plain.port, tls: { mode: 'require' } });
    expect(await failure(target)).toMatchObject({ why: 'tls-refused', stages: ['tcp'] });
  });

  test('another CA, or the well-known ones', async () => {
    for (const ca of [certificates.otherCa, null]) {
      expect(await failure(tls({ ca }))).toMatchObject({ why: 'unknown-issuer', stages: ['tcp'] });
      expect(await failure(tls({ ca, mode: 'verify-ca' }))).toMatchObject({ why: 'unknown-issuer' });
    }
  });

  test('another name', async () => {
    expect(await failure(tls({}, { host: 'db.test' }))).toMatchObject({ why: 'wrong-name', stages: ['tcp'] });
    expect(await failure(tls({ serverName: 'db.test' }))).toMatchObject({ why: 'wrong-name' });
    await (await engine.connect(tls({ mode: 'verify-ca' }, { host: 'db.test' }))).close();
  });

  test('certificates out of their time', async () => {
    const times = [
      ['expired', 'certificate-expired'],
      ['notYetValid', 'certificate-not-yet-valid'],
    ] as const;
    for (const [which, why] of times) {
      const server = await startMariadb({ tls: { ca: certificates.ca, ...certificates[which] } });
      const target = mysqlTarget({ port: server.port, tls: { mode: 'verify-ca', ca: certificates.ca } });
      expect(await failure(target)).toMatchObject({ why });
      await server.stop();
    }
  });

  test('PEM texts that can not be read are told before anything is sent', async () => {
    const { cert, key } = await certificates.client('app', 'right');
    const other = await certificates.client('other');
    const cases: [Partial<Target['tls']>, ConnectCause][] = [
      [{ ca: 'no PEM' }, 'bad-ca'],
      [{ cert: 'no PEM', key: new Secret(key) }, 'bad-client-certificate'],
      [{ cert, key: null }, 'bad-client-key'],
      [{ cert, key: new Secret('no PEM') }, 'bad-client-key'],
      [{ cert, key: new Secret(key), keyPassphrase: new Secret('wrong') }, 'bad-client-key'],
      [{ cert, key: new Secret(other.key) }, 'bad-client-key'],
    ];
    for (const [more, why] of cases) expect(await failure(tls(more))).toMatchObject({ why, stages: [] });
  });

  test('a client certificate signs in; one of another CA is refused', async () => {
    await secure.execute("CREATE USER app@'%' IDENTIFIED BY 'pw' REQUIRE SUBJECT '/CN=app'");
    const login = { user: 'app', password: 'pw', database: null };
    const right = await certificates.client('app', 'phrase');
    const withKey = { cert: right.cert, key: new Secret(right.key), keyPassphrase: new Secret('phrase') };
    await (await engine.connect(tls(withKey, login))).close();
    expect(await failure(tls({}, login))).toMatchObject({ why: 'wrong-login' });
    const stranger = certificates.strangerClient;
    const foreign = { cert: stranger.cert, key: new Secret(stranger.key) };
    expect(await failure(tls(foreign, login))).toMatchObject({ why: 'client-certificate-refused' });
  });

  test('a server that offers TLS and does not speak it', async () => {
    const speaks = (answer: string) => (socket: Socket) => {
      socket.write(greeting({ tls: true }));
      socket.once('data', () => socket.end(answer));
    };
    for (const answer of ['no TLS at all, sorry', '']) {
      const found = await causeOf(speaks(answer), { tls: { mode: 'require' } });
      expect(found).toMatchObject({ why: 'tls-failed', stages: ['tcp'] });
    }
  });

  test('packets slipped in before TLS are not taken for those inside', async () => {
    const welcome = Buffer.from([7, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0]);
    const serve = (socket: Socket) => socket.write(Buffer.concat([greeting({ tls: true }), welcome]));
    const found = await causeOf(serve, { tls: { mode: 'require' } });
    expect(found).toMatchObject({ why: 'wrong-protocol', stages: ['tcp'] });
  });

  test('a server that goes silent in the handshake', async () => {
    const serve = (socket: Socket) => socket.write(greeting({ tls: true }));
    expect(await causeOf(serve, { tls: { mode: 'require' } })).toMatchObject({ why: 'login-timed-out' });
  });
});
