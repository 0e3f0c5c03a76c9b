import type { Target } from '#elements/database/contract.ts';
import { Secret } from '#lib/core/secret.ts';

type Wish = Partial<Omit<Target, 'tls' | 'endpoint'>> & {
  port: number;
  host?: string;
  instance?: string;
  tls?: Partial<Target['tls']>;
};

export const PASSWORD = 'wrong but secret';

/** A resolved target on this machine, as `lib/connections` makes it. */
export function sqlserverTarget({ port, host = 'localhost', instance, tls, ...rest }: Wish): Target {
  return {
    element: 'databases.Main',
    endpoint: { kind: 'server', host, port, ip: '127.0.0.1', ...(instance === undefined ? {} : { instance }) },
    user: 'app',
    password: new Secret(PASSWORD),
    database: 'shop',
    schema: 'dbo',
    options: {},
    readOnly: false,
    connectTimeoutMs: 2_000,
    statementTimeoutMs: 2_000,
    ...rest,
    tls: { mode: 'disable', ca: null, cert: null, key: null, keyPassphrase: null, serverName: null, ...tls },
  };
}
