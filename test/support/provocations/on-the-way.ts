/** What goes wrong before any server of the engine has said a word, alike for all that are reached over a network. */
import type { Authority } from '../certificates.ts';
import { freePort } from '../free-port.ts';
import { startFullBacklog } from '../full-backlog.ts';
import { startTcpServer } from '../tcp-server.ts';
import type { Lab, Provocations, Provoked } from './provocation.ts';
import { CLIENT_KEY } from './provocation.ts';

export type ServerLab = Lab & { authority: Authority; ca: string };

/** A small server in place of the real one, spoken to without TLS. */
export async function rogue(
  serve: Parameters<typeof startTcpServer>[0],
  { tls = 'disable', connectTimeoutMs = 2_000 }: { tls?: 'disable' | 'require'; connectTimeoutMs?: number } = {},
): Promise<Provoked> {
  const server = await startTcpServer((socket) => {
    // unread, it would not notice that the other end has gone
    socket.resume();
    serve(socket);
  });
  return {
    fields: { port: server.port, tls: { mode: tls }, pool: { connectTimeoutMs } },
    undo: () => server.stop(),
  };
}

const withClient = async ({ authority, ca }: ServerLab) => {
  const own = await authority.issue({ commonName: 'shop', client: true });
  return { own, tls: { mode: 'verify-full', ca, cert: own.cert, key: { $env: CLIENT_KEY } } };
};

const COMMON = {
  'unknown-host': () => ({
    fields: { host: 'db.example.com' },
    resolver: () => Promise.reject(Object.assign(new Error('not found'), { code: 'ENOTFOUND' })),
  }),
  'dns-timed-out': () => ({ fields: { host: 'db.example.com' }, resolver: () => new Promise<string[]>(() => {}) }),
  refused: async () => ({ fields: { port: await freePort() } }),
  filtered: async () => {
    const { port, stop } = await startFullBacklog();
    return { fields: { port, pool: { connectTimeoutMs: 300 } }, undo: stop };
  },
  // the broadcast address of the loopback network: the system has no way to it, and sends nothing
  unreachable: () => ({ fields: { host: '127.255.255.255' } }),
  closed: () => rogue((socket) => socket.end()),
  'login-timed-out': () => rogue(() => {}, { connectTimeoutMs: 300 }),
  'wrong-login': () => ({ password: 'another one' }),
  'bad-ca': () => ({ fields: { tls: { mode: 'verify-full', ca: 'no PEM' } } }),
  'bad-client-certificate': async (lab: ServerLab) => {
    const { own, tls } = await withClient(lab);
    return { fields: { tls: { ...tls, cert: 'no PEM' } }, clientKey: own.key };
  },
  'bad-client-key': async (lab: ServerLab) => {
    const { tls } = await withClient(lab);
    const other = await lab.authority.issue({ commonName: 'other', client: true });
    return { fields: { tls }, clientKey: other.key };
  },
  'unknown-database': () => ({ fields: { database: 'nowhere' } }),
  // every address of the name is judged, the first one is taken: nothing is sent to the other
  'public-address': ({ ca }: ServerLab) => ({
    fields: { host: 'db.example.com', tls: { mode: 'verify-full', ca, serverName: 'localhost' } },
    resolver: () => Promise.resolve(['127.0.0.1', '8.8.8.8']),
    inProtected: true,
  }),
  'not-encrypted': 'only a server that is on another machine; tls.test.ts has it',
  'not-verified': () => ({ fields: { tls: { mode: 'require' } } }),
  'clock-off': () => ({ clockMs: 90_000 }),
  'pool-over-limit': () => ({ fields: { pool: { max: 500 } } }),
  'unknown-instance': 'a server has no named instances',
  'unknown-service': 'a server has no listener that offers services',
  redirected: 'a server sends nobody on to another address',
  'missing-file': 'a server has no file',
  'not-a-database': 'a server has no file',
  'file-not-readable': 'a server has no file',
} satisfies Partial<Provocations<ServerLab>['causes']>;

export const onTheWay: Pick<Provocations<ServerLab>['causes'], keyof typeof COMMON> = COMMON;
