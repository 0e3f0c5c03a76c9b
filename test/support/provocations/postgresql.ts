import { createCertificates } from '../certificates.ts';
import { message, refusalBy, welcome } from '../postgres-imposter.ts';
import { startPostgres } from '../postgres-server.ts';
import type { PostgresServer, PostgresSettings } from '../postgres-server.ts';
import { serverCertificate } from '../server-benches.ts';
import { Client } from 'pg';
import { onTheWay, rogue } from './on-the-way.ts';
import type { ServerLab } from './on-the-way.ts';
import type { Provocations, Provoked } from './provocation.ts';
import { CLIENT_KEY } from './provocation.ts';

type Certificates = Awaited<ReturnType<typeof createCertificates>>;
type PostgresLab = ServerLab & { server: PostgresServer; settings: PostgresSettings; certificates: Certificates };

const PASSWORD = 'p@ss "quoted" $1 7c2e';
const HBA = [
  'host all outsider 127.0.0.1/32 reject',
  'hostssl all encrypted 127.0.0.1/32 scram-sha-256',
  'host all encrypted 127.0.0.1/32 reject',
  'hostssl all bearer 127.0.0.1/32 scram-sha-256 clientcert=verify-ca',
  'host all all 127.0.0.1/32 scram-sha-256',
];
const ROLES = {
  shop: 'login',
  outsider: 'login',
  encrypted: 'login',
  bearer: 'login',
  locked: 'nologin',
  single: 'login connection limit 1',
};

async function start(): Promise<PostgresLab> {
  const certificates = await createCertificates();
  const settings = { tls: await serverCertificate(certificates.authority), clientCa: certificates.ca, hba: HBA };
  const server = await startPostgres(settings);
  for (const [name, how] of Object.entries(ROLES))
    await server.execute(`create role ${name} ${how} password '${PASSWORD}'`);
  await server.execute('create database shop');
  await server.execute('create database closed');
  await server.execute('revoke connect on database closed from public');
  const latin = "encoding 'LATIN1' locale_provider libc locale 'C' template template0";
  await server.execute(`create database latin ${latin}`);
  for (const database of ['shop', 'latin']) {
    await server.execute('create schema sales', database);
    await server.execute('create table sales.customer (id int primary key)', database);
    await server.execute('grant usage, create on schema sales to shop', database);
    await server.execute('grant select, insert, update, delete on sales.customer to shop', database);
  }
  const { authority, ca } = certificates;
  return {
    databaseType: 'databases.PgSqlType',
    fields: {
      host: 'localhost',
      port: server.port,
      user: 'shop',
      database: 'shop',
      schema: 'sales',
      tls: { mode: 'verify-full', ca },
    },
    password: PASSWORD,
    home: '/nowhere',
    authority,
    ca,
    server,
    settings,
    certificates,
    stop: () => server.stop(),
  };
}

const user = (name: string) => (): Provoked => ({ fields: { user: name } });
/** Answers whatever comes first. */
const says = (bytes: Buffer | string) => () => rogue((socket) => socket.once('data', () => socket.write(bytes)));

async function shows({ server, settings }: PostgresLab, tls: PostgresSettings['tls']): Promise<Provoked> {
  await server.configure({ ...settings, tls: tls ?? null });
  return { undo: () => server.configure(settings) };
}

async function revoked({ server }: PostgresLab, right: string, on: string): Promise<Provoked> {
  await server.execute(`revoke ${right} on ${on} from shop`, 'shop');
  return { undo: () => server.execute(`grant ${right} on ${on} to shop`, 'shop') };
}

export const postgresql: Provocations<PostgresLab> = {
  start,
  causes: {
    ...onTheWay,
    'wrong-protocol': says('HTTP/1.1 400 Bad Request\r\n\r\n'),
    'tls-required': () => ({ fields: { user: 'encrypted', tls: { mode: 'disable' } } }),
    'tls-refused': (lab) => shows(lab, null),
    'tls-failed': () =>
      rogue(
        (socket) => {
          socket.once('data', () => {
            socket.write('S');
            socket.once('data', () => socket.end('no TLS at all'));
          });
        },
        { tls: 'require' },
      ),
    'certificate-expired': (lab) => shows(lab, lab.certificates.expired),
    'certificate-not-yet-valid': (lab) => shows(lab, lab.certificates.notYetValid),
    'unknown-issuer': ({ certificates }) => ({ fields: { tls: { mode: 'verify-full', ca: certificates.otherCa } } }),
    'wrong-name': (lab) => shows(lab, lab.certificates.wrongName),
    // PostgreSQL asks for it once the handshake is over
    'client-certificate-wanted': () => ({ fields: { user: 'bearer' }, at: 'login' }),
    'client-certificate-refused': ({ ca, certificates: { strangerClient } }) => ({
      fields: {
        user: 'bearer',
        tls: { mode: 'verify-full', ca, cert: strangerClient.cert, key: { $env: CLIENT_KEY } },
      },
      clientKey: strangerClient.key,
      at: 'login',
    }),
    'host-not-allowed': user('outsider'),
    'account-locked': user('locked'),
    // PostgreSQL itself tells it only to its log; servers of its protocol say it
    'account-expired': says(refusalBy('28000', 'role "shop" password has expired')),
    'unsupported-authentication': says(message('R', 7)),
    async 'too-many-connections'({ server, ca }) {
      const ssl = { ca, servername: 'localhost' };
      const one = new Client({
        host: '127.0.0.1',
        port: server.port,
        user: 'single',
        password: PASSWORD,
        database: 'shop',
        ssl,
      });
      await one.connect();
      return { fields: { user: 'single' }, undo: () => one.end() };
    },
    'starting-up': says(refusalBy('57P03', 'the database system is starting up')),
    'server-too-old': async () => ({ ...(await says(welcome('12.22'))()), at: 'database' as const }),
    'no-database-right': () => ({ fields: { database: 'closed' } }),
    'unknown-schema': () => ({ fields: { schema: 'archive' } }),
    other: () => ({ fields: { options: { timeZone: 'Atlantis/Lost' } }, at: 'database' }),
    'no-read-right': (lab) => revoked(lab, 'select', 'sales.customer'),
    'no-write-right': (lab) => revoked(lab, 'update', 'sales.customer'),
    'no-ddl-right': (lab) => revoked(lab, 'create', 'schema sales'),
    async 'excess-rights'({ server }) {
      await server.execute('alter role shop createrole');
      return { undo: () => server.execute('alter role shop nocreaterole') };
    },
    'certificate-ends-soon': (lab) => shows(lab, lab.certificates.server),
    'not-unicode': () => ({ fields: { database: 'latin' } }),
  },
};
