import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '#test/support/postgres-server.ts';
import { type TargetWish, serverTarget } from '#test/support/server-target.ts';
import type { Session } from '../contract.ts';
import type { ColumnRef, Projection } from '../query.ts';
import type { Change, Column, ColumnType, Table } from '../schema.ts';
import { engine } from './engine.ts';

let server: PostgresServer;
let session: Session;

const target = (wish: Partial<TargetWish> = {}) =>
  serverTarget({ port: server.port, user: server.user, password: server.password, schema: 'public', ...wish });

beforeAll(async () => {
  server = await startPostgres();
  session = await engine.connect(target());
});
afterAll(async () => {
  await session?.close();
  await server?.stop();
});

const types: ColumnType[] = [
  { kind: 'text', length: 40 },
  { kind: 'text', length: null },
  { kind: 'integer' },
  { kind: 'bigint' },
  { kind: 'decimal', precision: 30, scale: 10 },
  { kind: 'double' },
  { kind: 'boolean' },
  { kind: 'date' },
  { kind: 'time' },
  { kind: 'datetime' },
  { kind: 'instant' },
  { kind: 'uuid' },
  { kind: 'json' },
  { kind: 'binary' },
  { kind: 'native', native: 'inet' },
];

function column(name: string, type: ColumnType, rest: Partial<Column> = {}): Column {
  return {
    name,
    type,
    native: engine.types.native(type),
    nullable: true,
    default: null,
    generated: null,
    comment: null,
    ...rest,
  };
}
function table(name: string, columns: Column[], rest: Partial<Table> = {}): Table {
  return { name, kind: 'table', columns, primaryKey: null, indexes: [], foreignKeys: [], comment: null, ...rest };
}
async function apply(change: Change, before: Table | null = null, schema: string | null = 'public') {
  for (const statement of engine.ddl(change, { schema, capabilities: session.capabilities, table: before })) {
    await session.run(statement);
  }
}
const introspected = async (name: string) =>
  (await engine.introspect(session, { schema: 'public', tables: [name] })).tables[0]!;

describe('schema', () => {
  const everything = table(
    'every "thing"',
    [
      column('id', { kind: 'integer' }, { nullable: false, generated: 'increment', comment: "it's the key" }),
      ...types.map((type, index) => column(`c${index}`, type)),
      column('made', { kind: 'instant' }, { nullable: false, default: { kind: 'now' } }),
      column('day', { kind: 'date' }, { default: { kind: 'now' } }),
      column('wall', { kind: 'datetime' }, { default: { kind: 'now' } }),
      column('ref', { kind: 'uuid' }, { default: { kind: 'uuid' } }),
      column('price', { kind: 'decimal', precision: 10, scale: 2 }, { default: { kind: 'literal', value: '-1.50' } }),
      column('word', { kind: 'text', length: 20 }, { default: { kind: 'literal', value: "o'clock \\ ::text" } }),
      column('yes', { kind: 'boolean' }, { default: { kind: 'literal', value: true } }),
      column('n', { kind: 'integer' }, { default: { kind: 'literal', value: -7 } }),
      column('big', { kind: 'bigint' }, { default: { kind: 'literal', value: '9007199254740993' } }),
      column('f', { kind: 'double' }, { default: { kind: 'literal', value: 0.1 } }),
      column('j', { kind: 'json' }, { default: { kind: 'literal', value: '{"a":[1,2]}' } }),
      column('moment', { kind: 'datetime' }, { default: { kind: 'literal', value: '2026-01-31T13:45:00.5' } }),
      column('utc', { kind: 'instant' }, { default: { kind: 'literal', value: '2026-01-31T13:45:00Z' } }),
      column('at', { kind: 'time' }, { default: { kind: 'literal', value: '13:45:00' } }),
      column('self', { kind: 'integer' }),
    ],
    {
      primaryKey: { name: 'every thing_pkey', columns: ['id'] },
      indexes: [
        { name: 'thing_by_c2', columns: ['c2', 'c0'], unique: false },
        { name: 'thing_one_c3', columns: ['c3'], unique: true },
      ],
      foreignKeys: [
        {
          name: 'thing_self',
          columns: ['self'],
          toSchema: null,
          toTable: 'every "thing"',
          toColumns: ['id'],
          onDelete: 'setNull',
          onUpdate: 'cascade',
        },
      ],
      comment: 'all of it',
    },
  );

  it('introspects what ddl made as the same value', async () => {
    await apply({ kind: 'create-table', table: everything });
    expect(await introspected(everything.name)).toEqual(everything);
  });
});

const ref = (name: string, type: ColumnType = { kind: 'integer' }): ColumnRef => ({ column: name, type });
const field = (name: string, type?: ColumnType): Projection => ({ as: name, column: ref(name, type) });

describe('queries', () => {
  it('reads and writes rows', async () => {
    await apply({
      kind: 'create-table',
      table: table(
        'artist',
        [
          column('id', { kind: 'integer' }, { nullable: false, generated: 'increment' }),
          column('name', { kind: 'text', length: 100 }, { nullable: false }),
        ],
        { primaryKey: { name: null, columns: ['id'] } },
      ),
    });
    const into = { schema: 'public', table: 'artist' };
    const name = ref('name', { kind: 'text', length: 100 });
    const made = await engine.insert(session, {
      into,
      columns: [name],
      rows: [['AC/DC'], ['Accept']],
      returning: [field('id'), { as: 'Name', column: name }],
      key: [ref('id')],
      increment: ref('id'),
    });
    expect(made).toEqual({ body: '[{"id":1,"Name":"AC/DC"},{"id":2,"Name":"Accept"}]', rows: 2, total: null });
    const read = await engine.select(
      session,
      {
        from: into,
        fields: [field('id')],
        filter: { op: 'ilike', column: name, pattern: 'ac%' },
        order: [{ column: name, direction: 'desc', nulls: 'first' }],
        limit: 1,
        offset: 0,
        count: true,
      },
      { prepared: true },
    );
    expect(read).toEqual({ body: '[{"id":2}]', rows: 1, total: 2 });
  });
});
