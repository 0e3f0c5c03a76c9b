// The real driver, against ports that are closed, silent or full of nonsense, and small servers that speak its protocol.
import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import type { Socket } from 'node:net';
import { beforeAll, describe, expect, test } from 'vitest';
import { createCertificates } from '#test/support/certificates.ts';
import { freePort } from '#test/support/free-port.ts';
import { startImposter } from '#test/support/mysql-imposter.ts';
import { PASSWORD, sqlserverTarget } from '#test/support/sqlserver-target.ts';
import { done, ENCRYPT, error, row, routed, serveTds, type TdsScript, welcome } from '#test/support/tds-imposter.ts';
import type { ConnectCause } from '../connect-causes.ts';
import { ConnectFailure, type ConnectStep, DatabaseFailure, type Target } from '../contract.ts';
import { connect } from './connect.ts';
import { lookUpInstance, readAnswer } from './instance.ts';

type Certificates = Awaited<ReturnType<typeof createCertificates>>;
let certificates: Certificates;
beforeAll(async () => {
  certificates = await createCertificates();
});

async function failure(target: Target): Promise<{ why: ConnectCause; stages: string[]; detail: string }> {
  const steps: ConnectStep[] = [];
  const reason: unknown = await connect(target, (step) => steps.push(step))
    .then((session) => session.close())
    .catch((thrown: unknown) => thrown);
  expect(reason).toBeInstanceOf(ConnectFailure);
  const { why, detail, message } = reason as ConnectFailure;
  expect(message).not.toContain(PASSWORD);
  return { why, stages: steps.map((step) => step.stage), detail };
}

type Wish = Partial<Parameters<typeof sqlserverTarget>[0]>;

/** The cause, with no socket left open on either side. */
async function causeOf(serve: (socket: Socket) => void, wish: Wish = {}) {
  const imposter = await startImposter(serve);
  try {
    const found = await failure(sqlserverTarget({ port: imposter.port, ...wish }));
    await expect.poll(() => imposter.open()).toBe(0);
    return found;
  } finally {
    await imposter.stop();
  }
}

const server = (answers: Partial<{ version: string; edition: number; level: number }> = {}) => {
  const { version = '16.0.4095.4', edition = 3, level = 160 } = answers;
  return (text: string) => (text.includes('ProductVersion') ? row({ version, edition, level }) : done());
};

describe('what answers is not what was hoped for', () => {
  test('a closed port is refused at once', async () => {
    expect(await failure(sqlserverTarget({ port: await freePort() }))).toMatchObject({ why: 'refused', stages: [] });
  });

  test('a silent port runs into the deadline', async () => {
    const started = performance.now();
    const found = await causeOf(() => {}, { connectTimeoutMs: 400 });
    expect(found).toMatchObject({ why: 'login-timed-out', stages: ['tcp'] });
    expect(performance.now() - started).toBeLessThan(3_000);
  });

  test.each<[string, (socket: Socket) => void]>([
    ['an SSH server', (socket) => socket.write('SSH-2.0-OpenSSH_9.2\r\n')],
    ['a PostgreSQL server', (socket) => socket.once('data', () => socket.write('N'))],
    ['an HTTP server', (socket) => socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))],
    ['a MySQL server', (socket) => socket.write(Buffer.from([74, 0, 0, 0, 10, 56, 46, 52]))],
    [
      'a packet of no length',
      (socket) => socket.once('data', () => socket.write(Buffer.from([4, 1, 0, 1, 0, 0, 1, 0]))),
    ],
    [
      'a packet of garbage',
      (socket) => socket.once('data', () => socket.write(Buffer.from([4, 1, 0, 12, 0, 0, 1, 0, 1, 255, 255, 7]))),
    ],
  ])('%s speaks another protocol', async (_name, serve) => {
    expect(await causeOf(serve)).toMatchObject({ why: 'wrong-protocol', stages: ['tcp'] });
  });

  test('a connection that is closed at once, or during sign-in', async () => {
    expect(await causeOf((socket) => socket.end())).toMatchObject({ why: 'closed', stages: ['tcp'] });
    expect(await causeOf(serveTds({ login: (socket) => socket.destroy() }))).toMatchObject({ why: 'closed' });
  });

  test('a server that stops in the middle of signing in', async () => {
    expect(await causeOf(serveTds({}), { connectTimeoutMs: 400 })).toMatchObject({ why: 'login-timed-out' });
  });

  test('a server that lets one in and then says nothing', async () => {
    const found = await causeOf(serveTds({ login: welcome }), { connectTimeoutMs: 400 });
    expect(found).toMatchObject({ why: 'login-timed-out' });
  });

  test('garbage instead of an answer to the sign-in', async () => {
    const garbage = Buffer.from([0xaa, 0xff, 0xff, 1, 2, 3]);
    expect(await causeOf(serveTds({ login: garbage }), { connectTimeoutMs: 1_000 })).toMatchObject({
      why: expect.stringMatching(/wrong-protocol|closed|login-timed-out/),
    });
  });
});

describe('a server that refuses', () => {
  test.each<[number, ConnectCause]>([
    [18456, 'wrong-login'],
    [18486, 'account-locked'],
    [18470, 'account-locked'],
    [18488, 'account-locked'],
    [18452, 'unsupported-authentication'],
    [17809, 'too-many-connections'],
    [18401, 'starting-up'],
    [40613, 'starting-up'],
    [40615, 'host-not-allowed'],
    [99999, 'other'],
  ])('error %i', async (code, why) => {
    const login = error(code, `no, not with ${PASSWORD}`);
    expect(await causeOf(serveTds({ login }))).toMatchObject({ why, detail: 'no, not with [secret]' });
  });

  test.each([
    ['not there', null, 'unknown-database'],
    ['not for this login', 0, 'no-database-right'],
  ] as const)('a database that is %s', async (_name, access, why) => {
    let connections = 0;
    const denied = Buffer.concat([error(4060, 'Cannot open database "shop".'), error(18456, 'Login failed.')]);
    const answer = (text: string) => (text.includes('has_dbaccess') ? row({ access }) : done());
    const serve = (socket: Socket) => serveTds({ login: connections++ === 0 ? denied : welcome, answer })(socket);
    expect(await causeOf(serve)).toMatchObject({ why, stages: ['tcp', 'login'] });
    expect(connections).toBe(2);
  });

  test('versions and levels that are too old', async () => {
    const old = (answers: Parameters<typeof server>[0]) =>
      causeOf(serveTds({ login: welcome, answer: server(answers) }));
    expect(await old({ version: '13.0.6300.2' })).toMatchObject({ why: 'server-too-old', detail: /2017/ });
    expect(await old({ level: 110 })).toMatchObject({ why: 'server-too-old', detail: /compatibility level/ });
  });
});

describe('a server that sends its clients on', () => {
  test.each([
    ['to another address', 'elsewhere.test'],
    ['to a metadata service', '169.254.169.254'],
  ])('%s is not followed', async (_name, host) => {
    expect(await causeOf(serveTds({ login: routed(host, 1433) }))).toMatchObject({
      why: 'redirected',
      detail: `${host}:1433`,
    });
  });

  test('to another port of the same address is followed, once', async () => {
    const second = await startImposter(serveTds({ login: welcome, answer: server() }));
    const first = await startImposter(serveTds({ login: routed('127.0.0.1', second.port) }));
    const session = await connect(sqlserverTarget({ port: first.port }));
    expect(session.server).toMatchObject({ product: 'SQL Server', version: '16.0.4095.4' });
    await session.close();
    await expect.poll(() => first.open() + second.open()).toBe(0);
    const loop = await startImposter((socket) => serveTds({ login: routed('localhost', loop.port) })(socket));
    expect(await failure(sqlserverTarget({ port: loop.port }))).toMatchObject({ why: 'redirected' });
    await Promise.all([first, second, loop].map((each) => each.stop()));
  });
});

describe('TLS', () => {
  const encrypted = (rest: Partial<TdsScript> = {}): TdsScript => ({
    encryption: ENCRYPT.on,
    tls: certificates.server,
    login: welcome,
    answer: server(),
    ...rest,
  });

  test('a server without it is refused, and one that wants it says so', async () => {
    const script = { login: welcome, answer: server() };
    expect(await causeOf(serveTds(script), { tls: { mode: 'require' } })).toMatchObject({ why: 'tls-refused' });
    expect(await causeOf(serveTds({ ...script, encryption: ENCRYPT.required }))).toMatchObject({ why: 'tls-required' });
  });

  test('a CA that is none is told before anything is sent', async () => {
    const tls = { mode: 'verify-full', ca: 'no PEM' } as const;
    expect(await failure(sqlserverTarget({ port: 1, tls }))).toMatchObject({ why: 'bad-ca', stages: [] });
  });

  test.each(['require', 'verify-ca', 'verify-full'] as const)('%s signs in', async (mode) => {
    const imposter = await startImposter(serveTds(encrypted()));
    const steps: ConnectStep[] = [];
    const target = sqlserverTarget({ port: imposter.port, tls: { mode, ca: certificates.ca } });
    const session = await connect(target, (step) => steps.push(step));
    expect(steps.map(({ stage }) => stage)).toEqual(['tcp', 'tls', 'login']);
    expect(session.server.tls).toMatchObject({ protocol: 'TLSv1.2', verified: mode !== 'require' });
    expect(session.server.tls?.certificate?.names).toContain('localhost');
    await session.close();
    await expect.poll(() => imposter.open()).toBe(0);
    await imposter.stop();
  });

  test.each<[string, keyof Certificates, Partial<Target['tls']>, ConnectCause]>([
    ['an unknown issuer', 'server', { mode: 'verify-ca', ca: null }, 'unknown-issuer'],
    ['an expired certificate', 'expired', { mode: 'verify-full' }, 'certificate-expired'],
    ['a certificate that is not valid yet', 'notYetValid', { mode: 'verify-ca' }, 'certificate-not-yet-valid'],
    ['a certificate for another name', 'wrongName', { mode: 'verify-full' }, 'wrong-name'],
    ['another server name', 'server', { mode: 'verify-full', serverName: 'db.test' }, 'wrong-name'],
  ])('%s, and no password is sent', async (_name, which, tls, why) => {
    let signedIn = false;
    const login = () => (signedIn = true);
    const script = encrypted({ tls: certificates[which] as TdsScript['tls'] & object, login });
    expect(await causeOf(serveTds(script), { tls: { ca: certificates.ca, ...tls } })).toMatchObject({ why });
    expect(signedIn).toBe(false);
  });

  test('the name is not looked at under verify-ca, and is the given one under verify-full', async () => {
    for (const tls of [{ mode: 'verify-ca' }, { mode: 'verify-full', serverName: 'elsewhere.test' }] as const) {
      const imposter = await startImposter(serveTds(encrypted({ tls: certificates.wrongName })));
      const session = await connect(sqlserverTarget({ port: imposter.port, tls: { ca: certificates.ca, ...tls } }));
      expect(session.server.tls).toMatchObject({ verified: true });
      await session.close();
      await imposter.stop();
    }
  });
});

describe('a session over the real driver', () => {
  const open = async (answer: (text: string) => Buffer | null) => {
    const facts = server();
    const imposter = await startImposter(
      serveTds({
        login: welcome,
        answer: (text) => (/ProductVersion|lock_timeout|set ansi/.test(text) ? facts(text) : answer(text)),
      }),
    );
    const session = await connect(sqlserverTarget({ port: imposter.port, statementTimeoutMs: 300 }));
    return { imposter, session };
  };

  test('gives rows, and says why a statement failed', async () => {
    const { imposter, session } = await open((text) =>
      text.includes('bad') ? error(208, "Invalid object name 'dbo.gone'.") : row({ n: 7, j: 'ä' }),
    );
    expect((await session.run({ sql: 'select good', parameters: ['x'] })).rows).toEqual([{ n: 7, j: 'ä' }]);
    await expect(session.run({ sql: 'select bad', parameters: [] })).rejects.toMatchObject({
      kind: 'missing-object',
      table: 'gone',
    });
    expect(session.usable).toBe(true);
    await session.close();
    await expect.poll(() => imposter.open()).toBe(0);
    await imposter.stop();
  });

  test('cancels a statement at its deadline and stays usable', async () => {
    const { imposter, session } = await open((text) => (text.includes('slow') ? null : row({ n: 1 })));
    const slow = session.run({ sql: 'select slow', parameters: [] });
    await expect(slow).rejects.toMatchObject({ kind: 'timeout' });
    expect(session.usable).toBe(true);
    expect((await session.run({ sql: 'select 1', parameters: [] })).rows).toEqual([{ n: 1 }]);
    await session.close();
    await imposter.stop();
  });

  test('survives the end of its server: idle and in a statement', async () => {
    const { imposter, session } = await open(() => null);
    const lost = session.run({ sql: 'select slow', parameters: [] }, { timeoutMs: 10_000 });
    await Promise.all([expect(lost).rejects.toMatchObject({ kind: 'connection-lost' }), imposter.stop()]);
    await expect.poll(() => session.usable).toBe(false);
    await expect(session.run({ sql: 'select 1', parameters: [] })).rejects.toBeInstanceOf(DatabaseFailure);
    const { imposter: other, session: idle } = await open(() => null);
    await other.stop();
    await expect.poll(() => idle.usable).toBe(false);
  });
});

describe('a named instance', () => {
  const answer = (text: string) =>
    Buffer.concat([Buffer.from([5, text.length & 255, text.length >> 8]), Buffer.from(text)]);
  const text =
    'ServerName;DB1;InstanceName;OTHER;IsClustered;No;Version;16.0.1;tcp;1444;;ServerName;DB1;InstanceName;Shop;IsClustered;No;Version;16.0.1;tcp;49157;np;\\\\DB1\\pipe;;';

  test('is read out of the answer', () => {
    expect(readAnswer(answer(text), 'SHOP')).toBe(49157);
    expect(readAnswer(answer(text), 'gone')).toBeNull();
    expect(readAnswer(answer('ServerName;DB1;InstanceName;SHOP;tcp;99999;;'), 'SHOP')).toBeNull();
    expect(readAnswer(Buffer.from([1, 2]), 'SHOP')).toBeNull();
  });

  async function browser(reply: (question: Buffer, from: { port: number }, socket: UdpSocket) => void) {
    const socket = createSocket('udp4');
    socket.on('message', (question, from) => reply(question, from, socket));
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    return socket;
  }

  test('is asked of the address, again where the question was lost', async () => {
    let asked = 0;
    const socket = await browser((question, from) => {
      expect(question.toString('latin1')).toBe('\u0004SHOP\0');
      if (++asked > 1) socket.send(answer(text), from.port, '127.0.0.1');
    });
    const port = await lookUpInstance('127.0.0.1', 'SHOP', AbortSignal.timeout(5_000), socket.address().port);
    expect(port).toBe(49157);
    socket.close();
  });

  test('that nobody knows, or nobody answers for, is told in time', async () => {
    const socket = await browser((_question, from) => socket.send(answer('x'), from.port, '127.0.0.1'));
    const unknown = lookUpInstance('127.0.0.1', 'SHOP', AbortSignal.timeout(5_000), socket.address().port);
    await expect(unknown).rejects.toMatchObject({ why: 'unknown-instance', detail: /knows no such instance/ });
    socket.close();
    const silent = await browser(() => {});
    const late = lookUpInstance('127.0.0.1', 'SHOP', AbortSignal.timeout(50), silent.address().port);
    await expect(late).rejects.toMatchObject({ why: 'unknown-instance' });
    silent.close();
    expect(await failure(sqlserverTarget({ port: 1, instance: 'SHOP', connectTimeoutMs: 200 }))).toMatchObject({
      why: 'unknown-instance',
      stages: [],
    });
  });
});
