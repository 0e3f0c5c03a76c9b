import { describe, expect, test } from 'vitest';
import { compileRelease } from './compile-release.ts';
import { DataError } from './data-error.ts';
import { findModel } from './find-model.ts';
import { parseRows } from './parse-body.ts';
import { parseWindow } from './parse-headers.ts';
import { parseOrder } from './parse-order.ts';
import { parseQuery } from './parse-query.ts';
import { parseSelect } from './parse-select.ts';
import { parseValue } from './parse-value.ts';
import { musicRelease } from '#test/support/music-release.ts';

/** Far more than honest work takes, far less than what grows with the square of the input. */
const SOON_MS = 3_000;
const album = findModel(musicRelease, 'album', undefined);

function codeWithin(work: () => unknown): string {
  const started = performance.now();
  let code = 'none';
  try {
    work();
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    ({ code } = error);
  }
  expect(performance.now() - started).toBeLessThan(SOON_MS);
  return code;
}

const MIB = 1024 * 1024;
const decimal = { kind: 'decimal', precision: 20, scale: 4 } as const;

describe('a text of many megabytes', () => {
  test.each([
    ['digits that end wrongly', `${'1'.repeat(4 * MIB)}x`, '22003'],
    ['digits', '9'.repeat(4 * MIB), '22003'],
    ['digits of a length that is still read', `${'1'.repeat(1_900)}x`, '22P02'],
  ])('decimal: %s', (_, text, code) => {
    expect(codeWithin(() => parseValue(text, decimal))).toBe(code);
    expect(codeWithin(() => parseRows(JSON.stringify({ price: text }), null, album))).toBe(code);
  });

  test('a number without quotes', () => {
    expect(codeWithin(() => parseRows(`{"price":${'9'.repeat(4 * MIB)}}`, null, album))).toBe('22003');
    for (const number of ['1e999', '-1e-999', '1e99999', `0.${'0'.repeat(3_000)}1`]) {
      const wanted = number === '-1e-999' ? 'none' : /99999|0{9}/.test(number) ? /22P02|22003/ : '22003';
      expect(codeWithin(() => parseRows(`{"price":${number}}`, null, album))).toMatch(wanted);
    }
  });

  test('binary', () => {
    const bytes = `\\x${'ab'.repeat(6 * MIB)}`;
    expect(parseValue(bytes, { kind: 'binary' })).toBe(bytes);
    expect(codeWithin(() => parseValue(`${bytes}0`, { kind: 'binary' }))).toBe('22P02');
  });

  test('keys, all different', () => {
    const keys = Array.from({ length: 100_000 }, (_, n) => `"k${n}":1`);
    expect(codeWithin(() => parseRows(`[{${keys.join(',')}},{${keys.join(',')}}]`, null, album))).toBe('PGRST204');
  });

  test('nesting, as a value and on its own', () => {
    const deep = '['.repeat(200_000) + ']'.repeat(200_000);
    expect(codeWithin(() => parseRows(`{"notes":${deep}}`, null, album))).toMatch(/54001|PGRST102/);
    expect(codeWithin(() => parseRows(deep, null, album))).toBe('PGRST102');
  });
});

describe('a query of 16 KiB', () => {
  const long = 16_000;
  test.each([
    ['nested not', `id=${'not.'.repeat(long / 4)}eq.1`],
    ['nested groups', `or=${'(and'.repeat(long / 4)}`],
    ['parentheses', `or=${'('.repeat(long)}`],
    ['digits', `price=eq.${'1'.repeat(long)}x`],
    ['quotes', `or=(${'"'.repeat(long)})`],
  ])('%s', (_, query) => {
    expect(codeWithin(() => parseQuery(query, album))).toMatch(/PGRST100|22003|42703/);
  });

  test('order and Range', () => {
    expect(codeWithin(() => parseOrder('('.repeat(long), album))).toBe('PGRST100');
    const parameters = { limit: null, offset: null };
    expect(codeWithin(() => parseWindow(parameters, { range: `items=${'9'.repeat(400)}-` }))).toBe('PGRST103');
  });
});

test.each(['a'.repeat(64), 'ü'.repeat(32), 'a\0b', 'a\nb', '\u009f'])('the alias %j is refused', (alias) => {
  expect(codeWithin(() => parseSelect(`${alias}:title`, album))).toBe('PGRST100');
  expect(codeWithin(() => parseSelect(`${alias}:artist_id(name)`, album))).toBe('PGRST100');
  expect(parseSelect(`it's "a" \\ --:title`, album)).toMatchObject([{ as: `it's "a" \\ --` }]);
});

test('a column named many times is one column', () => {
  const { columns, rows } = parseRows('[{"title":"a"}]', Array.from({ length: 5_000 }, () => 'title').join(','), album);
  expect(columns).toHaveLength(1);
  expect(rows).toEqual([['a']]);
});

test('fields called like what every object inherits hold only what the row says', () => {
  const names = ['constructor', 'toString', '__proto__'];
  const fields = names.map((name) => ({
    name,
    column: name,
    type: { kind: 'longText' } as const,
    computed: false,
    increment: false,
    notNull: false,
  }));
  const release = compileRelease(
    [
      {
        name: 'odd',
        fullName: 'models.odd',
        database: 'databases.Main',
        readOnly: false,
        table: { schema: null, table: 'odd' },
        fields,
        key: [],
        unique: [],
        references: [],
      },
    ],
    null,
  );
  const odd = findModel(release, 'odd', undefined);
  expect(parseRows('{}', names.join(','), odd).rows).toEqual([[null, null, null]]);
  expect(parseRows('{"__proto__":"p","toString":"t"}', null, odd).rows).toEqual([['p', 't']]);
  expect(codeWithin(() => parseRows('{"__proto__":{"title":"x"}}', null, album))).toBe('PGRST204');
});
