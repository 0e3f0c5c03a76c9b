import type { FieldDefinition } from './fields.ts';

const VERIFIED = ['verify-ca', 'verify-full'];
const ENCRYPTED = ['require', ...VERIFIED];

/** Host, port, user, password: what every database server asks for. */
export function serverFields(defaultPort: number): FieldDefinition[] {
  return [
    {
      name: 'host',
      label: 'Host',
      kind: 'text',
      group: 'server',
      optional: false,
      help: 'Name or address of the server.',
      placeholder: 'db.example.com',
    },
    {
      name: 'port',
      label: 'Port',
      kind: 'number',
      group: 'server',
      optional: false,
      default: defaultPort,
      min: 1,
      max: 65535,
      help: 'TCP port of the server.',
    },
    { name: 'user', label: 'User', kind: 'text', group: 'login', optional: false, help: 'Login of the application.' },
    {
      name: 'password',
      label: 'Password',
      kind: 'secret',
      group: 'login',
      optional: false,
      help: 'Kept sealed, outside the source.',
    },
  ];
}

export const TLS_FIELDS: FieldDefinition[] = [
  {
    name: 'tls.mode',
    label: 'TLS mode',
    kind: 'choice',
    group: 'tls',
    optional: true,
    mustResolve: true,
    choices: [
      { value: 'disable', label: 'disable', help: 'Not encrypted. For loopback and trusted networks only.' },
      { value: 'require', label: 'require', help: 'Encrypted, not verified: whoever answers is believed.' },
      { value: 'verify-ca', label: 'verify-ca', help: 'Encrypted; the certificate must be signed by the CA.' },
      { value: 'verify-full', label: 'verify-full', help: 'Encrypted; signed by the CA, and made for this host.' },
    ],
    help: 'Left out: disable to a loopback address, verify-full to any other. Nothing ever falls back to a weaker mode.',
  },
  {
    name: 'tls.ca',
    label: 'CA',
    kind: 'pem',
    group: 'tls',
    optional: true,
    onlyForTlsModes: VERIFIED,
    help: 'Certificate of the CA as PEM text; left out, the well-known CAs are trusted.',
  },
  {
    name: 'tls.cert',
    label: 'Client certificate',
    kind: 'pem',
    group: 'tls',
    optional: true,
    onlyForTlsModes: ENCRYPTED,
    help: 'PEM text, where the server asks for one.',
  },
  {
    name: 'tls.key',
    label: 'Client key',
    kind: 'secret',
    group: 'tls',
    optional: true,
    onlyForTlsModes: ENCRYPTED,
    help: 'PEM text of the key that belongs to the client certificate.',
  },
  {
    name: 'tls.keyPassphrase',
    label: 'Key pass-phrase',
    kind: 'secret',
    group: 'tls',
    optional: true,
    onlyForTlsModes: ENCRYPTED,
    help: 'Where the client key is encrypted.',
  },
  {
    name: 'tls.serverName',
    label: 'Server name',
    kind: 'text',
    group: 'tls',
    optional: true,
    onlyForTlsModes: ['verify-full'],
    help: 'Name in the certificate, where it is not the host.',
  },
];

const figure = (
  name: string,
  label: string,
  byDefault: number,
  min: number,
  max: number,
  help: string,
): FieldDefinition => ({
  name: `pool.${name}`,
  label,
  kind: 'number',
  group: 'pool',
  optional: true,
  default: byDefault,
  min,
  max,
  help,
});

export const POOL_FIELDS: FieldDefinition[] = [
  figure('max', 'Most connections', 10, 1, 1000, 'Connections of one database element, per environment and instance.'),
  figure('min', 'Fewest connections', 0, 0, 1000, 'Kept open while idle.'),
  figure('idleTimeoutMs', 'Idle timeout (ms)', 30_000, 0, 3_600_000, 'An idle connection is closed after this time.'),
  figure(
    'maxLifetimeMs',
    'Longest life (ms)',
    1_800_000,
    1_000,
    86_400_000,
    'A connection is replaced after this time.',
  ),
  figure(
    'acquireTimeoutMs',
    'Acquire timeout (ms)',
    5_000,
    1,
    60_000,
    'How long a request waits for a free connection before it is answered 503.',
  ),
  figure(
    'queueLimit',
    'Queue limit',
    100,
    0,
    10_000,
    'How many requests may wait; the next one is answered 503 at once.',
  ),
  figure('connectTimeoutMs', 'Connect timeout (ms)', 5_000, 100, 60_000, 'Deadline of a new connection.'),
  figure(
    'statementTimeoutMs',
    'Statement timeout (ms)',
    30_000,
    100,
    3_600_000,
    'A statement that runs longer is cancelled on the server.',
  ),
];

/** A second login, used by *migrate* alone. */
export const MIGRATION_FIELDS: FieldDefinition[] = [
  {
    name: 'ddlUser',
    label: 'Migration user',
    kind: 'text',
    group: 'migration',
    optional: true,
    help: 'Login that may change the schema; used during a deploy only.',
  },
  {
    name: 'ddlPassword',
    label: 'Migration password',
    kind: 'secret',
    group: 'migration',
    optional: true,
    help: 'Kept sealed, outside the source.',
  },
];

export const READ_ONLY_FIELD: FieldDefinition = {
  name: 'readOnly',
  label: 'Read-only',
  kind: 'boolean',
  group: 'own',
  optional: true,
  mustResolve: true,
  default: false,
  help: 'The data API refuses writes and a deploy plans nothing on it.',
};
