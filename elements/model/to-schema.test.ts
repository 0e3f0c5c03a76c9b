import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TypeTable } from '../database/contract.ts';
import { definitionList } from '../database/definitions.ts';
import { postgresql } from '../database/postgresql/definition.ts';
import { boundedName } from './bounded-name.ts';
import { modelSchema, type NamedModel } from './model.ts';
import { toSchema } from './to-schema.ts';

/** Spells a type as its own JSON, so that the test says nothing of any engine. */
const types: TypeTable = {
  native: (type) => JSON.stringify(type),
  logical: (native) => JSON.parse(native),
  loss: () => null,
  settleDefault: (value) => value,
  narrows: () => false,
};

const model = (fullName: string, body: unknown): NamedModel => ({
  id: `e_${fullName}`,
  fullName,
  body: modelSchema.parse(body),
});

const artist = model('models.Artist', {
  table: 'Artist',
  fields: [
    { id: 'f_id', name: 'id', column: 'ArtistId', type: 'bigint', primaryKey: true, generated: 'increment' },
    { id: 'f_name', name: 'name', type: 'text', length: 120, required: true, unique: true, comment: 'as on the cover' },
  ],
});
const album = model('models.Album', {
  table: 'album',
  managed: false,
  fields: [
    { id: 'f_id', name: 'id', type: 'uuid', primaryKey: true, default: 'uuid', unique: true },
    {
      id: 'f_artist',
      name: 'artist',
      column: 'artist_id',
      type: 'reference',
      model: 'models.Artist',
      onDelete: 'cascade',
    },
    { id: 'f_at', name: 'at', type: 'instant', default: 'now' },
    { id: 'f_word', name: 'word', type: 'text', default: 'now' },
  ],
  indexes: [{ name: 'album_artist', fields: ['artist', 'at'] }],
});

const made = (...models: NamedModel[]) => toSchema(models, types, postgresql.capabilities);

describe('toSchema', () => {
  it('gives a reference its target’s type, and a foreign key between the columns', () => {
    const table = made(artist, album).schema.tables[1];
    expect(table?.columns[1]).toMatchObject({
      name: 'artist_id',
      type: { kind: 'bigint' },
      nullable: true,
      generated: null,
    });
    expect(table?.foreignKeys).toEqual([
      {
        name: 'album_artist_id_fkey',
        columns: ['artist_id'],
        toSchema: null,
        toTable: 'Artist',
        toColumns: ['ArtistId'],
        onDelete: 'cascade',
        onUpdate: 'noAction',
      },
    ]);
  });

  it('makes an index of unique, but not over the key, and puts columns into declared ones', () => {
    const [first, second] = made(artist, album).schema.tables;
    expect(first?.indexes).toEqual([{ name: 'Artist_name_key', columns: ['name'], unique: true }]);
    expect(second?.indexes).toEqual([{ name: 'album_artist', columns: ['artist_id', 'at'], unique: false }]);
  });

  it('takes now and uuid as such only where they can be meant', () => {
    const columns = made(artist, album).schema.tables[1]?.columns.map((column) => column.default);
    expect(columns).toEqual([{ kind: 'uuid' }, null, { kind: 'now' }, { kind: 'literal', value: 'now' }]);
  });

  it('says which column each field is, so that a rename is known', () => {
    const { tables } = made(artist, album);
    expect(tables.map((each) => [each.modelId, each.managed, each.columns])).toEqual([
      ['e_models.Artist', true, { f_id: 'ArtistId', f_name: 'name' }],
      ['e_models.Album', false, { f_id: 'id', f_artist: 'artist_id', f_at: 'at', f_word: 'word' }],
    ]);
  });

  it('keeps composite keys in the order given, and references over several columns', () => {
    const part = model('models.Part', {
      table: 'part',
      primaryKey: ['b', 'a'],
      fields: ['a', 'b'].map((name) => ({ id: `f_${name}`, name, column: name.toUpperCase(), type: 'integer' })),
    });
    const user = model('models.Use', {
      table: 'use',
      fields: ['x', 'y'].map((name) => ({ id: `f_${name}`, name, type: 'integer' })),
      references: ['r_1', 'r_2'].map((id) => ({
        id,
        name: id,
        model: 'models.Part',
        fields: ['x', 'y'],
        to: ['b', 'a'],
      })),
    });
    const [first, second] = made(part, user).schema.tables;
    expect(first?.primaryKey).toEqual({ name: null, columns: ['B', 'A'] });
    expect(first?.columns.map((column) => column.nullable)).toEqual([false, false]);
    expect(second?.foreignKeys.map((key) => [key.columns, key.toColumns])).toEqual([
      [
        ['x', 'y'],
        ['B', 'A'],
      ],
      [
        ['x', 'y'],
        ['B', 'A'],
      ],
    ]);
    expect(new Set(second?.foreignKeys.map((key) => key.name)).size).toBe(2);
  });

  it('gives a text in a key a length where the engine needs one, in the table that points to it too', () => {
    const text = (name: string, more = {}) => ({ id: `f_${name}`, name, type: 'text', ...more });
    const word = model('models.Word', {
      table: 'word',
      fields: [text('word', { primaryKey: true }), text('sense'), text('rank', { length: 9, unique: true })],
    });
    const use = model('models.Use', {
      table: 'use',
      fields: [{ id: 'f_w', name: 'w', type: 'reference', model: 'models.Word' }],
    });
    const lengths = (keyedTextLength?: number) => {
      const capabilities = { ...postgresql.capabilities, ...(keyedTextLength ? { keyedTextLength } : {}) };
      const { schema } = toSchema([word, use], types, capabilities);
      return schema.tables.flatMap((table) => table.columns.map((column) => JSON.parse(column.native).length));
    };
    expect(lengths(255)).toEqual([255, null, 9, 255]);
    expect(lengths()).toEqual([null, null, 9, null]);
  });

  it('leaves comments out where the engine keeps none', () => {
    const silent = { ...postgresql.capabilities, comments: false };
    expect(toSchema([artist], types, silent).schema.tables[0]?.columns[1]?.comment).toBeNull();
    expect(made(artist).schema.tables[0]?.columns[1]?.comment).toBe('as on the cover');
  });
});

describe('boundedName', () => {
  const limits = definitionList.map((definition) => definition.capabilities.nameLength);
  it('never passes the limit, is stable, and tells names apart', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...limits),
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }),
        (limit, name) => {
          const bounded = boundedName(name, limit);
          const size = limit.unit === 'bytes' ? Buffer.byteLength(bounded) : [...bounded].length;
          expect(size).toBeLessThanOrEqual(limit.max);
          expect(boundedName(name, limit)).toBe(bounded);
          expect(boundedName(`${name}x`, limit)).not.toBe(bounded);
        },
      ),
    );
  });
});
