import { expect, test } from 'vitest';
import type { Change, Column, ColumnType, Table } from '../schema.ts';
import { ddl } from './ddl.ts';
import { sqlserver } from './definition.ts';
import { types } from './types.ts';

const sql = (change: Change, table: Table | null = null, schema: string | null = 'shop') =>
  ddl(change, { schema, capabilities: sqlserver.capabilities, table }).map((statement) => statement.sql);

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

const KINDS: ColumnType[] = [
  { kind: 'text', length: 80 },
  { kind: 'text', length: null },
  { kind: 'longText' },
  { kind: 'integer' },
  { kind: 'bigint' },
  { kind: 'decimal', precision: 12, scale: 2 },
  { kind: 'double' },
  { kind: 'boolean' },
  { kind: 'date' },
  { kind: 'time' },
  { kind: 'datetime' },
  { kind: 'instant' },
  { kind: 'uuid' },
  { kind: 'json' },
  { kind: 'binary' },
  { kind: 'choice', options: ['lp', 'ep'] },
  { kind: 'native', native: 'geography' },
];

const EXAMPLES: Partial<Record<ColumnType['kind'], Column['default']>> = {
  text: { kind: 'literal', value: "it's" },
  integer: { kind: 'literal', value: -1 },
  decimal: { kind: 'literal', value: '12345678901234567890.12' },
  boolean: { kind: 'literal', value: true },
  date: { kind: 'now' },
  instant: { kind: 'now' },
  uuid: { kind: 'uuid' },
  json: { kind: 'literal', value: '{"a": 1}' },
};

const bill: Table = {
  name: 'bill',
  kind: 'table',
  columns: [
    column('id', { kind: 'integer' }, { nullable: false, generated: 'increment' }),
    column('email', { kind: 'text', length: 80 }, { comment: 'where it is sent' }),
    column('state', { kind: 'text', length: 20 }, { nullable: false, default: { kind: 'literal', value: 'new' } }),
    column('parent', { kind: 'integer' }),
    column('notes', { kind: 'json' }),
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

const CHANGES: [string, Change][] = [
  ['a table', { kind: 'create-table', table: bill }],
  [
    'a table with a column of every type',
    {
      kind: 'create-table',
      table: {
        name: 'every type',
        kind: 'table',
        columns: KINDS.map((type, at) => column(`c${at}`, type, { default: EXAMPLES[type.kind] ?? null })),
        primaryKey: null,
        indexes: [],
        foreignKeys: [],
        comment: null,
      },
    },
  ],
  ['a table goes', { kind: 'drop-table', table: 'bill' }],
  ['a table is renamed', { kind: 'rename-table', table: 'bill', to: "invoice's head]" }],
  ['a column', { kind: 'add-column', table: 'bill', column: column('n', { kind: 'integer' }) }],
  [
    'a column with a default and a comment',
    {
      kind: 'add-column',
      table: 'bill',
      column: column('at', { kind: 'instant' }, { default: { kind: 'now' }, comment: 'when' }),
    },
  ],
  [
    'a column that must be filled',
    {
      kind: 'add-column',
      table: 'bill',
      column: column('n', { kind: 'integer' }, { nullable: false, default: { kind: 'literal', value: 0 } }),
    },
  ],
  [
    'a computed column',
    {
      kind: 'add-column',
      table: 'bill',
      column: column(
        'double',
        { kind: 'integer' },
        { generated: 'computed', default: { kind: 'expression', sql: '([id]*(2))' } },
      ),
    },
  ],
  ['a column goes', { kind: 'drop-column', table: 'bill', column: 'state' }],
  ['a column of JSON goes', { kind: 'drop-column', table: 'bill', column: 'notes' }],
  ['a column is renamed', { kind: 'rename-column', table: 'bill', column: 'parent', to: 'parent_id' }],
  ['a column under a filtered index is renamed', { kind: 'rename-column', table: 'bill', column: 'email', to: 'mail' }],
  ['a column of JSON is renamed', { kind: 'rename-column', table: 'bill', column: 'notes', to: 'remarks' }],
  ['a text grows: its index stays', alter('email', retyped({ kind: 'text', length: 120 }))],
  ['a text under an index shrinks', alter('email', retyped({ kind: 'text', length: 40 }))],
  ['a column loses its nulls: the filter goes', alter('email', { nullable: false })],
  ['a column of the primary key', alter('id', retyped({ kind: 'bigint' }))],
  ['a column of a foreign key', alter('parent', { nullable: false })],
  ['another default', alter('state', { default: { kind: 'literal', value: 'open' } })],
  ['no default', alter('state', { default: null })],
  ['text becomes JSON', alter('parent', retyped({ kind: 'json' }))],
  ['JSON becomes text', alter('notes', retyped({ kind: 'longText' }))],
  ['another comment', alter('email', { comment: 'sent\\\nthere' })],
  ['no comment', alter('email', { comment: null })],
  [
    'an index',
    { kind: 'create-index', table: 'bill', index: { name: 'i', columns: ['parent', 'state'], unique: false } },
  ],
  ['a unique index', { kind: 'create-index', table: 'bill', index: { name: 'u', columns: ['state'], unique: true } }],
  [
    'a unique index over nulls',
    { kind: 'create-index', table: 'bill', index: { name: 'u', columns: ['parent', 'state'], unique: true } },
  ],
  ['an index goes', { kind: 'drop-index', table: 'bill', index: bill.indexes[1]! }],
  ['a unique index goes', { kind: 'drop-index', table: 'bill', index: bill.indexes[0]! }],
  [
    'a foreign key',
    {
      kind: 'add-foreign-key',
      table: 'bill',
      foreignKey: { ...bill.foreignKeys[0]!, toSchema: 'other', onDelete: 'setNull', onUpdate: 'cascade' },
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

test('the session’s own schema', () => {
  expect(sql({ kind: 'set-table-comment', table: 'bill', comment: 'x' }, null, null)).toEqual([
    "declare @schema sysname = schema_name();\nexec sys.sp_addextendedproperty @name = N'MS_Description', @value = N'x', @level0type = N'SCHEMA', @level0name = @schema, @level1type = N'TABLE', @level1name = N'bill'",
  ]);
});

test('a primary key whose name is not known is looked up', () => {
  const [drop] = sql({ kind: 'set-primary-key', table: 'bill', from: ['id'], to: [] }, null);
  expect(drop).toContain("c.parent_object_id = object_id(N'[shop].[bill]') and c.type = 'PK'");
});

test('refuses names and types that are none', () => {
  expect(() => sql({ kind: 'drop-table', table: 'x'.repeat(129) })).toThrow('128 characters');
  expect(() => sql({ kind: 'drop-table', table: 'x\0' })).toThrow('NUL');
  const native = 'int; drop table t';
  expect(() =>
    sql({ kind: 'add-column', table: 't', column: { ...column('n', { kind: 'integer' }), native } }),
  ).toThrow('not the name of a type');
});

test('a backslash at the end of a line joins nothing', () => {
  const value = 'one\\\ntwo';
  const [create = ''] = sql({
    kind: 'add-column',
    table: 't',
    column: column('c', { kind: 'text', length: 9 }, { default: { kind: 'literal', value } }),
  });
  expect(create).toContain("default N'one\\' + N'\ntwo'");
});
