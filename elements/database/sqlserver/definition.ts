import {
  MIGRATION_FIELDS,
  POOL_FIELDS,
  READ_ONLY_FIELD,
  serverFields,
  TLS_FIELDS,
} from '../../connection/common-fields.ts';
import type { FieldDefinition } from '../../connection/fields.ts';
import type { DatabaseDefinition } from '../contract.ts';

/** A login of TDS is a user and a password: the server never asks for a client certificate. */
const NO_CLIENT_CERTIFICATE = new Set(['tls.cert', 'tls.key', 'tls.keyPassphrase']);

const INSTANCE: FieldDefinition = {
  name: 'instance',
  label: 'Instance',
  kind: 'text',
  group: 'server',
  optional: true,
  pattern: { source: '^[A-Za-z_#][A-Za-z0-9_#$]{0,15}$', expected: 'the name of an instance, at most 16 characters' },
  help: 'Named instance: its port is asked of the host over UDP 1434, and Port is not used.',
  placeholder: 'SQLEXPRESS',
};

const server = serverFields(1433);

export const sqlserver = {
  engine: 'sqlserver',
  title: 'SQL Server',
  summary: 'SQL Server 2017 or newer, Azure SQL Database and Azure SQL Managed Instance.',
  databaseType: 'databases.SqlServerType',
  connectionType: 'connections.SqlServerType',
  sharedFields: [
    ...server.slice(0, 2),
    INSTANCE,
    ...server.slice(2),
    ...TLS_FIELDS.filter(({ name }) => !NO_CLIENT_CERTIFICATE.has(name)),
    ...POOL_FIELDS,
    {
      name: 'options.applicationName',
      label: 'Application name',
      kind: 'text',
      group: 'options',
      optional: true,
      default: 'mooring',
      help: 'Shown by the server in sys.dm_exec_sessions.',
    },
    {
      name: 'options.lockTimeoutMs',
      label: 'Lock timeout (ms)',
      kind: 'number',
      group: 'options',
      optional: true,
      default: 10_000,
      min: 0,
      max: 3_600_000,
      help: 'A statement that waits longer for a lock fails.',
    },
    {
      name: 'options.packetSize',
      label: 'Packet size (bytes)',
      kind: 'number',
      group: 'options',
      optional: true,
      default: 4096,
      min: 512,
      max: 16_384,
      help: 'Size of the packets of the protocol; the server may lower it.',
    },
  ],
  ownFields: [
    { name: 'database', label: 'Database', kind: 'text', group: 'own', optional: false, help: 'Name of the database.' },
    {
      name: 'schema',
      label: 'Schema',
      kind: 'text',
      group: 'own',
      optional: true,
      default: 'dbo',
      help: 'Schema that holds the tables.',
    },
    READ_ONLY_FIELD,
    ...MIGRATION_FIELDS,
  ],
  maintenanceDatabase: 'master',
  capabilities: {
    embedded: false,
    schemas: true,
    transactionalDdl: true,
    returning: { insert: true, update: true, delete: true },
    comments: true,
    nameLength: { max: 128, unit: 'characters' },
    keyedTextLength: 255,
    decimalPrecision: 38,
    createDatabase: true,
    tls: true,
  },
} satisfies DatabaseDefinition;
