import { compileRelease, type ModelInput } from '#lib/data/compile-release.ts';

const table = (name: string) => ({ schema: null, table: name });
const field = (
  name: string,
  type: ModelInput['fields'][number]['type'],
  more: Partial<ModelInput['fields'][number]> = {},
) => ({
  name,
  column: name,
  type,
  computed: false,
  increment: false,
  notNull: false,
  ...more,
});
const text = { kind: 'text', length: 200 } as const;
const integer = { kind: 'integer' } as const;

/** A small release for tests of the data API: artists, albums, employees that report to each other, and a read-only archive. */
const musicModels: ModelInput[] = [
  {
    name: 'artist',
    fullName: 'models.artist',
    database: 'databases.Main',
    readOnly: false,
    table: table('artist'),
    fields: [field('id', integer, { increment: true }), field('name', text)],
    key: ['id'],
    unique: [],
    references: [],
  },
  {
    name: 'album',
    fullName: 'models.album',
    database: 'databases.Main',
    readOnly: false,
    table: table('album'),
    fields: [
      field('id', integer, { increment: true }),
      field('title', text),
      field('artist_id', integer),
      field('producer_id', integer),
      field('price', { kind: 'decimal', precision: 20, scale: 4 }),
      field('plays', { kind: 'bigint' }),
      field('live', { kind: 'boolean' }),
      field('released', { kind: 'instant' }, { column: 'released_at' }),
      field('notes', { kind: 'json' }),
      field('slug', text, { computed: true }),
    ],
    key: ['id'],
    unique: [],
    references: [
      { name: 'artist_id', target: 'models.artist', fields: ['artist_id'], to: ['id'] },
      { name: 'producer_id', target: 'models.artist', fields: ['producer_id'], to: ['id'] },
    ],
  },
  {
    name: 'employee',
    fullName: 'models.employee',
    database: 'databases.Main',
    readOnly: false,
    table: table('employee'),
    fields: [field('id', integer), field('name', text), field('reports_to', integer)],
    key: ['id'],
    unique: [],
    references: [{ name: 'reports_to', target: 'models.employee', fields: ['reports_to'], to: ['id'] }],
  },
  {
    name: 'badge',
    fullName: 'models.badge',
    database: 'databases.Main',
    readOnly: false,
    table: table('badge'),
    fields: [field('employee_id', integer), field('number', text)],
    key: ['employee_id'],
    unique: [],
    references: [{ name: 'employee_id', target: 'models.employee', fields: ['employee_id'], to: ['id'] }],
  },
  {
    name: 'album',
    fullName: 'models.old.album',
    database: 'databases.reporting.Archive',
    readOnly: true,
    table: table('album'),
    fields: [field('id', integer), field('title', text)],
    key: ['id'],
    unique: [],
    references: [],
  },
];

export const musicRelease = compileRelease(musicModels, 'databases.Main');
