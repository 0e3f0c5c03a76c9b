/**
 * Every statement that the engine can generate, read by a parser of Oracle's grammar. Its parser learns as it reads: the first
 * statements of a kind take seconds, and the more one holds, the longer.
 */
import { getParserFromInput } from '@griffithswaite/ts-plsql-parser';
import { describe, expect, test, vi } from 'vitest';
import { target } from '#test/support/oracle-target.ts';
import type { Capabilities } from '../contract.ts';
import type { ColumnRef, Embed, Filter, Insert, Projection, Select } from '../query.ts';
import type { Change, Column, ColumnType, Default, Index, Statement, Table } from '../schema.ts';
import { CATALOG, duplicatesQuery, lockCall, rowsQuery, schemaQuery, unlockCall } from './catalog.ts';
import { ddl } from './ddl.ts';
import { oracle } from './definition.ts';
import { dml } from './dml.ts';
import { catalogQueries } from './introspect.ts';
import { grantsQuery, lockQuery, privilegesQuery } from './privileges.ts';
import { settings } from './settings.ts';
import { types } from './types.ts';

vi.setConfig({ testTimeout: 300_000 });

/** What both halves of the parser have, and its types do not tell. */
type Judge = { removeErrorListeners(): void; addErrorListener(listener: object): void };

/** Faults that the parser finds; empty: none. */
function faults(sql: string): string[] {
  const found: string[] = [];
  const listener = {
    syntaxError: (_recognizer: unknown, _symbol: unknown, line: number, column: number, message: string) =>
      found.push(`${line}:${column} ${message}`),
    reportAmbiguity() {},
    reportAttemptingFullContext() {},
    reportContextSensitivity() {},
  };
  const parser = getParserFromInput(`${sql}${sql.endsWith(';') ? '\n/' : ';'}\n`);
  // oxlint-disable-next-line no-underscore-dangle -- ANTLR has no other way to its lexer
  const lexer = (parser as unknown as { _input: { tokenSource: Judge } })._input.tokenSource;
  for (const each of [lexer, parser as unknown as Judge]) {
    each.removeErrorListeners();
    each.addErrorListener(listener);
  }
  const tree = parser as unknown as { _interp: { predictionMode: number } };
  // the faster of ANTLR's two ways; what it takes is right, what it refuses is not asked again
  // oxlint-disable-next-line no-underscore-dangle -- nor to the way it predicts
  tree._interp.predictionMode = 0;
  parser.sql_script();
  return found;
}

/** Names and places of parameters are one token each, whatever they say. */
const shapeOf = (sql: string) => sql.replaceAll(/"[^"]*"/g, '"name"').replaceAll(/:\d+/g, ':1');
const taken = new Set<string>();

/** What is wrong with them; each shape is read once. */
function read(statements: Statement[]): string[] {
  return statements.flatMap(({ sql }) => {
    const shape = shapeOf(sql);
    if (taken.has(shape)) return [];
    const found = faults(sql);
    if (found.length === 0) taken.add(shape);
    return found.map((fault) => `${fault} in ${sql}`);
  });
}

/** What the library's grammar does not know, though Oracle does. */
const UNREAD = [
  {
    statement: 'alter session set current_schema = "Shop"',
    why: 'it takes a bare word behind `current_schema =`, and a name that must keep its case is quoted',
  },
];

const TYPES: ColumnType[] = [
  { kind: 'text', length: 80 },
  { kind: 'text', length: null },
  { kind: 'longText' },
  { kind: 'integer' },
  { kind: 'bigint' },
  { kind: 'decimal', precision: 10, scale: 2 },
  { kind: 'decimal', precision: 38, scale: 19 },
  { kind: 'double' },
  { kind: 'boolean' },
  { kind: 'date' },
  { kind: 'time' },
  { kind: 'datetime' },
  { kind: 'instant' },
  { kind: 'uuid' },
  { kind: 'json' },
  { kind: 'binary' },
  { kind: 'choice', options: ['a'] },
  { kind: 'native', native: 'interval year(2) to month' },
];

const VALUES: Record<ColumnType['kind'], string | number | boolean> = {
  text: "it's",
  longText: 'long',
  integer: 1,
  bigint: '9007199254740993',
  decimal: '0.10',
  double: 1.5,
  boolean: true,
  date: '2024-02-29',
  time: '13:45:00',
  datetime: '2024-02-29T13:45:00',
  instant: '2024-02-29T13:45:00Z',
  uuid: '8c5d7b52-2a0e-4f1b-9d8e-0d7e0f2f3a11',
  json: '{"a":1}',
  binary: '\\xdead',
  choice: 'a',
  native: '01-02',
};

const nameOf = (type: ColumnType, at: number) => `${type.kind} ${at}`;

const column = (name: string, type: ColumnType, part: Partial<Column> = {}): Column => ({
  name,
  type,
  native: types.native(type),
  nullable: true,
  default: null,
  generated: null,
  comment: null,
  ...part,
});

const presets = (type: ColumnType): Default[] => [
  { kind: 'literal', value: VALUES[type.kind] },
  { kind: 'now' },
  { kind: 'uuid' },
  { kind: 'expression', sql: 'user' },
];

const capabilities: Capabilities = oracle.capabilities;
const index: Index = { name: 'by name', columns: ['a', 'b'], unique: false };
const unique: Index = { ...index, name: 'one', unique: true };
const key = { name: 'fk', columns: ['a'], toSchema: null, toTable: 'other', toColumns: ['id'] } as const;

const table: Table = {
  name: 'every type',
  kind: 'table',
  columns: [
    column('id', { kind: 'bigint' }, { generated: 'increment', nullable: false, comment: "the row's number" }),
    ...TYPES.map((type, at) => column(nameOf(type, at), type)),
  ],
  primaryKey: { name: null, columns: ['id'] },
  indexes: [
    { name: 'i', columns: ['text 0'], unique: false },
    { name: 'u', columns: ['integer 3', 'uuid 13'], unique: true },
  ],
  foreignKeys: [
    {
      ...key,
      columns: ['integer 3'],
      toColumns: ['id'],
      onDelete: 'cascade',
      onUpdate: 'noAction',
    },
  ],
  comment: "all of them, it's said",
};

const written = (change: Change, schema: string | null = 'SHOP') => ddl(change, { schema, capabilities, table });

const foreign = (onDelete: 'cascade' | 'setNull' | 'restrict' | 'noAction', toSchema: string | null = null) => ({
  ...key,
  columns: ['a'],
  toColumns: ['id'],
  toSchema,
  onDelete,
  onUpdate: 'noAction' as const,
});

describe('the judge', () => {
  test('does not know these yet; when it does, they leave the list', () => {
    for (const { statement } of UNREAD) expect(faults(statement)).not.toEqual([]);
    const [, , schema] = settings({ ...target, schema: 'Shop' });
    expect(schema?.sql).toBe(UNREAD[0]?.statement);
  });

  test('takes a plain statement and refuses broken ones', () => {
    expect(faults('select 1 as "one" from dual')).toEqual([]);
    for (const broken of [
      'select from from dual',
      'create tabel "x" ("a" number)',
      'alter table "x" modify modify "a" number',
      'select 1 from dual limit 1',
      'insert into "x" ("a") values (:1',
    ])
      expect(faults(broken)).not.toEqual([]);
  });
});

describe('changes', () => {
  test('a table with every type', () => {
    expect(read(written({ kind: 'create-table', table }))).toEqual([]);
    expect(read(written({ kind: 'create-table', table }, null))).toEqual([]);
  });

  test.each(TYPES.map((type, at) => [nameOf(type, at), type] as const))(
    'a column of %s, with each default',
    (_, type) => {
      const all = [null, ...presets(type)].flatMap((preset) => [
        ...written({ kind: 'add-column', table: 't', column: column('c', type, { default: preset, nullable: false }) }),
        ...written({
          kind: 'alter-column',
          table: 't',
          from: column('c', type, { nullable: false }),
          to: column('c', type, { default: preset, comment: 'new' }),
        }),
      ]);
      expect(read(all)).toEqual([]);
    },
  );

  test.each(TYPES.map((type, at) => [nameOf(type, at), type, at] as const))(
    '%s turned into every other type',
    (name, from) => {
      const all = TYPES.flatMap((to) =>
        written({
          kind: 'alter-column',
          table: 'every type',
          from: column(name, from),
          to: column(name, to, { nullable: false }),
        }),
      );
      expect(read(all)).toEqual([]);
    },
  );

  test('all else', () => {
    const changes: Change[] = [
      { kind: 'drop-table', table: 't' },
      { kind: 'rename-table', table: 't', to: 'u' },
      { kind: 'drop-column', table: 't', column: 'c' },
      { kind: 'rename-column', table: 't', column: 'c', to: 'd' },
      { kind: 'create-index', table: 't', index },
      { kind: 'create-index', table: 't', index: unique },
      { kind: 'drop-index', table: 't', index },
      { kind: 'drop-index', table: 't', index: unique },
      ...(['cascade', 'setNull', 'restrict', 'noAction'] as const).map((action): Change => ({
        kind: 'add-foreign-key',
        table: 't',
        foreignKey: foreign(action, 'OTHER'),
      })),
      { kind: 'drop-foreign-key', table: 't', foreignKey: foreign('cascade') },
      { kind: 'set-primary-key', table: 't', from: ['a'], to: ['a', 'b'] },
      { kind: 'set-table-comment', table: 't', comment: null },
    ];
    for (const change of changes) expect(read([...written(change), ...written(change, null)])).toEqual([]);
  });
});

const refs: ColumnRef[] = TYPES.map((type, at) => ({ column: nameOf(type, at), type }));
const fields: Projection[] = refs.map((ref) => ({ as: ref.column, column: ref }));
const from = { schema: null, table: 'every type' };

const filtersOn = (ref: ColumnRef): Filter[] => {
  const value = VALUES[ref.type.kind];
  return [
    ...(['eq', 'neq', 'gt', 'gte', 'lt', 'lte'] as const).map((op): Filter => ({ op, column: ref, value })),
    { op: 'in', column: ref, values: [value, value] },
    { op: 'in', column: ref, values: [] },
    { op: 'is', column: ref, value: null },
    { op: 'not', of: { op: 'like', column: ref, pattern: 'a%' } },
    { op: 'ilike', column: ref, pattern: 'a\\_%' },
  ];
};

const [first] = refs as [ColumnRef];
const embed = (kind: 'one' | 'many', on: ColumnRef[]): Embed => ({
  kind,
  from: { schema: 'SHOP', table: 'other' },
  on: on.map((ref) => ({ outer: ref, inner: ref })),
  fields,
  order: [first],
});

describe('queries', () => {
  const select: Select = { from, fields, filter: null, order: [], limit: null, offset: 0, count: false };
  const bare: Select = { ...select, fields: [] };

  test('every type, filter, order and page', () => {
    const nothing: Filter = { op: 'and', of: [] };
    const isTrue: Filter = { op: 'is', column: { column: 'b', type: { kind: 'boolean' } }, value: true };
    const order = refs.flatMap((ref) =>
      ([null, 'first', 'last'] as const).map((nulls) => ({ column: ref, direction: 'desc' as const, nulls })),
    );
    expect(
      read([
        dml.selectRows(select),
        dml.selectRows(bare),
        ...refs.flatMap(filtersOn).map((filter) => dml.selectRows({ ...bare, filter })),
        dml.selectRows({ ...bare, filter: { op: 'and', of: [{ op: 'or', of: filtersOn(first) }, isTrue, nothing] } }),
        dml.selectRows({ ...bare, order, limit: 50, offset: 100 }),
        dml.selectRows({ ...bare, limit: 1 }),
        dml.countRows({ from, filter: isTrue }),
      ]),
    ).toEqual([]);
  });

  test('a list longer than one pair of parentheses takes', () => {
    const values = Array.from({ length: 1_100 }, (_, at) => at);
    const column: ColumnRef = { column: 'n', type: { kind: 'integer' } };
    const { sql } = dml.selectRows({ ...bare, filter: { op: 'in', column, values } });
    expect(sql.match(/ in \(/g)).toHaveLength(2);
    expect(read([{ sql, parameters: [] }])).toEqual([]);
  });

  test('embeds', () => {
    const outer: Projection[] = [{ as: 'rep', embed: embed('one', refs.slice(0, 2)) }];
    const keys = [
      ['a', 'b'],
      ['c', 'd'],
    ];
    expect(
      read([
        dml.selectRows({ ...select, fields: outer }),
        dml.embeddedRows(embed('many', [first]), [['a'], ['b']]),
        dml.embeddedRows(embed('one', refs.slice(0, 2)), keys),
      ]),
    ).toEqual([]);
  });

  test('writes', () => {
    const values = refs.map((ref) => VALUES[ref.type.kind]);
    const insert: Insert = {
      into: from,
      columns: refs,
      rows: [values, values.map(() => null), values.map(() => undefined)],
      returning: fields,
      key: [first],
      increment: null,
    };
    const filter: Filter = { op: 'eq', column: first, value: 'a' };
    const update = {
      table: from,
      set: refs.map((ref) => ({ column: ref, value: VALUES[ref.type.kind] })),
      filter,
      returning: null,
      key: [first],
    };
    const inserted = [insert, { ...insert, columns: [], rows: [[]] }].flatMap((each) => dml.insertRows(each));
    expect(inserted).toHaveLength(3);
    const returning = ' returning rowidtochar(rowid) into :99';
    expect(
      read([
        ...inserted.flatMap(({ sql }) => [sql, sql + returning].map((text) => ({ sql: text, parameters: [] }))),
        dml.updateRows(update),
        { sql: dml.updateRows(update).sql + returning, parameters: [] },
        dml.deleteRows({ from, filter }),
        dml.lockRows(from, fields, filter),
        dml.selectByRowids(from, fields, ['AAA', 'AAB']),
        dml.deleteByRowids(from, ['AAA', 'AAB']),
      ]),
    ).toEqual([]);
  });
});

describe('all else that is sent', () => {
  test('the catalog, rights, counts, the lock and the session', () => {
    expect(
      read([
        ...Object.values(CATALOG),
        ...Object.values(catalogQueries('SHOP', undefined)),
        ...Object.values(catalogQueries('SHOP', ['a', 'b'])),
        privilegesQuery,
        grantsQuery('SHOP'),
        lockQuery,
        schemaQuery('SHOP'),
        rowsQuery('SHOP', 't'),
        rowsQuery(null, 't', 'c'),
        duplicatesQuery(null, 't', ['a', 'b']),
        lockCall(1, 2),
        unlockCall(1),
        { sql: 'set transaction read only', parameters: [] },
        ...settings(target),
      ]),
    ).toEqual([]);
  });
});
