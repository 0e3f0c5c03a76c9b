// Rows as the catalog views give them: sys.objects, sys.columns, sys.types, sys.indexes, sys.foreign_keys, sys.check_constraints.
import { expect, test } from 'vitest';
import type { Row, Session } from '../contract.ts';
import type { Schema, Statement } from '../schema.ts';
import * as administration from './administration.ts';
import { catalogQueries } from './catalog.ts';
import { introspect } from './introspect.ts';
import { EXCESS, RIGHTS, SERVER_EXCESS } from './privileges.ts';
import { SERVER_FACTS } from './server.ts';
import { settings } from './settings.ts';
import { sqlserverTarget } from '#test/support/sqlserver-target.ts';

type Name = keyof ReturnType<typeof catalogQueries>;

/** Answers each catalog query with the rows given for it. */
async function read(rows: Partial<Record<Name, Row[]>>, tables?: string[]): Promise<{ schema: Schema; asked: number }> {
  const queries = Object.entries(catalogQueries('dbo', tables)) as [Name, Statement][];
  let asked = 0;
  const session = {
    run: ({ sql, parameters }: Statement) => {
      const found = queries.find(([, statement]) => statement.sql === sql);
      if (!found) throw new Error(`not a catalog query: ${sql}`);
      expect(parameters).toEqual(found[1].parameters);
      asked++;
      return Promise.resolve({ rows: rows[found[0]] ?? [], affected: 0 });
    },
  } as unknown as Session;
  const schema = await introspect(session, { schema: 'dbo', ...(tables ? { tables } : {}) });
  return { schema, asked };
}

const column = (number: number, name: string, type: string, rest: Row = {}): Row => ({
  table: 1,
  number,
  name,
  type,
  nullable: true,
  typeSchema: 'sys',
  isUserDefined: false,
  bytes: 4,
  precision: 10,
  scale: 0,
  isIdentity: false,
  computed: null,
  default: null,
  ...rest,
});

const bill = {
  tables: [
    { id: 1, name: 'bill', kind: 'U' },
    { id: 2, name: 'open_bills', kind: 'V' },
  ],
  columns: [
    column(2, 'email', 'nvarchar', { bytes: 160, default: "(N'none')" }),
    column(1, 'id', 'int', { nullable: false, isIdentity: true }),
    column(3, 'total', 'numeric', { precision: 12, scale: 2 }),
    column(4, 'at', 'datetimeoffset', { scale: 6, default: '(sysutcdatetime())' }),
    column(5, 'notes', 'nvarchar', { bytes: -1 }),
    column(6, 'text', 'nvarchar', { bytes: -1 }),
    column(7, 'double', 'int', { computed: '([id]*(2))' }),
    column(8, 'version', 'timestamp', { bytes: 8 }),
    column(9, 'phone', 'Phone', { typeSchema: 'dbo', isUserDefined: true }),
    column(10, 'code', 'varbinary', { bytes: 16 }),
  ],
  checks: [
    { table: 1, definition: "(isjson(concat(N'[',[notes],N']'))=(1))" },
    { table: 1, definition: "([text]<>'isjson')" },
  ],
  comments: [
    { table: 1, number: 0, comment: 'bills' },
    { table: 1, number: 2, comment: 'where it goes' },
  ],
  indexes: [
    { table: 1, name: 'PK__bill', isPrimary: true, isUnique: true, filter: null, column: 'id' },
    { table: 1, name: 'u', isPrimary: false, isUnique: true, filter: '([email] IS NOT NULL)', column: 'id' },
    { table: 1, name: 'u', isPrimary: false, isUnique: true, filter: '([email] IS NOT NULL)', column: 'email' },
    { table: 1, name: 'partial', isPrimary: false, isUnique: true, filter: '([total]>(0))', column: 'total' },
    { table: 1, name: 'sparse', isPrimary: false, isUnique: false, filter: '([email] IS NOT NULL)', column: 'email' },
    { table: 1, name: 'i', isPrimary: false, isUnique: false, filter: null, column: 'total' },
  ],
  foreignKeys: [
    {
      table: 1,
      name: 'fk',
      column: 'id',
      toTable: 'customer',
      toSchema: null,
      toColumn: 'id',
      onDelete: 'SET_NULL',
      onUpdate: 'NO_ACTION',
    },
  ],
};

test('tables as they are, and nothing that has no words here', async () => {
  const { schema, asked } = await read(bill);
  const [table, view] = schema.tables;
  expect(view).toMatchObject({ name: 'open_bills', kind: 'view', columns: [], primaryKey: null });
  expect(table).toMatchObject({
    name: 'bill',
    kind: 'table',
    comment: 'bills',
    primaryKey: { name: 'PK__bill', columns: ['id'] },
    indexes: [
      { name: 'u', columns: ['id', 'email'], unique: true },
      { name: 'i', columns: ['total'], unique: false },
    ],
    foreignKeys: [{ name: 'fk', columns: ['id'], toTable: 'customer', toColumns: ['id'], onDelete: 'setNull' }],
  });
  const said = table!.columns.map(({ name, native, type, generated }) => [name, native, type.kind, generated]);
  expect(said).toEqual([
    ['id', 'int', 'integer', 'increment'],
    ['email', 'nvarchar(80)', 'text', null],
    ['total', 'decimal(12,2)', 'decimal', null],
    ['at', 'datetimeoffset(6)', 'instant', null],
    ['notes', 'json', 'json', null],
    ['text', 'nvarchar(max)', 'longText', null],
    ['double', 'int', 'integer', 'computed'],
    ['version', 'timestamp', 'native', 'computed'],
    ['phone', '[dbo].[Phone]', 'native', null],
    ['code', 'varbinary(16)', 'binary', null],
  ]);
  expect(table!.columns[1]).toMatchObject({
    default: { kind: 'literal', value: 'none' },
    comment: 'where it goes',
    nullable: true,
  });
  expect(table!.columns[3]!.default).toEqual({ kind: 'now' });
  expect(asked).toBe(6);
});

test('as many questions for a thousand tables as for one; none for no table', async () => {
  const tables = Array.from({ length: 1000 }, (_, id) => ({ id, name: `t${id}`, kind: 'U' }));
  expect(
    (
      await read(
        { tables },
        tables.map(({ name }) => name),
      )
    ).asked,
  ).toBe(6);
  expect(await read({}, [])).toEqual({ schema: { tables: [] }, asked: 0 });
});

test('every question to the catalog, as it stands in the snapshot', async () => {
  const statements: [string, string][] = [
    ['who answers', SERVER_FACTS.sql],
    ['settings of a session', settings(sqlserverTarget({ port: 1 })).sql],
    ['facts', administration.FACTS],
    ['identity', administration.IDENTITY],
    ['a schema', administration.SCHEMA_EXISTS],
    ['the lock of a migration', administration.LOCK],
    ['its end', administration.UNLOCK],
    ['databases', administration.DATABASES],
    ['schemas', administration.SCHEMAS],
    ['rights', RIGHTS],
    ['rights beyond those that are needed', EXCESS],
    ['the same, on the server', SERVER_EXCESS],
    ...Object.entries(catalogQueries('dbo', ['bill'])).map(([name, { sql }]): [string, string] => [
      `introspection: ${name}`,
      sql,
    ]),
  ];
  const text = statements.map(([title, sql]) => `-- ${title}\n${sql};\n`).join('\n');
  await expect(text).toMatchFileSnapshot('snapshots/catalog.sql');
});
