import { expect, test } from 'vitest';
import type { Change, Column, ColumnType, Table } from '../schema.ts';
import { ddl } from './ddl.ts';
import { oracle } from './definition.ts';
import { types } from './types.ts';

const sql = (change: Change, table: Table | null = null, schema: string | null = 'SHOP') =>
  ddl(change, { schema, capabilities: oracle.capabilities, table }).map((statement) => statement.sql);

const column = (name: string, type: ColumnType, rest: Partial<Column> = {}): Column => ({
  name,
  type,
  native: types.native(type),
  nullable: true,
  default: null,
  generated: null,
  comment: null,
  ...rest,
});

const KINDS: [ColumnType, Column['default']][] = [
  [
    { kind: 'text', length: 80 },
    { kind: 'literal', value: "it's" },
  ],
  [{ kind: 'text', length: null }, null],
  [{ kind: 'longText' }, null],
  [{ kind: 'integer' }, { kind: 'literal', value: -1 }],
  [{ kind: 'bigint' }, null],
  [
    { kind: 'decimal', precision: 12, scale: 2 },
    { kind: 'literal', value: '1234567890.12' },
  ],
  [{ kind: 'double' }, null],
  [{ kind: 'boolean' }, { kind: 'literal', value: true }],
  [{ kind: 'date' }, { kind: 'now' }],
  [{ kind: 'time' }, { kind: 'now' }],
  [{ kind: 'datetime' }, { kind: 'now' }],
  [{ kind: 'instant' }, { kind: 'now' }],
  [{ kind: 'uuid' }, { kind: 'uuid' }],
  [{ kind: 'json' }, { kind: 'literal', value: '{"a": 1}' }],
  [{ kind: 'binary' }, null],
  [{ kind: 'choice', options: ['lp', 'ep'] }, null],
  [{ kind: 'native', native: 'interval year(2) to month' }, null],
];

const bill: Table = {
  name: 'bill',
  kind: 'table',
  columns: [
    column('id', { kind: 'integer' }, { nullable: false, generated: 'increment' }),
    column('email', { kind: 'text', length: 80 }, { comment: 'where it is sent' }),
    column('state', { kind: 'text', length: 20 }, { nullable: false, default: { kind: 'literal', value: 'new' } }),
    column('parent', { kind: 'integer' }),
  ],
  primaryKey: { name: 'pk_bill', columns: ['id'] },
  indexes: [
    { name: 'bill_email', columns: ['email', 'state'], unique: true },
    { name: 'bill_state', columns: ['state'], unique: false },
  ],
  foreignKeys: [
    {
      name: 'bill_parent_fkey',
      columns: ['parent'],
      toSchema: null,
      toTable: 'bill',
      toColumns: ['id'],
      onDelete: 'restrict',
      onUpdate: 'noAction',
    },
  ],
  comment: "a bill's head",
};
const of = (name: string) => bill.columns.find((each) => each.name === name)!;
const alter = (name: string, to: Partial<Column>): Change => ({
  kind: 'alter-column',
  table: 'bill',
  from: of(name),
  to: { ...of(name), ...to },
});
const retyped = (type: ColumnType) => ({ type, native: types.native(type) });
const filled = column('n', { kind: 'integer' }, { nullable: false, default: { kind: 'literal', value: 0 } });
const moment = column('at', { kind: 'instant' }, { default: { kind: 'now' }, comment: 'when' });
const every: Table = {
  ...bill,
  name: 'every type',
  columns: KINDS.map(([type, preset], at) => column(`c${at}`, type, { default: preset })),
  primaryKey: null,
  indexes: [],
  foreignKeys: [],
  comment: null,
};

const CHANGES: [string, Change][] = [
  ['a table', { kind: 'create-table', table: bill }],
  ['a table with a column of every type', { kind: 'create-table', table: every }],
  ['a table goes', { kind: 'drop-table', table: 'bill' }],
  ['a table is renamed', { kind: 'rename-table', table: 'bill', to: "invoice's head" }],
  ['a column that must be filled', { kind: 'add-column', table: 'bill', column: filled }],
  ['a column with a default and a comment', { kind: 'add-column', table: 'bill', column: moment }],
  ['a column goes', { kind: 'drop-column', table: 'bill', column: 'state' }],
  ['a column is renamed', { kind: 'rename-column', table: 'bill', column: 'parent', to: 'parent_id' }],
  ['a text grows', alter('email', retyped({ kind: 'text', length: 120 }))],
  ['a text under a unique index shrinks: made anew', alter('email', retyped({ kind: 'text', length: 40 }))],
  ['a column that must be filled becomes a number: made anew', alter('state', retyped({ kind: 'integer' }))],
  ['a number of the primary key grows', alter('id', retyped({ kind: 'bigint' }))],
  ['a column loses its nulls', alter('email', { nullable: false })],
  ['a column may be null', alter('state', { nullable: true })],
  ['another default', alter('state', { default: { kind: 'literal', value: 'open' } })],
  ['no default', alter('state', { default: null })],
  ['another comment', alter('email', { comment: "it's sent" })],
  ['no comment', alter('email', { comment: null })],
  ['an index', { kind: 'create-index', table: 'bill', index: { name: 'i', columns: ['parent'], unique: false } }],
  ['a unique index', { kind: 'create-index', table: 'bill', index: { name: 'u', columns: ['state'], unique: true } }],
  ['an index goes', { kind: 'drop-index', table: 'bill', index: bill.indexes[1]! }],
  ['a unique index goes', { kind: 'drop-index', table: 'bill', index: bill.indexes[0]! }],
  [
    'a foreign key',
    {
      kind: 'add-foreign-key',
      table: 'bill',
      foreignKey: { ...bill.foreignKeys[0]!, toSchema: 'OTHER', onDelete: 'setNull' },
    },
  ],
  ['a foreign key goes', { kind: 'drop-foreign-key', table: 'bill', foreignKey: bill.foreignKeys[0]! }],
  ['another primary key', { kind: 'set-primary-key', table: 'bill', from: ['id'], to: ['email', 'state'] }],
  ['a comment on the table', { kind: 'set-table-comment', table: 'bill', comment: 'another' }],
  ['no comment on the table', { kind: 'set-table-comment', table: 'bill', comment: null }],
];

test('every kind of change, as it stands in the snapshot', async () => {
  const kinds = new Set(CHANGES.map(([, change]) => change.kind));
  expect(kinds.size).toBe(13);
  const text = CHANGES.map(([title, change]) => `-- ${title}\n${sql(change, bill).join(';\n')};\n`).join('\n');
  await expect(text).toMatchFileSnapshot('snapshots/ddl.sql');
});

test('the session’s own schema is not named', () => {
  expect(sql({ kind: 'drop-table', table: 'bill' }, null, null)).toEqual(['drop table "bill"']);
});

test('refuses what can not be spelt', () => {
  expect(() => sql({ kind: 'drop-table', table: 'ü'.repeat(65) })).toThrow('128 bytes');
  for (const table of ['', 'a"b', 'a\0']) expect(() => sql({ kind: 'drop-table', table })).toThrow('a name must not');
  const native = 'number; drop table t';
  expect(() => sql({ kind: 'add-column', table: 't', column: { ...filled, native } })).toThrow(
    'not the name of a type',
  );
  const foreignKey = { ...bill.foreignKeys[0]!, onDelete: 'setDefault' as const };
  expect(() => sql({ kind: 'add-foreign-key', table: 'bill', foreignKey })).toThrow('can not be spelt');
});
