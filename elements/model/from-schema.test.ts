import { describe, expect, it } from 'vitest';
import type { TypeTable } from '../database/contract.ts';
import { postgresql } from '../database/postgresql/definition.ts';
import type { Column, ColumnType, ForeignKey, Table } from '../database/schema.ts';
import { checkModel } from './check-model.ts';
import { fromSchema, type ProposalOptions } from './from-schema.ts';
import type { NamedModel } from './model.ts';
import { snakeCase, untaken } from './snake-case.ts';
import { toSchema } from './to-schema.ts';

const { capabilities } = postgresql;
const types: TypeTable = {
  native: (type) => JSON.stringify(type),
  logical: (native) => JSON.parse(native) as ColumnType,
  loss: () => null,
  settleDefault: (value) => value,
  narrows: () => false,
};

const column = (name: string, type: ColumnType, more: Partial<Column> = {}): Column => ({
  name,
  type,
  native: types.native(type),
  nullable: true,
  default: null,
  generated: null,
  comment: null,
  ...more,
});
const integer = { kind: 'integer' } as const;
const id = (name: string) => column(name, integer, { nullable: false, generated: 'increment' });
const table = (name: string, columns: Column[], key: string[], more: Partial<Table> = {}): Table => ({
  name,
  kind: 'table',
  columns,
  primaryKey: key.length > 0 ? { name: null, columns: key } : null,
  indexes: [],
  foreignKeys: [],
  comment: null,
  ...more,
});
const key = (columns: string[], toTable: string, toColumns: string[]): ForeignKey => ({
  name: `FK_${columns.join('_')}`,
  columns,
  toSchema: null,
  toTable,
  toColumns,
  onDelete: 'noAction',
  onUpdate: 'cascade',
});

const artist = table('Artist', [id('ArtistId'), column('Name', { kind: 'text', length: 120 })], ['ArtistId']);
const album = table(
  'Album',
  [id('AlbumId'), column('Title', { kind: 'text', length: 160 }, { nullable: false }), column('ArtistId', integer)],
  ['AlbumId'],
  {
    foreignKeys: [key(['ArtistId'], 'Artist', ['ArtistId'])],
    indexes: [
      { name: 'IFK_AlbumArtistId', columns: ['ArtistId'], unique: false },
      { name: 'Album_Title_key', columns: ['Title'], unique: true },
    ],
  },
);
const entry = table(
  'PlaylistTrack',
  [column('PlaylistId', integer), column('TrackId', integer)],
  ['PlaylistId', 'TrackId'],
);
const play = table(
  'Play',
  [column('A', integer), column('B', integer), column('Odd', { kind: 'native', native: 'tsvector' })],
  [],
  {
    foreignKeys: [key(['A', 'B'], 'PlaylistTrack', ['PlaylistId', 'TrackId'])],
  },
);

const propose = (tables: Table[], more: Partial<ProposalOptions> = {}) =>
  fromSchema(tables, { database: 'databases.Main', capabilities, ...more });

describe('fromSchema', () => {
  it('proposes snake_case names, with the real ones in table and column', () => {
    const [first, second] = propose([artist, album]);
    expect(second).toEqual({
      fullName: 'models.album',
      title: 'Album',
      body: {
        database: 'databases.Main',
        table: 'Album',
        managed: false,
        label: 'title',
        fields: [
          {
            id: 'f_album_id',
            name: 'album_id',
            column: 'AlbumId',
            type: 'integer',
            primaryKey: true,
            generated: 'increment',
          },
          { id: 'f_title', name: 'title', column: 'Title', type: 'text', length: 160, required: true, unique: true },
          {
            id: 'f_artist_id',
            name: 'artist_id',
            column: 'ArtistId',
            type: 'reference',
            model: 'models.artist',
            onUpdate: 'cascade',
          },
        ],
        indexes: [{ name: 'IFK_AlbumArtistId', fields: ['artist_id'] }],
      },
    });
    expect(first?.body.label).toBe('name');
  });

  it('keeps the names where asked', () => {
    const [proposed] = propose([entry], { keepNames: true });
    expect(proposed).toMatchObject({
      fullName: 'models.PlaylistTrack',
      body: { primaryKey: ['PlaylistId', 'TrackId'] },
    });
    expect(proposed?.body.fields[0]).toEqual({
      id: 'f_PlaylistId',
      name: 'PlaylistId',
      type: 'integer',
    });
  });

  it('lists references over several columns on the model', () => {
    const [, proposed] = propose([entry, play]);
    expect(proposed?.body.references).toEqual([
      {
        id: 'r_FK_A_B',
        name: 'FK_A_B',
        model: 'models.playlist_track',
        fields: ['a', 'b'],
        to: ['playlist_id', 'track_id'],
        onUpdate: 'cascade',
      },
    ]);
    expect(proposed?.body.fields[2]).toMatchObject({ type: 'native', native: 'tsvector' });
  });

  it('leaves an ordinary field where the target is not there, or has another type', () => {
    expect(propose([album])[0]?.body.fields[2]).toMatchObject({ type: 'integer', name: 'artist_id' });
    const wide = { ...artist, columns: [column('ArtistId', { kind: 'bigint' }), column('Name', { kind: 'longText' })] };
    const proposed = propose([wide, album])[1];
    expect(proposed?.body.fields[2]).toMatchObject({ type: 'integer' });
    expect(proposed?.body.references).toMatchObject([{ model: 'models.artist', fields: ['artist_id'] }]);
  });

  it('points to models that are there already', () => {
    const present: NamedModel[] = propose([artist]).map((each) => ({ id: 'e_1', ...each, fullName: 'models.Singer' }));
    const [proposed] = propose([album], { present, taken: ['models.Singer'] });
    expect(proposed?.body.fields[2]).toMatchObject({ type: 'reference', model: 'models.Singer' });
  });

  it('takes a folder named after the database where a name is taken', () => {
    expect(propose([artist, album], { taken: ['models.Album'] }).map((each) => each.fullName)).toEqual([
      'models.main.artist',
      'models.main.album',
    ]);
    expect(propose([artist], { taken: ['models.main.artist', 'models.artist'] })[0]?.fullName).toBe(
      'models.main.artist_2',
    );
  });

  it('asks for the very schema it was made from, and passes every check', () => {
    const tables = [artist, album, entry, play];
    const models = propose(tables).map((each, n): NamedModel => ({ id: `e_${n}`, ...each }));
    const byName = new Map(models.map((each) => [each.fullName, each]));
    const around = { models: byName, databaseOf: () => 'databases.Main', capabilities };
    expect(models.flatMap((model) => checkModel(model, around))).toEqual([]);
    const asked = toSchema(models, types, capabilities).schema.tables;
    const plain = (each: Table) => ({
      name: each.name,
      columns: each.columns.map(({ name, native, nullable }) => ({
        name,
        native,
        nullable: nullable && !each.primaryKey?.columns.includes(name),
      })),
      key: each.primaryKey?.columns,
      indexes: each.indexes.map((index) => index.name).sort(),
      references: each.foreignKeys.map(({ columns, toTable, toColumns }) => ({ columns, toTable, toColumns })),
    });
    expect(asked.map(plain)).toEqual(tables.map(plain));
  });

  it('keeps two tables apart that snake_case makes one, and names that are none', () => {
    const names = propose([table('Foo Bar', [id('1st')], ['1st']), table('foo_bar', [id('Ünïcode'), id('日本')], [])]);
    expect(names.map((each) => each.fullName)).toEqual(['models.foo_bar', 'models.foo_bar_2']);
    expect(names.flatMap((each) => each.body.fields.map((field) => field.name))).toEqual([
      'column_1st',
      'unicode',
      'column',
    ]);
  });

  it('takes over defaults that a field can say, and no others', () => {
    const defaults = table(
      't',
      [
        column('a', { kind: 'instant' }, { default: { kind: 'now' } }),
        column('b', integer, { default: { kind: 'literal', value: 5 } }),
        column('c', integer, { default: { kind: 'expression', sql: 'random()' } }),
        column('d', { kind: 'text', length: 2 }, { default: { kind: 'literal', value: 'long' } }),
      ],
      [],
    );
    expect(propose([defaults])[0]?.body.fields.map((field) => field.default)).toEqual(['now', 5, undefined, undefined]);
  });
});

it.each([
  ['AlbumId', 'album_id'],
  ['HTTPServer', 'http_server'],
  ['Billing Address', 'billing_address'],
  ['playlist_track', 'playlist_track'],
  ['ISO2Code', 'iso2_code'],
])('%s is %s in snake_case', (name, expected) => {
  expect(snakeCase(name, 'column')).toBe(expected);
});

it('finds a name that is not taken', () => {
  const taken = new Set(['a']);
  expect([untaken('A', taken), untaken('a', taken), untaken('b', taken)]).toEqual(['A_2', 'a_3', 'b']);
});
