import type { Target } from '#elements/database/contract.ts';
import { Secret } from '#lib/core/secret.ts';

export type TargetWish = Partial<Omit<Target, 'endpoint' | 'password' | 'tls'>> & {
  host?: string;
  /** default: the host, where that is an address */
  ip?: string;
  port: number;
  password?: string | null;
  tls?: Partial<Record<'mode' | 'ca' | 'cert' | 'serverName', string | null>> & {
    key?: string | null;
    keyPassphrase?: string | null;
  };
};

const secret = (text: string | null | undefined) => (text == null ? null : new Secret(text));

/** A target as `lib/connections` makes it, on 127.0.0.1 without TLS unless wished otherwise. */
export function serverTarget({ host = '127.0.0.1', ip, port, password = null, tls = {}, ...rest }: TargetWish): Target {
  return {
    element: 'databases.Test',
    user: 'test',
    database: null,
    schema: null,
    options: {},
    readOnly: false,
    connectTimeoutMs: 5_000,
    statementTimeoutMs: 10_000,
    ...rest,
    endpoint: { kind: 'server', host, port, ip: ip ?? (host === 'localhost' ? '127.0.0.1' : host) },
    password: secret(password),
    tls: {
      mode: (tls.mode ?? 'disable') as Target['tls']['mode'],
      ca: tls.ca ?? null,
      cert: tls.cert ?? null,
      key: secret(tls.key),
      keyPassphrase: secret(tls.keyPassphrase),
      serverName: tls.serverName ?? null,
    },
  };
}
