import type { Socket } from 'node:net';
import { createServer } from 'node:tls';
import { writeFile } from 'node:fs/promises';
import mysqlDriver from 'mysql2/promise';
import { createCertificates } from '../certificates.ts';
import type { KeyPair } from '../certificates.ts';
import { startMariadb } from '../mariadb-server.ts';
import type { Mariadb } from '../mariadb-server.ts';
import { errorPacket, greeting, packet, refusesWith } from '../mysql-imposter.ts';
import { serverCertificate } from '../server-benches.ts';
import { onTheWay, rogue } from './on-the-way.ts';
import type { ServerLab } from './on-the-way.ts';
import type { Provocations, Provoked } from './provocation.ts';
import { CLIENT_KEY } from './provocation.ts';

type Certificates = Awaited<ReturnType<typeof createCertificates>>;
type MysqlLab = ServerLab & { server: Mariadb; plain: Mariadb; good: KeyPair; certificates: Certificates };

const PASSWORD = 'p@ss "quoted" $1 7c2e';
const RIGHTS = 'select, insert, update, delete, create, alter, drop, index, references';

async function start(): Promise<MysqlLab> {
  const certificates = await createCertificates();
  const { authority, ca } = certificates;
  const good = await serverCertificate(authority);
  const [server, plain] = await Promise.all([startMariadb({ tls: { ca, ...good } }), startMariadb()]);
  const by = `identified by '${PASSWORD}'`;
  const statements = [
    'create database shop',
    'create database latin character set latin1',
    'create table shop.customer (id int primary key)',
    `create user shop@'%' ${by}`,
    `grant ${RIGHTS} on shop.* to shop@'%'`,
    `grant ${RIGHTS} on latin.* to shop@'%'`,
    `create user poor@'%' ${by}`,
    `create user locked@'%' ${by} account lock`,
    `create user expired@'%' ${by} password expire`,
    `grant ${RIGHTS} on shop.* to expired@'%'`,
    `create user single@'%' ${by} with max_user_connections 1`,
    `create user bearer@'%' ${by} require subject '/CN=bearer'`,
  ];
  for (const sql of statements) await server.execute(sql);
  return {
    databaseType: 'databases.MySQLType',
    fields: { host: 'localhost', port: server.port, user: 'shop', database: 'shop', tls: { mode: 'verify-full', ca } },
    password: PASSWORD,
    home: '/nowhere',
    authority,
    ca,
    server,
    plain,
    good,
    certificates,
    stop: async () => void (await Promise.all([server.stop(), plain.stop()])),
  };
}

const user = (name: string) => (): Provoked => ({ fields: { user: name } });
const refuses = (errno: number) => () => rogue(refusesWith(errno, 'in the words of the server'));

async function show({ server }: MysqlLab, pair: KeyPair): Promise<void> {
  const [paths] = await server.execute('select @@ssl_cert as cert, @@ssl_key as `key`');
  await writeFile(String(paths?.['cert']), pair.cert);
  await writeFile(String(paths?.['key']), pair.key);
  await server.execute('flush ssl');
}

async function shows(lab: MysqlLab, pair: KeyPair): Promise<Provoked> {
  await show(lab, pair);
  return { undo: () => show(lab, lab.good) };
}

async function revoked({ server }: MysqlLab, right: string): Promise<Provoked> {
  await server.execute(`revoke ${right} on shop.* from shop@'%'`);
  return { undo: () => server.execute(`grant ${right} on shop.* to shop@'%'`) };
}

/** A request for TLS: header, capabilities, longest packet, character set, filler. */
const REQUEST_BYTES = 4 + 32;

/** Greets, and goes on in TLS when it is asked to. */
const offersTls = (goOn: (socket: Socket) => void) => (socket: Socket) => {
  socket.write(greeting({ tls: true }));
  socket.once('data', (asked: Buffer) => {
    // what the client says in TLS may have come with the request for it
    socket.pause().unshift(asked.subarray(REQUEST_BYTES));
    goOn(socket);
  });
};

export const mysql: Provocations<MysqlLab> = {
  start,
  causes: {
    ...onTheWay,
    'wrong-protocol': () =>
      rogue((socket) => socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')), {
        connectTimeoutMs: 600,
      }),
    // MariaDB itself tells it as a wrong password
    'tls-required': refuses(3159),
    'tls-refused': ({ plain }) => ({ fields: { port: plain.port } }),
    'tls-failed': () =>
      rogue(
        offersTls((socket) => socket.end('no TLS at all')),
        { tls: 'require' },
      ),
    'certificate-expired': (lab) => shows(lab, lab.certificates.expired),
    'certificate-not-yet-valid': (lab) => shows(lab, lab.certificates.notYetValid),
    'unknown-issuer': ({ certificates }) => ({ fields: { tls: { mode: 'verify-full', ca: certificates.otherCa } } }),
    'wrong-name': (lab) => shows(lab, lab.certificates.wrongName),
    // as a proxy in front of the server asks for it
    async 'client-certificate-wanted'({ ca, good }) {
      const provoked = await rogue(
        offersTls((socket) => {
          const options = { requestCert: true, rejectUnauthorized: true, ca, ...good };
          createServer(options).emit('connection', socket);
        }),
      );
      return { ...provoked, fields: { ...provoked.fields, tls: { mode: 'verify-full', ca } }, at: 'login' };
    },
    'client-certificate-refused': ({ ca, certificates: { strangerClient } }) => ({
      fields: {
        user: 'bearer',
        tls: { mode: 'verify-full', ca, cert: strangerClient.cert, key: { $env: CLIENT_KEY } },
      },
      clientKey: strangerClient.key,
      at: 'login',
    }),
    'host-not-allowed': () => rogue((socket) => socket.end(errorPacket(0, 1130, "Host '10.0.0.1' is not allowed"))),
    'account-locked': user('locked'),
    // it lets one in, and then takes no statement
    'account-expired': () => ({ fields: { user: 'expired' }, at: 'database' }),
    'unsupported-authentication': () =>
      rogue((socket) => {
        socket.write(greeting());
        socket.once('data', () => socket.write(packet(2, Buffer.from('\xfeclient_ed25519\0x', 'latin1'))));
      }),
    async 'too-many-connections'({ server, ca }) {
      const ssl = { ca, servername: 'localhost' };
      const one = await mysqlDriver.createConnection({
        host: '127.0.0.1',
        port: server.port,
        user: 'single',
        password: PASSWORD,
        ssl,
      });
      return { fields: { user: 'single' }, undo: () => one.end() };
    },
    'starting-up': refuses(1053),
    async 'server-too-old'() {
      const old = await startMariadb({ settings: ['--version=10.3.39-MariaDB'] });
      await old.execute(`create user shop@'%' identified by '${PASSWORD}'`);
      const fields = { port: old.port, database: 'information_schema', tls: { mode: 'disable' } };
      return { fields, at: 'database', undo: () => old.stop() };
    },
    // who has no right anywhere is not told whether there is such a database
    'unknown-database': ({ server }) => ({
      fields: { user: server.user, database: 'nowhere' },
      password: server.password,
    }),
    'no-database-right': user('poor'),
    'unknown-schema': 'a database has no schemas below it',
    other: () => ({ fields: { options: { timeZone: 'Nowhere' } }, at: 'database' }),
    'no-read-right': (lab) => revoked(lab, 'select'),
    'no-write-right': (lab) => revoked(lab, 'update'),
    'no-ddl-right': (lab) => revoked(lab, 'alter'),
    'certificate-ends-soon': (lab) => shows(lab, lab.certificates.server),
    'not-unicode': () => ({ fields: { database: 'latin' } }),
    async 'excess-rights'({ server }) {
      await server.execute("grant select on *.* to shop@'%'");
      return { undo: () => server.execute("revoke select on *.* from shop@'%'") };
    },
  },
};
