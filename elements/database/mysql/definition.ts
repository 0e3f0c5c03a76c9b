import {
  MIGRATION_FIELDS,
  POOL_FIELDS,
  READ_ONLY_FIELD,
  serverFields,
  TLS_FIELDS,
} from '../../connection/common-fields.ts';
import type { DatabaseDefinition } from '../contract.ts';

export const mysql = {
  engine: 'mysql',
  title: 'MySQL',
  summary: 'MySQL 8 and MariaDB 10.6 or newer, and servers that speak their protocol: Aurora, TiDB, PlanetScale.',
  databaseType: 'databases.MySQLType',
  connectionType: 'connections.MySQLType',
  sharedFields: [
    ...serverFields(3306),
    ...TLS_FIELDS,
    ...POOL_FIELDS,
    {
      name: 'options.charset',
      label: 'Character set',
      kind: 'text',
      group: 'options',
      optional: true,
      default: 'utf8mb4',
      help: 'Character set of the session.',
    },
    {
      name: 'options.timeZone',
      label: 'Time zone',
      kind: 'text',
      group: 'options',
      optional: true,
      default: '+00:00',
      help: 'Time zone of the session, as an offset.',
    },
  ],
  ownFields: [
    { name: 'database', label: 'Database', kind: 'text', group: 'own', optional: false, help: 'Name of the database.' },
    READ_ONLY_FIELD,
    ...MIGRATION_FIELDS,
  ],
  maintenanceDatabase: null,
  capabilities: {
    embedded: false,
    schemas: false,
    transactionalDdl: false,
    returning: { insert: false, update: false, delete: false },
    comments: true,
    nameLength: { max: 64, unit: 'characters' },
    keyedTextLength: 255,
    decimalPrecision: 65,
    createDatabase: true,
    tls: true,
  },
} satisfies DatabaseDefinition;
