import { expect, test } from 'vitest';
import type { ColumnRef, Embed, Filter, Insert, Projection, Select } from '../query.ts';
import type { ColumnType } from '../schema.ts';
import { dml } from './dml.ts';

const bill = { schema: 'SHOP', table: 'bill' };
const ref = (column: string, type: ColumnType): ColumnRef => ({ column, type });
const id = ref('id', { kind: 'integer' });
const name = ref('name', { kind: 'text', length: 80 });
const paid = ref('paid', { kind: 'boolean' });
const EVERY: [ColumnRef, string | number | boolean][] = [
  [id, 1],
  [name, 'a'],
  [ref('long', { kind: 'longText' }), 'b'],
  [ref('big', { kind: 'bigint' }), '9007199254740993'],
  [ref('price', { kind: 'decimal', precision: 12, scale: 2 }), '12.50'],
  [ref('rate', { kind: 'double' }), 0.1],
  [paid, true],
  [ref('day', { kind: 'date' }), '2026-01-31'],
  [ref('hour', { kind: 'time' }), '13:45:00.25'],
  [ref('local', { kind: 'datetime' }), '2026-01-31T13:45:00'],
  [ref('at', { kind: 'instant' }), '2026-01-31T13:45:00.25Z'],
  [ref('code', { kind: 'uuid' }), 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'],
  [ref('notes', { kind: 'json' }), '{"a":1}'],
  [ref('scan', { kind: 'binary' }), '\\xdeadbeef'],
  [ref('kind', { kind: 'choice', options: ['a'] }), 'a'],
  [ref('doc', { kind: 'native', native: 'xmltype' }), '<a/>'],
];
const columns = EVERY.map(([column]) => column);
const values = EVERY.map(([, value]) => value);
const fields: Projection[] = columns.map((column) => ({ as: column.column, column }));
const short: Projection[] = [{ as: 'id', column: id }];

const query = (rest: Partial<Select> = {}): Select => ({
  from: bill,
  fields: short,
  filter: null,
  order: [],
  limit: null,
  offset: 0,
  count: false,
  ...rest,
});
const insert = (rest: Partial<Insert> = {}): Insert => ({
  into: bill,
  columns,
  rows: [values],
  returning: null,
  key: [id],
  increment: id,
  ...rest,
});
const lines: Embed = {
  kind: 'many',
  from: { schema: 'SHOP', table: 'line' },
  on: [{ outer: id, inner: ref('bill_id', { kind: 'integer' }) }],
  fields: short,
  order: [id, ref('long', { kind: 'longText' })],
};
const compare: Filter = {
  op: 'and',
  of: [
    ...EVERY.map(([column, value]): Filter => ({ op: 'eq', column, value })),
    { op: 'not', of: { op: 'is', column: name, value: null } },
    { op: 'is', column: paid, value: false },
    { op: 'in', column: id, values: [1, 2] },
    { op: 'in', column: id, values: [] },
    { op: 'in', column: ref('long', { kind: 'longText' }), values: ['a', 'b'] },
    { op: 'like', column: name, pattern: '50\\%%' },
    { op: 'ilike', column: id, pattern: '1_' },
  ],
};
const one: Filter = { op: 'eq', column: id, value: 1 };

const QUERIES: [string, { sql: string }[]][] = [
  ['rows, every type', [dml.selectRows(query({ fields }))]],
  ['no fields', [dml.selectRows(query({ fields: [] }))]],
  ['every kind of condition', [dml.selectRows(query({ filter: compare }))]],
  [
    'a page in an order',
    [
      dml.selectRows(
        query({
          limit: 50,
          offset: 100,
          order: [
            { column: ref('scan', { kind: 'binary' }), direction: 'asc', nulls: 'last' },
            { column: name, direction: 'desc', nulls: null },
          ],
        }),
      ),
    ],
  ],
  ['a count', [dml.countRows({ from: bill, filter: one })]],
  ['rows that embed others', [dml.selectRows(query({ fields: [{ as: 'lines', embed: lines }] }))]],
  ['embedded rows', [dml.embeddedRows(lines, [[1], [2]])]],
  ['insert', dml.insertRows(insert())],
  [
    'insert, some left out',
    dml.insertRows(
      insert({
        columns: [id, name],
        rows: [
          [1, 'a'],
          [undefined, 'b'],
          [2, null],
        ],
      }),
    ),
  ],
  ['insert of defaults', dml.insertRows(insert({ columns: [], rows: [[]] }))],
  [
    'update',
    [
      dml.updateRows({
        table: bill,
        set: EVERY.map(([column, value]) => ({ column, value })),
        filter: one,
        returning: null,
        key: [id],
      }),
    ],
  ],
  ['delete', [dml.deleteRows({ from: bill, filter: one })]],
  ['rows that a delete takes', [dml.lockRows(bill, short, one)]],
  ['by their addresses', [dml.selectByRowids(bill, short, ['AAA', 'AAB']), dml.deleteByRowids(bill, ['AAA', 'AAB'])]],
];

test('every kind of query, as it stands in the snapshot', async () => {
  const text = QUERIES.map(([title, all]) => `-- ${title}\n${all.map(({ sql }) => `${sql};\n`).join('')}`).join('\n');
  await expect(text).toMatchFileSnapshot('snapshots/dml.sql');
});

test('values are bound as what the driver and the functions around them read', () => {
  expect(dml.insertRows(insert())[0]?.rows[0]?.parameters).toEqual([
    1,
    'a',
    'b',
    '9007199254740993',
    '12.50',
    '0.1',
    1,
    '2026-01-31',
    '0 13:45:00.250000',
    '2026-01-31T13:45:00.000000',
    '2026-01-31T13:45:00.250000+00:00',
    'a0eebc999c0b4ef8bb6d6bb9bd380a11',
    '{"a":1}',
    Buffer.from('deadbeef', 'hex'),
    'a',
    '<a/>',
  ]);
});

test('rows that leave out the same columns share a text, and keep their places', () => {
  const found = dml.insertRows(
    insert({
      columns: [id, name],
      rows: [
        [1, 'a'],
        [undefined, 'b'],
        [2, null],
      ],
    }),
  );
  expect(found.map(({ rows }) => rows.map(({ at }) => at))).toEqual([[0, 2], [1]]);
});

test('a row of defaults alone needs a column to name', () => {
  expect(() => dml.insertRows(insert({ columns: [], rows: [[]], key: [], increment: null }))).toThrow(
    'needs a key or a numbered column',
  );
});
