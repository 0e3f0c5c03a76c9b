/** One thing is broken at a time on a real server: exactly that stage fails, with the field at fault and its code. */
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { runStages } from '#lib/connections/test/run-stages.ts';
import { Secret } from '#lib/core/secret.ts';
import type { TestReport, TestStage } from '#lib/http/api.ts';
import { TEST_STAGES } from '#lib/http/api.ts';
import type { FieldTree, Source } from '#lib/source/source.ts';
import type { ValueSet } from '#lib/variables/resolution.ts';
import { createAuthority } from '#test/support/certificates.ts';
import { freePort } from '#test/support/free-port.ts';
import { mariadbBench, postgresBench, serverCertificate } from '#test/support/server-benches.ts';
import type { ServerBench } from '#test/support/server-benches.ts';
import { TcpGate } from '#test/support/tcp-gate.ts';
import { benchSource, benchValues, PASSWORD_KEY, valuesOf } from '#test/support/trial.ts';

const PLACE = { app: 'shop', environment: 'development' };
const surroundings = {
  policy: { mode: 'local' as const, allow: [], portalPort: 3000 },
  home: '/nowhere',
  forbidden: [],
};

const imposters: Server[] = [];
afterEach(() => {
  for (const server of imposters.splice(0)) server.close();
});

/** A server that answers each connection with `text`, or never says a word. */
async function imposter(text: string | null): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    if (text !== null) socket.end(text);
  });
  imposters.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** A server that sends one harmless byte now and then, for ever. */
async function dripping(): Promise<number> {
  const server = createServer((socket) => {
    const timer = setInterval(() => socket.write('\x00'), 20);
    socket.on('error', () => {}).on('close', () => clearInterval(timer));
  });
  imposters.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const failedStages = (report: TestReport) => report.stages.filter(({ state }) => state === 'failed');

describe.each([
  ['PostgreSQL', postgresBench],
  ['MariaDB', mariadbBench],
])('%s', (_name, start) => {
  let bench: ServerBench;
  let source: (more?: FieldTree) => Source;
  beforeAll(async () => {
    bench = await start();
    source = (more) => benchSource(bench, more);
  });
  afterAll(() => bench.stop());

  const run = (from: Source, values: ValueSet = benchValues(bench), element = 'databases.Main') => {
    const seen: TestStage[] = [];
    const input = { source: from, values, element, place: PLACE, options: { surroundings } };
    return runStages(input, (stage) => seen.push(stage)).then((report) => {
      expect(seen).toEqual(report.stages);
      expect(seen.map(({ stage }) => stage)).toEqual(TEST_STAGES);
      expect(report.ms).toBeLessThan(10_000);
      return report;
    });
  };
  const tls = (more: FieldTree) => ({ tls: { mode: 'verify-full', ca: bench.authority.ca, ...more } });
  /** Stage, field and code of the one failure, after a look at what holds for all of them. */
  const failureOf = (report: TestReport) => {
    const [failed, ...others] = failedStages(report);
    expect(others).toEqual([]);
    const { stage, field, code } = failed ?? {};
    expect(report.reasons[0]).toMatchObject({ element: 'databases.Main', field, code, environment: 'development' });
    expect(report.reasons[0]?.next).not.toBe('');
    const at = TEST_STAGES.indexOf(stage!);
    const after = report.stages.slice(at + 1).filter(({ state }) => state !== 'skipped');
    expect(after.length > 0).toBe(at >= TEST_STAGES.indexOf('read'));
    expect(JSON.stringify(report)).not.toContain(bench.password);
    return [stage, field, code];
  };

  test('a good one passes every stage and tells its facts', async () => {
    const report = await run(source());
    expect(report.stages.filter(({ state }) => state !== 'ok').map(({ stage }) => stage)).toEqual(
      bench.schema === null ? ['schema'] : [],
    );
    expect(report).toMatchObject({ state: 'ok', reasons: [], refused: false });
    expect(report.facts).toMatchObject({
      user: expect.stringContaining(bench.user),
      tls: { verified: true, names: expect.arrayContaining(['localhost']) },
      excess: [],
      poolMax: 10,
    });
    expect(report.facts.latencyMs).toBeGreaterThan(0);
    expect(Math.abs(report.facts.timeSkewMs ?? Infinity)).toBeLessThan(2000);
    expect(report.facts.tls?.daysLeft).toBeGreaterThan(30);
  });

  test('a connection is tested against the maintenance database, without tables', async () => {
    const { elements, ...rest } = source();
    const { database: _database, schema: _schema, ...body } = elements[0]!.body as FieldTree;
    const connection = {
      id: 'e_primary',
      fullName: 'connections.Primary',
      type: bench.connectionType,
      title: 'Primary',
      family: 'connections' as const,
      body,
    };
    const report = await run({ ...rest, elements: [connection] }, benchValues(bench), 'connections.Primary');
    expect(report.state).toBe('ok');
    const skipped = report.stages.filter(({ state }) => state === 'skipped').map(({ stage }) => stage);
    expect(skipped).toEqual(['schema', 'read', 'write', 'ddl']);
  });

  test('an attached database names its connection where a shared field is at fault', async () => {
    const { elements, ...rest } = source();
    const { database, schema, ...body } = elements[0]!.body as FieldTree;
    const [main, model] = elements;
    const attached: FieldTree = {
      connection: 'connections.Primary',
      database: database!,
      ...(schema ? { schema } : {}),
    };
    const connection = { ...main!, id: 'e_p', fullName: 'connections.Primary', type: bench.connectionType };
    const all = [
      { ...connection, family: 'connections', body },
      { ...main!, body: attached },
      model!,
    ] as Source['elements'];
    expect((await run({ ...rest, elements: all })).state).toBe('ok');
    await bench.changePassword('something else');
    const report = await run({ ...rest, elements: all });
    await bench.repair();
    expect(report.reasons).toMatchObject([
      { element: 'connections.Primary', field: 'password', variable: PASSWORD_KEY, code: 'wrong-login' },
    ]);
  });

  test('variables: every missing one is named', async () => {
    const from = source({ port: { $env: 'DB_PORT' } });
    from.variables['DB_PORT'] = { type: 'number' };
    const report = await run(from, valuesOf({}));
    expect(failedStages(report)).toMatchObject([{ stage: 'variables', code: 'missing-variable' }]);
    expect(report.reasons.map(({ field, variable }) => [field, variable])).toEqual(
      expect.arrayContaining([
        ['port', 'DB_PORT'],
        ['password', PASSWORD_KEY],
      ]),
    );
    expect(report.refused).toBe(true);
  });

  test('address: the policy refuses it', async () => {
    const report = await run(source({ host: '169.254.169.254' }));
    expect(failureOf(report)).toEqual(['address', 'host', 'address-not-allowed']);
    expect(report.refused).toBe(true);
  });

  test('dns: the name is unknown', async () => {
    expect(failureOf(await run(source({ host: 'nowhere.invalid' })))).toEqual(['dns', 'host', 'unknown-host']);
  });

  test('tcp: the port is closed, told within 20 ms', async () => {
    await run(source());
    const closed = source({ host: '127.0.0.1', port: await freePort() });
    const reports = [];
    for (let i = 0; i < 5; i++) reports.push(await run(closed));
    for (const report of reports) expect(failureOf(report)).toEqual(['tcp', 'port', 'refused']);
    // the best of five: the machine may be busy with other tests
    expect(Math.min(...reports.map(({ ms }) => ms))).toBeLessThan(20);
  });

  test('login: the port is silent', async () => {
    const more = { port: await imposter(null), pool: { connectTimeoutMs: 300 } };
    const report = await run(source({ ...more, tls: { mode: 'disable' } }));
    expect(failureOf(report)).toEqual(['login', 'port', 'login-timed-out']);
    expect(report.ms).toBeLessThan(2000);
  });

  test('login: a server that drips never holds a test up, whatever the element’s own deadlines', async () => {
    const port = await dripping();
    const from = source({
      port,
      tls: { mode: 'disable' },
      pool: { connectTimeoutMs: 60_000, statementTimeoutMs: 60_000 },
    });
    const report = await runStages({
      source: from,
      values: benchValues(bench),
      element: 'databases.Main',
      place: PLACE,
      options: { surroundings },
      totalMs: 2500,
    });
    expect(report.ms).toBeLessThan(2500);
    expect(failedStages(report)).toMatchObject([{ stage: 'login' }]);
  });

  test('login: something else answers', async () => {
    const port = await imposter('HTTP/1.1 400 Bad Request\r\n\r\n');
    expect(failureOf(await run(source({ port, tls: { mode: 'disable' } })))).toEqual([
      'login',
      'port',
      'wrong-protocol',
    ]);
    expect(failureOf(await run(source({ port })))).toEqual(['login', 'port', 'wrong-protocol']);
  });

  test('tls: the server does not offer it', async () => {
    const port = await bench.portWithoutTls();
    expect(failureOf(await run(source({ port })))).toEqual(['tls', 'tls.mode', 'tls-refused']);
    await bench.repair();
  });

  test('tls: the certificate has expired', async () => {
    const notAfter = new Date(Date.now() - 60_000);
    const notBefore = new Date(Date.now() - 86_400_000);
    await bench.showCertificate(
      await bench.authority.issue({ commonName: 'localhost', names: ['localhost'], notBefore, notAfter }),
    );
    expect(failureOf(await run(source()))).toEqual(['tls', 'tls.mode', 'certificate-expired']);
    await bench.repair();
  });

  test('tls: the issuer is unknown', async () => {
    const other = await createAuthority('Other CA');
    expect(failureOf(await run(source(tls({ ca: other.ca }))))).toEqual(['tls', 'tls.ca', 'unknown-issuer']);
    const { ca: _ca, ...without } = tls({}).tls;
    expect(failureOf(await run(source({ tls: without })))).toEqual(['tls', 'tls.ca', 'unknown-issuer']);
  });

  test('tls: the certificate is for another name, which verify-ca lets pass', async () => {
    await bench.showCertificate(await serverCertificate(bench.authority, ['db.example.com']));
    const wrong = await run(source());
    expect(failureOf(wrong)).toEqual(['tls', 'tls.serverName', 'wrong-name']);
    expect(failedStages(wrong)[0]?.offers).toEqual(['db.example.com']);
    expect((await run(source(tls({ mode: 'verify-ca' })))).state).toBe('ok');
    expect((await run(source(tls({ serverName: 'db.example.com' })))).state).toBe('ok');
    await bench.repair();
  });

  test('tls: not verified is a warning, and so is a certificate that ends soon', async () => {
    const required = await run(source({ tls: { mode: 'require' } }));
    expect(required.stages.filter(({ state }) => state === 'warning')).toMatchObject([
      { stage: 'tls', field: 'tls.mode', code: 'not-verified' },
    ]);
    await bench.showCertificate(await bench.authority.issue({ commonName: 'localhost', names: ['localhost'] }));
    const ending = await run(source());
    expect(ending.stages.filter(({ state }) => state === 'warning')).toMatchObject([
      { stage: 'tls', code: 'certificate-ends-soon', certificate: { names: ['localhost'] } },
    ]);
    expect(ending.state).toBe('warning');
    await bench.repair();
  });

  test('tls: left out, a loopback address is not encrypted and nothing of TLS is asked for', async () => {
    const from = source();
    const { tls: _tls, ...body } = from.elements[0]!.body as FieldTree;
    from.elements[0] = {
      ...from.elements[0]!,
      body: { ...body, tls: { cert: { $env: 'CERT' } } },
    } as Source['elements'][0];
    from.variables['CERT'] = { type: 'file', required: true };
    const report = await run(from);
    expect(report).toMatchObject({ state: 'ok', facts: { tls: null } });
  });

  test('login: the password was changed', async () => {
    await bench.changePassword('something else');
    const report = await run(source());
    expect(failureOf(report)).toEqual(['login', 'password', 'wrong-login']);
    expect(report.reasons[0]?.variable).toBe(PASSWORD_KEY);
    await bench.repair();
  });

  test('database: it was dropped', async () => {
    await bench.dropDatabase();
    const report = await run(source());
    await bench.repair();
    expect(failureOf(report)).toEqual(['database', 'database', 'unknown-database']);
  });

  test('schema: it is not there', async ({ skip }) => {
    skip(bench.schema === null, 'this engine has none');
    expect(failureOf(await run(source({ schema: 'archive' })))).toEqual(['schema', 'schema', 'unknown-schema']);
  });

  test.each(['read', 'write', 'ddl'] as const)('%s: the right was revoked', async (right) => {
    await bench.revoke(right);
    const report = await run(source());
    const readOnly = await run(source({ readOnly: true }));
    await bench.repair();
    expect(failureOf(report)).toEqual([right, 'user', `no-${right}-right`]);
    // what a read-only element does not need is shown and no failure
    expect(failedStages(readOnly).map(({ stage }) => stage)).toEqual(right === 'read' ? ['read'] : []);
  });

  test('ddl: the migration user is the one who needs it', async () => {
    await bench.revoke('ddl');
    const from = source({ ddlUser: bench.user, ddlPassword: { $env: 'DDL_PASSWORD' } });
    from.variables['DDL_PASSWORD'] = { type: 'secret' };
    expect(failureOf(await run(from, both('DDL_PASSWORD')))).toEqual(['ddl', 'ddlUser', 'no-ddl-right']);
    await bench.repair();
    expect((await run(from, both('DDL_PASSWORD'))).state).toBe('ok');
    const wrong = {
      get: (key: string) => (key === 'DDL_PASSWORD' ? new Secret('wrong') : benchValues(bench).get(key)),
    };
    const report = await run(from, { ...benchValues(bench), ...wrong });
    expect(failureOf(report)).toEqual(['ddl', 'ddlPassword', 'wrong-login']);
  });

  const both = (key: string): ValueSet => {
    const values = benchValues(bench);
    return { ...values, get: (asked) => values.get(asked === key ? PASSWORD_KEY : asked) };
  };

  test('read: the connection is lost in the middle, told once', async () => {
    const gate = await TcpGate.open(bench.port);
    const input = {
      source: source({ port: gate.port }),
      values: benchValues(bench),
      element: 'databases.Main',
      place: PLACE,
    };
    const report = await runStages({ ...input, options: { surroundings } }, ({ stage }) => {
      if (stage === 'schema') void gate.shut();
    });
    expect(failedStages(report)).toMatchObject([{ stage: 'read', code: 'connection-lost' }]);
    expect(report.stages.slice(-3).map(({ state }) => state)).toEqual(['skipped', 'skipped', 'skipped']);
  });

  test('nothing is left behind on the server', async () => {
    await Promise.all(Array.from({ length: 8 }, () => run(source())));
    await expect.poll(() => bench.sessions(), { timeout: 2000 }).toBe(0);
  });
});
