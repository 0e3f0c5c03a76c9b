import { READ_ONLY_FIELD } from '../../connection/common-fields.ts';
import type { DatabaseDefinition } from '../contract.ts';

export const sqlite = {
  engine: 'sqlite',
  title: 'SQLite',
  summary: 'A database in one file beside the portal. Nothing to install.',
  databaseType: 'databases.SqliteType',
  connectionType: null,
  sharedFields: [],
  ownFields: [
    {
      name: 'file',
      label: 'File',
      kind: 'text',
      group: 'own',
      optional: false,
      pattern: {
        source: '^(?!.*(?:^|/)\\.{1,2}(?:/|$))[A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)*$',
        expected: 'a relative path of letters, digits, dots, dashes and slashes, such as main.db',
      },
      help: 'Relative path; each environment has its own file of this name.',
      placeholder: 'main.db',
    },
    READ_ONLY_FIELD,
  ],
  maintenanceDatabase: null,
  capabilities: {
    embedded: true,
    schemas: false,
    transactionalDdl: true,
    returning: { insert: true, update: true, delete: true },
    comments: false,
    nameLength: { max: 128, unit: 'characters' },
    decimalPrecision: 15,
    createDatabase: false,
    tls: false,
  },
} satisfies DatabaseDefinition;
