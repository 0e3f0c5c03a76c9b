import { describe, expect, test } from 'vitest';
import type { ColumnRef, Embed, Filter, Insert, Projection, Select } from '../query.ts';
import type { ColumnType, Statement } from '../schema.ts';
import { countRows, deleteRows, insertRows, lockRows, selectRows, updateRows } from './dml.ts';

const bill = { schema: 'shop', table: 'bill' };
const ref = (column: string, type: ColumnType): ColumnRef => ({ column, type });
const id = ref('id', { kind: 'integer' });
const name = ref('name', { kind: 'text', length: 80 });
const price = ref('price', { kind: 'decimal', precision: 12, scale: 2 });
const at = ref('at', { kind: 'instant' });
const customer = ref('customer_id', { kind: 'integer' });
const EVERY: ColumnRef[] = [
  name,
  ref('long', { kind: 'longText' }),
  id,
  ref('big', { kind: 'bigint' }),
  price,
  ref('rate', { kind: 'double' }),
  ref('paid', { kind: 'boolean' }),
  ref('day', { kind: 'date' }),
  ref('hour', { kind: 'time' }),
  ref('local', { kind: 'datetime' }),
  at,
  ref('code', { kind: 'uuid' }),
  ref('notes', { kind: 'json' }),
  ref('scan', { kind: 'binary' }),
  ref('kind', { kind: 'choice', options: ['a'] }),
  ref('place', { kind: 'native', native: 'geography' }),
  ref('version', { kind: 'native', native: 'timestamp' }),
  ref('doc', { kind: 'native', native: 'xml' }),
];
const VALUES: Record<ColumnType['kind'], string | number | boolean> = {
  text: 'a',
  longText: 'b',
  integer: 1,
  bigint: '9007199254740993',
  decimal: '12.50',
  double: 0.1,
  boolean: true,
  date: '2026-01-31',
  time: '13:45:00.25',
  datetime: '2026-01-31T13:45:00',
  instant: '2026-01-31T13:45:00.25Z',
  uuid: 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
  json: '{"a":1}',
  binary: '\\xdeadbeef',
  choice: 'a',
  native: 'POINT (1 2)',
};
const valueOf = ({ type }: ColumnRef) => VALUES[type.kind];

const query = (rest: Partial<Select> = {}): Select => ({
  from: bill,
  fields: [{ as: 'id', column: id }],
  filter: null,
  order: [],
  limit: null,
  offset: 0,
  count: false,
  ...rest,
});
const plain: Projection[] = [
  { as: 'id', column: id },
  { as: 'the name', column: name },
];
const toCustomer: Embed = {
  kind: 'one',
  from: { schema: 'shop', table: 'customer' },
  on: [{ outer: customer, inner: id }],
  fields: [{ as: 'name', column: name }],
  order: [id],
};
const toLines: Embed = {
  kind: 'many',
  from: { schema: 'shop', table: 'line' },
  on: [{ outer: id, inner: ref('bill_id', { kind: 'integer' }) }],
  fields: [{ as: 'price', column: price }],
  order: [id, name],
};
const embedded: Projection[] = [...plain, { as: 'customer', embed: toCustomer }, { as: 'lines', embed: toLines }];
const insert = (rest: Partial<Insert> = {}): Insert => ({
  into: bill,
  columns: [name, price],
  rows: [
    ['a', '1.50'],
    [null, undefined],
  ],
  returning: null,
  key: [id],
  increment: id,
  ...rest,
});
const compare: Filter = {
  op: 'and',
  of: [
    ...EVERY.map((column): Filter => ({ op: 'eq', column, value: valueOf(column) })),
    {
      op: 'or',
      of: [
        { op: 'neq', column: id, value: 2 },
        { op: 'gt', column: price, value: '1' },
        { op: 'gte', column: at, value: '2026-01-31T13:45:00Z' },
        { op: 'lt', column: name, value: 'm' },
        { op: 'lte', column: id, value: 3 },
      ],
    },
    { op: 'not', of: { op: 'is', column: name, value: null } },
    { op: 'is', column: ref('paid', { kind: 'boolean' }), value: true },
    { op: 'is', column: ref('paid', { kind: 'boolean' }), value: false },
    { op: 'in', column: id, values: [1, 2, 3] },
    { op: 'in', column: id, values: [] },
    { op: 'like', column: name, pattern: '50\\%[a]%' },
    { op: 'ilike', column: id, pattern: '1_' },
  ],
};

const QUERIES: [string, Statement | Statement[]][] = [
  ['rows, every type', selectRows(query({ fields: EVERY.map((column) => ({ as: column.column, column })) }))],
  ['no fields', selectRows(query({ fields: [] }))],
  ['every kind of condition', selectRows(query({ filter: compare }))],
  ['the first rows', selectRows(query({ limit: 50, order: [{ column: id, direction: 'asc', nulls: null }] }))],
  [
    'a page; nulls as they do not come by themselves; a column named twice',
    selectRows(
      query({
        limit: 50,
        offset: 100,
        order: [
          { column: name, direction: 'asc', nulls: 'last' },
          { column: price, direction: 'desc', nulls: 'first' },
          { column: at, direction: 'desc', nulls: 'last' },
          { column: name, direction: 'desc', nulls: null },
        ],
      }),
    ),
  ],
  ['an offset without an order', selectRows(query({ offset: 7 }))],
  ['a page of no rows', selectRows(query({ limit: 0, offset: 7 }))],
  ['related rows', selectRows(query({ fields: embedded }))],
  ['a count', countRows({ from: bill, filter: { op: 'eq', column: id, value: 1 } })],
  ['insert', insertRows(insert())],
  ['insert, given back', insertRows(insert({ returning: plain }))],
  ['insert, related rows given back', insertRows(insert({ returning: embedded }))],
  ['insert, nothing of it given back', insertRows(insert({ returning: [] }))],
  [
    'insert, some rows with a number of their own',
    insertRows(
      insert({
        columns: [id, name],
        rows: [
          [undefined, 'a'],
          [undefined, 'b'],
          [7, 'c'],
          [undefined, 'd'],
        ],
        returning: plain,
      }),
    ),
  ],
  ['insert of nothing but defaults', insertRows(insert({ columns: [], rows: [[], []], returning: plain }))],
  [
    'insert, every type',
    insertRows(insert({ columns: EVERY, rows: [EVERY.map(valueOf), EVERY.map(() => null)], increment: null })),
  ],
  [
    'update',
    updateRows({
      table: bill,
      set: [
        { column: name, value: null },
        { column: price, value: '2' },
      ],
      filter: { op: 'eq', column: id, value: 1 },
      returning: null,
      key: [id],
    }),
  ],
  [
    'update, related rows given back',
    updateRows({
      table: bill,
      set: [{ column: name, value: 'x' }],
      filter: { op: 'eq', column: id, value: 1 },
      returning: embedded,
      key: [id],
    }),
  ],
  ['delete', deleteRows({ from: bill, filter: { op: 'eq', column: id, value: 1 }, returning: null, key: [id] })],
  [
    'delete, given back',
    deleteRows({ from: bill, filter: { op: 'eq', column: id, value: 1 }, returning: plain, key: [id] }),
  ],
  [
    'delete, related rows given back: read first, then deleted',
    lockRows({ from: bill, filter: { op: 'eq', column: id, value: 1 }, returning: embedded, key: [id] }),
  ],
];

test('every kind of query, as it stands in the snapshot', async () => {
  const text = QUERIES.map(
    ([title, statements]) =>
      `-- ${title}\n${[statements]
        .flat()
        .map(({ sql, parameters }) => `${sql};\n-- ${JSON.stringify(parameters)}\n`)
        .join('')}`,
  ).join('\n');
  await expect(text).toMatchFileSnapshot('snapshots/dml.sql');
});

describe('the text of a query', () => {
  test('depends on its shape only', () => {
    const shape = (value: string) => selectRows(query({ filter: { op: 'eq', column: name, value } })).sql;
    expect(shape("'; drop table bill; --")).toBe(shape('x'));
  });

  test('takes a long list as one parameter', () => {
    const list = (column: ColumnRef, values: (string | number)[]) =>
      selectRows(query({ filter: { op: 'in', column, values } }));
    const values = Array.from({ length: 101 }, (_, index) => index);
    expect(list(id, values)).toMatchObject({
      sql: expect.stringMatching(/ where t\.\[id\] in \(select convert\(int, \[value\]\) from openjson\(@p1\)\)$/),
      parameters: [JSON.stringify(values.map(String))],
    });
    expect(list(name, values.map(String)).sql).toMatch(/in \(select \[value\] collate database_default from openjson/);
  });

  test('has a pattern whose brackets are letters', () => {
    const like = (pattern: string) =>
      selectRows(query({ filter: { op: 'like', column: name, pattern } })).parameters[0];
    expect(like('a[b]%')).toBe('a\\[b]%');
    expect(like('\\[\\\\[')).toBe('\\[\\\\\\[');
  });

  test('has keys of any form, each as it was asked for', () => {
    const fields = ["it's", 'a.b', 'a.b', '"'].map((as) => ({ as, column: id }));
    expect(selectRows(query({ fields })).sql).toContain(`N'{"it''s":', `);
    expect(selectRows(query({ fields })).sql).toContain(`N',"\\"":', `);
  });

  test('joins more columns than CONCAT takes arguments', () => {
    const fields = Array.from({ length: 300 }, (_, index) => ({ as: `c${index}`, column: id }));
    const { sql } = selectRows(query({ fields }));
    expect(sql.match(/concat\(/g)).toHaveLength(5);
    const most = Math.max(...sql.split('concat(').map((part) => part.split('N\',"').length));
    expect(most).toBeLessThan(120);
  });
});

test('many rows go in as many statements as the limits ask for', () => {
  const sizes = (columns: ColumnRef[], count: number) =>
    insertRows(
      insert({ columns, rows: Array.from({ length: count }, () => columns.map(() => 'x')), increment: null }),
    ).map(({ parameters }) => parameters.length / columns.length);
  expect(sizes([name], 2500)).toEqual([1000, 1000, 500]);
  expect(sizes([name, name, name], 1000)).toEqual([666, 334]);
});
