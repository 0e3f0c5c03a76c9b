import type { Target } from '#elements/database/contract.ts';
import { Secret } from '#lib/core/secret.ts';

/** Settings of a login that no server has been asked about. */
export const target: Target = {
  element: 'databases.Main',
  endpoint: { kind: 'server', host: 'db.example.com', port: 1521, ip: '127.0.0.1' },
  serviceName: 'FREEPDB1',
  user: 'shop',
  password: new Secret('not the password'),
  database: null,
  schema: null,
  tls: { mode: 'disable', ca: null, cert: null, key: null, keyPassphrase: null, serverName: null },
  options: {},
  readOnly: false,
  connectTimeoutMs: 2_000,
  statementTimeoutMs: 2_000,
};
