import { expect, it } from 'vitest';
import type { ConnectionRow } from '#lib/http/api.ts';
import { countsOf, filtered, lastTestOf, queryOf } from './connection-filter.ts';

const row = (fullName: string, more: Partial<ConnectionRow> = {}): ConnectionRow => ({
  app: 'shop',
  id: `e_${fullName}`,
  fullName: `connections.${fullName}`,
  type: 'connections.PgSqlType',
  title: fullName,
  revision: 1,
  createdAt: '2030-01-01T00:00:00.000Z',
  host: 'db.example.com',
  databases: [],
  text: `postgresql://u:••••@db.example.com:5432`,
  tests: {},
  ...more,
});
const on = (fullName: string) => ({ fullName, database: fullName.toLowerCase(), schema: null });
const test = (state: 'ok' | 'warning' | 'failed', at: string) => ({ state, at, message: null });

const ROWS = [
  row('Ten', { databases: [on('databases.A')], tests: { development: test('failed', '2030-01-02') } }),
  row('Nine', {
    createdAt: '2029-01-01T00:00:00.000Z',
    type: 'connections.MySQLType',
    tests: { development: test('ok', '2030-01-03'), production: test('warning', '2030-01-04') },
  }),
  row('Eight', { app: 'bakery', databases: Array.from({ length: 10 }, (_, n) => on(`databases.D${n}`)) }),
];
const names = (search: string, environment: string | null = 'development') =>
  filtered(ROWS, queryOf(new URLSearchParams(search)), environment).map(({ title }) => title);

it('filters by type, state of the last test, use and text', () => {
  expect(names('type=connections.MySQLType')).toEqual(['Nine']);
  expect(names('state=failed,untested')).toEqual(['Eight', 'Ten']);
  expect(names('state=warning')).toEqual([]);
  expect(names('state=warning', null)).toEqual(['Nine']);
  expect(names('unused=1')).toEqual(['Nine']);
  expect(names('find=BAKERY')).toEqual(['Eight']);
  expect(names('find=databases.a')).toEqual(['Ten']);
  expect(names('state=nothing&sort=nothing')).toEqual(['Eight', 'Nine', 'Ten']);
});

it('sorts by each column, numbers as numbers', () => {
  expect(names('sort=-databases')).toEqual(['Eight', 'Ten', 'Nine']);
  expect(names('sort=created')).toEqual(['Nine', 'Eight', 'Ten']);
  expect(names('sort=-test')).toEqual(['Nine', 'Ten', 'Eight']);
});

it('takes the newest test where no environment is chosen, and counts what each filter would show', () => {
  expect(lastTestOf(ROWS[1] as ConnectionRow, null)).toMatchObject({ environment: 'production', state: 'warning' });
  expect(countsOf(ROWS, 'development')).toEqual({
    types: [
      ['connections.PgSqlType', 2],
      ['connections.MySQLType', 1],
    ],
    states: { failed: 1, warning: 0, ok: 1, untested: 1 },
    unused: 1,
  });
});
