import type { Target } from '#elements/database/contract.ts';
import { Secret } from '#lib/core/secret.ts';

export type TargetWish = {
  port: number;
  host?: string;
  ip?: string;
  user?: string;
  password?: string;
  database?: string | null;
  tls?: Partial<Target['tls']>;
  options?: Target['options'];
  readOnly?: boolean;
  connectTimeoutMs?: number;
  statementTimeoutMs?: number;
};

/** A resolved target on this machine, as `lib/connections` makes it. */
export function mysqlTarget(wish: TargetWish): Target {
  return {
    element: 'databases.Main',
    endpoint: { kind: 'server', host: wish.host ?? 'localhost', port: wish.port, ip: wish.ip ?? '127.0.0.1' },
    user: wish.user ?? 'mooring',
    password: new Secret(wish.password ?? 'correct horse battery'),
    database: wish.database === undefined ? null : wish.database,
    schema: null,
    tls: { mode: 'disable', ca: null, cert: null, key: null, keyPassphrase: null, serverName: null, ...wish.tls },
    options: wish.options ?? {},
    readOnly: wish.readOnly ?? false,
    connectTimeoutMs: wish.connectTimeoutMs ?? 5_000,
    statementTimeoutMs: wish.statementTimeoutMs ?? 10_000,
  };
}
