import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { canonicalModel } from '../canonical-model.ts';
import { modelSchema } from '../model.ts';
import type { ModelBody } from '../model.ts';
import { bodyOfDraft } from './body-of-draft.ts';
import { issuesOfDraft } from './issues-of-draft.ts';
import { draftOf, freeId, keyOf, newField, newModel } from './model-draft.ts';

const SAMPLE = join(import.meta.dirname, '../../../lib/sample/harbour/models');
const samples = readdirSync(SAMPLE).map((name): [string, ModelBody] => [
  name,
  modelSchema.parse(JSON.parse(readFileSync(join(SAMPLE, name, `${name}.json`), 'utf8'))),
]);

const everything: ModelBody = modelSchema.parse({
  database: 'databases.Main',
  table: 'playlist_track',
  managed: false,
  label: 'note',
  comment: 'what is on a list',
  primaryKey: ['track', 'playlist'],
  fields: [
    {
      id: 'f_a',
      name: 'playlist',
      type: 'reference',
      model: 'models.Playlist',
      onDelete: 'cascade',
      onUpdate: 'setNull',
    },
    { id: 'f_b', name: 'track', column: 'TrackId', type: 'bigint', default: '9007199254740993' },
    { id: 'f_c', name: 'price', type: 'decimal', precision: 10, scale: 2, default: '1.10', required: true },
    { id: 'f_d', name: 'note', type: 'text', length: 80, default: '', unique: true, comment: 'free' },
    { id: 'f_e', name: 'kind', type: 'choice', options: ['a, b', 'c'], default: 'c' },
    { id: 'f_f', name: 'on', type: 'boolean', default: false },
    { id: 'f_g', name: 'at', type: 'native', native: 'inet' },
    { id: 'f_h', name: 'sum', type: 'double', generated: 'computed' },
  ],
  indexes: [{ name: 'by_note', fields: ['note', 'kind'], unique: true }],
  references: [{ id: 'r_x', name: 'pair', model: 'models.Pair', fields: ['track', 'price'], to: ['a', 'b'] }],
});

test.each([...samples, ['everything', everything] as [string, ModelBody]])('%s comes back as it was', (_, body) => {
  expect(canonicalModel(modelSchema.parse(bodyOfDraft(draftOf(body))))).toEqual(canonicalModel(body));
});

describe('a draft', () => {
  test('takes a rename into key, indexes, references and label', () => {
    const draft = draftOf(everything);
    const renamed = {
      ...draft,
      fields: draft.fields.map((field) =>
        field.id === 'f_b' ? { ...field, name: 'song' } : field.id === 'f_d' ? { ...field, name: 'remark' } : field,
      ),
    };
    expect(bodyOfDraft(renamed)).toMatchObject({
      label: 'remark',
      primaryKey: ['song', 'playlist'],
      indexes: [{ fields: ['remark', 'kind'] }],
      references: [{ fields: ['song', 'price'] }],
    });
  });

  test('leaves a removed field out, and says where it is missed', () => {
    const draft = draftOf(everything);
    const removed = {
      ...draft,
      fields: draft.fields.map((field) => (field.id === 'f_d' ? { ...field, removed: true } : field)),
    };
    expect(keyOf(removed)).toEqual(['f_b', 'f_a']);
    const issues = issuesOfDraft(removed, 'models.PlaylistTrack', null);
    expect(issues.get('i:i0')?.[0]).toMatch(/There is no field note/);
    expect(issuesOfDraft(draft, 'models.PlaylistTrack', null)).toEqual(new Map());
  });

  test('says at its field what the form of a model refuses', () => {
    const draft = newModel('databases.Main', 'thing');
    const id = freeId('f', draft.fields);
    const field = { ...newField(id), name: 'name', length: 'long' };
    const issues = issuesOfDraft({ ...draft, fields: [...draft.fields, field] }, 'models.Thing', null);
    expect([...issues.keys()]).toEqual([`f:${id}`]);
    expect(issues.get(`f:${id}`)?.[0]).toMatch(/^length: /);
  });
});
