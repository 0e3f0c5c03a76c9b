import { describe, expect, test } from 'vitest';
import { musicRelease } from '#test/support/music-release.ts';
import type { CompiledModel } from './compile-release.ts';
import { DataError } from './data-error.ts';
import { fitDecimal } from './fit-value.ts';
import { findModel } from './find-model.ts';
import { parseRows } from './parse-body.ts';
import { parseAccept, parsePrefer, parseWindow } from './parse-headers.ts';
import { parseOrder } from './parse-order.ts';
import { parseQuery } from './parse-query.ts';
import { parseSelect } from './parse-select.ts';
import { parseValue } from './parse-value.ts';

const model = (name: string): CompiledModel => findModel(musicRelease, name, undefined);
const album = model('album');

function refusal(work: () => unknown): { status: number; code: string; hint: string | null } {
  try {
    work();
  } catch (error) {
    if (error instanceof DataError) return { status: error.status, code: error.code, hint: error.hint };
    throw error;
  }
  throw new Error('expected a refusal');
}

const code = (work: () => unknown): string => refusal(work).code;

describe('findModel', () => {
  test('the default database answers where two hold the name, a profile names the other', () => {
    expect(album.fullName).toBe('models.album');
    expect(findModel(musicRelease, 'album', 'reporting.Archive').fullName).toBe('models.old.album');
  });

  test('unknown names and profiles', () => {
    expect(refusal(() => findModel(musicRelease, 'Album', undefined))).toEqual({
      status: 404,
      code: 'PGRST205',
      hint: "Perhaps you meant the table 'album'",
    });
    expect(refusal(() => findModel(musicRelease, 'album', 'public')).status).toBe(406);
    expect(code(() => findModel(musicRelease, 'rpc/now', undefined))).toBe('PGRST202');
    expect(code(() => findModel(musicRelease, '', undefined))).toBe('not-yet');
  });
});

describe('parseSelect', () => {
  const keys = (text: string, of = album) => parseSelect(text, of).map((each) => each.as);

  test('fields, renaming, everything', () => {
    expect(parseSelect(null, album)).toBe(album.all);
    expect(keys('title,name:title')).toEqual(['title', 'name']);
    expect(keys('*,live')).toHaveLength(album.all.length);
  });

  test('embeds by reference field, by model!field, back from the target, one-to-one where the key is unique', () => {
    const [one] = parseSelect('artist_id(name)', album);
    expect(one).toMatchObject({
      as: 'artist_id',
      embed: {
        kind: 'one',
        from: { table: 'artist' },
        on: [{ outer: { column: 'artist_id' }, inner: { column: 'id' } }],
      },
    });
    expect(parseSelect('maker:artist!producer_id(name)', album)[0]).toMatchObject({
      as: 'maker',
      embed: { on: [{ outer: { column: 'producer_id' } }] },
    });
    expect(parseSelect('name,album!artist_id(title)', model('artist'))[1]).toMatchObject({ embed: { kind: 'many' } });
    expect(parseSelect('badge(number)', model('employee'))[0]).toMatchObject({ embed: { kind: 'one' } });
  });

  test('a model that refers to itself: the field gives the one, model!field the many', () => {
    expect(parseSelect('reports_to(name)', model('employee'))[0]).toMatchObject({ embed: { kind: 'one' } });
    expect(parseSelect('employee!reports_to(name)', model('employee'))[0]).toMatchObject({ embed: { kind: 'many' } });
  });

  test('an unaliased embed hides the field of its name', () => {
    expect(keys('*,artist_id(name)').filter((key) => key === 'artist_id')).toHaveLength(1);
  });

  test.each([
    ['artist(name)', 'PGRST201'],
    ['track(name)', 'PGRST200'],
    ['nothing', '42703'],
    ['title::text', 'PGRST100'],
    ['notes->a', 'not-yet'],
    ['...artist_id(name)', 'not-yet'],
    ['id.count()', 'not-yet'],
    ['artist!inner(name)', 'not-yet'],
    ['artist_id(name,album(title))', 'not-yet'],
  ])('%s is refused as %s', (text, expected) => {
    expect(code(() => parseSelect(text, album))).toBe(expected);
  });
});

describe('parseQuery', () => {
  const filter = (query: string) => parseQuery(query, album).filter;

  test('operators, not, in with quotes, is', () => {
    expect(filter('id=eq.5')).toEqual({ op: 'eq', column: { column: 'id', type: { kind: 'integer' } }, value: 5 });
    expect(filter('title=not.like.*a%25')).toMatchObject({ op: 'not', of: { op: 'like', pattern: '%a%' } });
    expect(filter('title=in.(a,"b,c","d\\"e")')).toMatchObject({ op: 'in', values: ['a', 'b,c', 'd"e'] });
    expect(filter('id=in.()')).toMatchObject({ op: 'in', values: [] });
    expect(filter('released=is.null')).toMatchObject({ op: 'is', value: null, column: { column: 'released_at' } });
    expect(filter('live=is.true')).toMatchObject({ op: 'is', value: true });
    expect(filter('title=eq.a.b=c')).toMatchObject({ value: 'a.b=c' });
    expect(filter('plays=gt.9007199254740993')).toMatchObject({ value: '9007199254740993' });
  });

  test('and, or, not, nested', () => {
    expect(filter('or=(id.eq.1,and(id.gt.3,not.or(title.eq."x,y",live.is.null)))&live=is.false')).toMatchObject({
      op: 'and',
      of: [
        {
          op: 'or',
          of: [
            { op: 'eq' },
            { op: 'and', of: [{ op: 'gt' }, { op: 'not', of: { op: 'or', of: [{ value: 'x,y' }, { op: 'is' }] } }] },
          ],
        },
        { op: 'is', value: false },
      ],
    });
  });

  test.each([
    ['nothing=eq.1', '42703'],
    ['id=eq.abc', '22P02'],
    ['id=eq.99999999999', '22003'],
    ['id=5', 'PGRST100'],
    ['title=fts.x', 'PGRST100'],
    ['title=eq(any).{a}', 'PGRST100'],
    ['notes->a=eq.1', 'not-yet'],
    ['notes=eq.1', '42883'],
    ['title=is.true', '42804'],
    ['id=is.maybe', 'PGRST100'],
    ['artist.name=eq.x', 'not-yet'],
    ['artist.limit=3', 'not-yet'],
    ['on_conflict=id', 'not-yet'],
    ['or=id.eq.1', 'PGRST100'],
    ['released=eq.2026-02-30', '22008'],
  ])('%s is refused as %s', (query, expected) => {
    expect(code(() => parseQuery(query, album))).toBe(expected);
  });
});

test('parseOrder: nulls as PostgreSQL has them', () => {
  expect(parseOrder('title,id.desc,plays.asc.nullsfirst', album)).toMatchObject([
    { direction: 'asc', nulls: 'last' },
    { direction: 'desc', nulls: 'first' },
    { direction: 'asc', nulls: 'first' },
  ]);
  expect(code(() => parseOrder('nothing', album))).toBe('42703');
  expect(code(() => parseOrder('title.up', album))).toBe('PGRST100');
  expect(code(() => parseOrder('artist(name)', album))).toBe('not-yet');
});

describe('headers', () => {
  test('Prefer: known, later and unknown words', () => {
    expect(parsePrefer('return=representation, count=exact, foo=bar')).toEqual({
      count: true,
      return: 'representation',
    });
    for (const later of ['resolution=merge-duplicates', 'missing=default', 'max-affected=1', 'tx=rollback']) {
      expect(code(() => parsePrefer(later))).toBe('not-yet');
    }
  });

  test('Accept', () => {
    expect(parseAccept('text/html, */*;q=0.8')).toBe('array');
    expect(parseAccept('application/vnd.pgrst.object+json')).toBe('object');
    expect(code(() => parseAccept('text/csv'))).toBe('not-yet');
    expect(refusal(() => parseAccept('image/png'))).toMatchObject({ status: 400, code: 'PGRST107' });
  });

  test('Range meets limit and offset', () => {
    const window = (limit: string | null, offset: string | null, range?: string) =>
      parseWindow({ limit, offset }, range === undefined ? {} : { range });
    expect(window(null, null)).toEqual({ limit: null, offset: 0 });
    expect(window('5', '10')).toEqual({ limit: 5, offset: 10 });
    expect(window(null, null, '0-9')).toEqual({ limit: 10, offset: 0 });
    expect(window('5', null, '3-')).toEqual({ limit: 2, offset: 3 });
    expect(refusal(() => window(null, null, '9-3')).status).toBe(416);
    expect(code(() => window('-1', null))).toBe('PGRST100');
  });
});

describe('parseRows', () => {
  const rows = (body: string, columns: string | null = null) => parseRows(body, columns, album);

  test('keeps every digit of long numbers, in json too', () => {
    const { rows: parsed } = rows(
      '{"plays": 9223372036854775807, "price": 1234567890123456.7890, "notes": {"n": 12345678901234567890}}',
    );
    expect(parsed).toEqual([['9223372036854775807', '1234567890123456.7890', '{"n":12345678901234567890}']]);
  });

  test('columns= fills what a row lacks with null', () => {
    expect(rows('[{"id": 1}, {"title": "x", "plays": 3}]', 'id,title').rows).toEqual([
      [1, null],
      [null, 'x'],
    ]);
  });

  test.each([
    ['', 'PGRST102'],
    ['[1]', 'PGRST102'],
    ['[{"id":1},{"title":"x"}]', 'PGRST102'],
    ['{"nothing":1}', 'PGRST204'],
    ['{"slug":"x"}', '428C9'],
    ['{"id":1.5}', '22P02'],
    ['{"title":{}}', '22P02'],
  ])('%s is refused as %s', (body, expected) => {
    expect(code(() => rows(body))).toBe(expected);
  });
});

test.each([
  ['1.005', 12, 2, '1.01'],
  ['-1.005', 12, 2, '-1.01'],
  ['-0.001', 12, 2, '0.00'],
  ['12', 12, 2, '12.00'],
  ['1.5e3', 12, 0, '1500'],
  ['.5', 12, 0, '1'],
  ['99.994', 4, 2, '99.99'],
  ['12345678901234567890.12', 22, 2, '12345678901234567890.12'],
])('%s as decimal(%i,%i) is %s', (text, precision, scale, expected) => {
  expect(fitDecimal(text, precision, scale)).toBe(expected);
});

test('a decimal with too many digits is refused', () => {
  expect(code(() => fitDecimal('99.995', 4, 2))).toBe('22003');
});

describe('parseValue', () => {
  test('instants become UTC, datetimes stay', () => {
    expect(parseValue('2026-01-31T23:30:00.1200+02:00', { kind: 'instant' })).toBe('2026-01-31T21:30:00.12Z');
    expect(parseValue('2026-01-31 23:30', { kind: 'datetime' })).toBe('2026-01-31T23:30:00');
    expect(parseValue('2026-01-31', { kind: 'instant' })).toBe('2026-01-31T00:00:00Z');
  });

  test('uuid, binary, boolean, choice', () => {
    expect(parseValue('A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', { kind: 'uuid' })).toBe(
      'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
    );
    expect(parseValue('a0eebc999c0b4ef8bb6d6bb9bd380a11', { kind: 'uuid' })).toBe(
      'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
    );
    expect(parseValue('\\xDEAD', { kind: 'binary' })).toBe('\\xdead');
    expect(parseValue('off', { kind: 'boolean' })).toBe(false);
    expect(code(() => parseValue('red', { kind: 'choice', options: ['green'] }))).toBe('23514');
    expect(code(() => parseValue('xyz', { kind: 'binary' }))).toBe('22P02');
    expect(code(() => parseValue('25:00', { kind: 'time' }))).toBe('22008');
  });
});
