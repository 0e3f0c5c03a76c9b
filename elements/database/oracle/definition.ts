import {
  MIGRATION_FIELDS,
  POOL_FIELDS,
  READ_ONLY_FIELD,
  serverFields,
  TLS_FIELDS,
} from '../../connection/common-fields.ts';
import type { FieldDefinition } from '../../connection/fields.ts';
import type { DatabaseDefinition } from '../contract.ts';

/** A connect descriptor is text with parentheses: a field that could leave its place in it is refused. */
const NO_DESCRIPTOR = {
  source: '^[^()=\'"\\\\#,\\u0000-\\u001f\\u007f\\s]+$',
  expected: 'a name without spaces, parentheses, quotes, commas, = and #',
};

const [host, port, user, password] = serverFields(1521) as [
  FieldDefinition,
  FieldDefinition,
  FieldDefinition,
  FieldDefinition,
];

export const oracle = {
  engine: 'oracle',
  title: 'Oracle',
  summary: 'Oracle Database 12.2 or newer, without client libraries.',
  databaseType: 'databases.OracleType',
  connectionType: 'connections.OracleType',
  sharedFields: [
    host,
    port,
    {
      name: 'serviceName',
      label: 'Service name',
      kind: 'text',
      group: 'server',
      optional: false,
      pattern: NO_DESCRIPTOR,
      help: 'Service that the listener offers, of a pluggable database as a rule.',
      placeholder: 'FREEPDB1',
    },
    user,
    password,
    ...TLS_FIELDS,
    ...POOL_FIELDS,
    {
      name: 'options.applicationName',
      label: 'Application name',
      kind: 'text',
      group: 'options',
      optional: true,
      default: 'mooring',
      pattern: NO_DESCRIPTOR,
      help: 'Shown by the server in v$session, as its program.',
    },
  ],
  ownFields: [
    {
      name: 'schema',
      label: 'Schema',
      kind: 'text',
      group: 'own',
      optional: true,
      help: 'Schema that holds the tables, spelt as the server has it; left out, that of the user.',
    },
    READ_ONLY_FIELD,
    ...MIGRATION_FIELDS,
  ],
  maintenanceDatabase: null,
  capabilities: {
    embedded: false,
    schemas: true,
    transactionalDdl: false,
    returning: { insert: false, update: false, delete: false },
    comments: true,
    nameLength: { max: 128, unit: 'bytes' },
    keyedTextLength: 255,
    decimalPrecision: 38,
    createDatabase: false,
    createSchema: false,
    tls: true,
    emptyTextIsNull: true,
    foreignKeyActions: { onDelete: ['restrict', 'noAction', 'cascade', 'setNull'], onUpdate: ['restrict', 'noAction'] },
  },
} satisfies DatabaseDefinition;
