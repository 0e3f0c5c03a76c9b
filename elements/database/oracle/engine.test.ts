// The engine over a fake of its driver; canned answers follow the pages that they name (docs.oracle.com, node-oracledb manual).
import { beforeEach, expect, test, vi } from 'vitest';
import { fake } from '#test/support/fake-oracledb.ts';
import type { Asked, Canned } from '#test/support/fake-oracledb.ts';
import { target } from '#test/support/oracle-target.ts';
import type { ColumnRef, Insert } from '../query.ts';
import { engine } from './engine.ts';

vi.mock('oracledb', async () => ({ default: (await import('#test/support/fake-oracledb.ts')).oracledb }));

/** "connection.oracleServerVersionString" of 19c */
const VERSION = '19.22.0.0.0';
let answer: (asked: Asked) => Canned;

beforeEach(() => {
  Object.assign(fake, { asked: [], config: null, timeouts: [], version: VERSION, signIn: null });
  answer = () => ({});
  fake.answer = (asked) => (asked.sql.startsWith('alter session') ? {} : answer(asked));
});

/** A session, with the questions of its making forgotten. */
async function open(part: Partial<typeof target> = {}) {
  const session = await engine.connect({ ...target, ...part });
  fake.asked = [];
  return session;
}
const said = () => fake.asked.map(({ call, sql }) => [call, sql.split(' ')[0]]);

test('signs in at the checked address, and settles the forms of the session', async () => {
  const session = await engine.connect({ ...target, schema: 'SHOP' });
  expect(session.server).toEqual({ product: 'Oracle Database', version: VERSION, tls: null });
  expect(fake.config).toMatchObject({
    user: 'shop',
    password: 'not the password',
    program: 'mooring',
    connectString:
      '(DESCRIPTION=(RETRY_COUNT=0)(ADDRESS=(PROTOCOL=tcp)(HOST=127.0.0.1)(PORT=1521))(CONNECT_DATA=(SERVICE_NAME=FREEPDB1)))',
  });
  expect(fake.asked.map(({ sql }) => sql)).toEqual([
    expect.stringContaining("nls_numeric_characters = '.,'"),
    "alter session set time_zone = '+00:00'",
    'alter session set current_schema = "SHOP"',
  ]);
});

test('a refused sign-in, a schema that is not there, and a server that is too old', async () => {
  fake.signIn = 'ORA-01017: invalid username/password; logon denied';
  await expect(engine.connect(target)).rejects.toMatchObject({ why: 'wrong-login' });
  fake.signIn = null;
  fake.answer = ({ sql }): Canned =>
    sql.includes('current_schema') ? { error: 'ORA-01435: user does not exist' } : {};
  await expect(engine.connect({ ...target, schema: 'GONE' })).rejects.toMatchObject({ why: 'unknown-schema' });
  fake.version = '12.1.0.2.0';
  await expect(engine.connect(target)).rejects.toMatchObject({ why: 'server-too-old' });
});

/** "connection.execute()": outside of a transaction each statement commits by itself */
test('runs by itself and in a transaction', async () => {
  const session = await open();
  answer = () => ({ rows: [{ a: '1' }] });
  expect(await session.run({ sql: 'select', parameters: [true, null, 'ä'] })).toEqual({
    rows: [{ a: '1' }],
    affected: 1,
  });
  expect(fake.asked[0]).toMatchObject({ binds: [1, null, 'ä'], options: { autoCommit: true, outFormat: 4002 } });
  await session.begin();
  await session.run({ sql: 'select', parameters: [] });
  expect(fake.asked[1]?.options['autoCommit']).toBe(false);
  await session.rollback();
  expect(session.inTransaction).toBe(false);
  expect(fake.asked.at(-1)?.call).toBe('rollback');
});

test('a transaction on a read-only element is told so', async () => {
  const session = await open({ readOnly: true });
  await session.begin();
  expect(fake.asked[0]?.sql).toBe('set transaction read only');
});

/** "connection.callTimeout": NJS-123; the connection stays usable */
test('the deadline goes to the driver; what does not end then is cut', async () => {
  const session = await open();
  answer = () => ({ error: 'NJS-123: call timeout of 30 ms exceeded' });
  await expect(session.run({ sql: 'x', parameters: [] }, { timeoutMs: 30 })).rejects.toMatchObject({ kind: 'timeout' });
  expect(fake.timeouts.at(-1)).toBe(30);
  expect(session.usable).toBe(true);
  answer = ({ call }) => (call === 'break' ? {} : 'silence');
  await expect(session.run({ sql: 'x', parameters: [] }, { timeoutMs: 30 })).rejects.toMatchObject({ kind: 'timeout' });
  expect(session.usable).toBe(false);
  expect(fake.asked.at(-1)?.call).toBe('break');
});

test('a lost connection', async () => {
  const session = await open();
  answer = () => ({ error: 'ORA-03113: end-of-file on communication channel' });
  await expect(session.run({ sql: 'x', parameters: [] })).rejects.toMatchObject({ kind: 'connection-lost' });
  expect(session.usable).toBe(false);
  await expect(session.run({ sql: 'x', parameters: [] })).rejects.toMatchObject({ code: 'CLOSED' });
});

const id: ColumnRef = { column: 'id', type: { kind: 'integer' } };
const name: ColumnRef = { column: 'name', type: { kind: 'text', length: 9 } };
const bill = { schema: 'SHOP', table: 'bill' };
const fields = [{ as: 'id', column: id }];
const filter = { op: 'eq' as const, column: id, value: 1 };

test('pages, with a second question only where the total is not known', async () => {
  const session = await open();
  const page = { from: bill, fields, filter: null, order: [], offset: 0, count: true };
  answer = ({ sql }) => ({ rows: sql.includes('count(*)') ? [{ total: '9' }] : [{ c0: '1' }, { c0: '2' }] });
  expect(await engine.select(session, { ...page, limit: 5 })).toEqual({
    body: '[{"id":1},{"id":2}]',
    rows: 2,
    total: 2,
  });
  expect(fake.asked).toHaveLength(1);
  expect(await engine.select(session, { ...page, limit: 2 })).toMatchObject({ rows: 2, total: 9 });
});

/** "connection.executeMany()": outBinds holds, for each row, an array of its out binds; `returning into` gives arrays */
test('an insert gives its rows back by their addresses, in their order', async () => {
  const session = await open();
  const insert: Insert = {
    into: bill,
    columns: [name],
    rows: [['x'], ['y']],
    returning: fields,
    key: [id],
    increment: id,
  };
  answer = ({ call }) => {
    if (call === 'executeMany') return { rowsAffected: 2, outBinds: [[['AAA']], [['AAB']]] };
    return {
      rows: [
        { address: 'AAB', c0: '2' },
        { address: 'AAA', c0: '1' },
      ],
    };
  };
  expect(await engine.insert(session, insert)).toMatchObject({ body: '[{"id":1},{"id":2}]', rows: 2 });
  expect(said()).toEqual([
    ['executeMany', 'insert'],
    ['execute', 'select'],
    ['commit', ''],
  ]);
  expect(fake.asked[0]?.options['bindDefs']).toEqual([
    { type: 'STRING', maxSize: 1 },
    { dir: 3003, type: 'STRING', maxSize: 128 },
  ]);
});

test('an update, and a delete that reads its rows before they go', async () => {
  const session = await open();
  answer = () => ({ rowsAffected: 3 });
  const set = [{ column: name, value: 'x' }];
  expect(await engine.update(session, { table: bill, set, filter, returning: null, key: [id] })).toMatchObject({
    rows: 3,
  });
  fake.asked = [];
  answer = ({ sql }) => (sql.startsWith('select') ? { rows: [{ address: 'AAA', c0: '1' }] } : { rowsAffected: 1 });
  expect(await engine.delete(session, { from: bill, filter, returning: fields, key: [id] })).toMatchObject({
    body: '[{"id":1}]',
  });
  expect(said()).toEqual([
    ['execute', 'select'],
    ['execute', 'delete'],
    ['commit', ''],
  ]);
});

/** PL/SQL Packages and Types Reference, "DBMS_LOCK", REQUEST: 0 taken, 1 timed out */
test.each([
  [0, true],
  [1, false],
])('the lock: %i', async (status, held) => {
  const session = await open();
  answer = ({ sql }) =>
    sql.startsWith('begin') ? { outBinds: [status] } : { rows: [{ schema: 'SHOP', container: 'C' }] };
  const release = await engine.lock(session, 'deploy', 25);
  expect(release !== null).toBe(held);
  await release?.();
  expect(fake.asked.at(-1)?.sql).toMatch(held ? /release/ : /request/);
});

/** Oracle Database Reference, "ALL_TAB_COMMENTS", "ALL_TAB_COLS", "ALL_CONSTRAINTS", "ALL_INDEXES" */
test('introspects in four questions', async () => {
  const session = await open();
  const column = {
    table: 'bill',
    unit: null,
    precision: null,
    scale: null,
    numbered: 'NO',
    computed: 'NO',
    comment: null,
  };
  const answers: [string, Record<string, unknown>[]][] = [
    ['all_tab_comments', [{ name: 'bill', type: 'TABLE', comment: 'a head' }]],
    [
      'all_tab_cols',
      [
        {
          ...column,
          name: 'id',
          type: 'NUMBER',
          precision: '10',
          scale: '0',
          nullable: 'N',
          numbered: 'YES',
          default: '"SHOP"."ISEQ$$_1".nextval',
        },
        { ...column, name: 'name', type: 'VARCHAR2', characters: '9', unit: 'C', nullable: 'Y', default: "'x'" },
      ],
    ],
    ['all_indexes', [{ table: 'bill', name: 'SYS_C1', uniqueness: 'UNIQUE', type: 'NORMAL', column: 'id' }]],
    ['all_constraints', [{ table: 'bill', name: 'SYS_C1', type: 'P', column: 'id', index: 'SYS_C1' }]],
  ];
  answer = ({ sql }) => ({ rows: answers.find(([view]) => sql.includes(`from ${view}`))?.[1] ?? [] });
  expect(await engine.introspect(session, { schema: 'SHOP' })).toEqual({
    tables: [
      {
        name: 'bill',
        kind: 'table',
        columns: [
          {
            name: 'id',
            type: { kind: 'integer' },
            native: 'number(10,0)',
            nullable: false,
            default: null,
            generated: 'increment',
            comment: null,
          },
          {
            name: 'name',
            type: { kind: 'text', length: 9 },
            native: 'varchar2(9 char)',
            nullable: true,
            default: { kind: 'literal', value: 'x' },
            generated: null,
            comment: null,
          },
        ],
        primaryKey: { name: 'SYS_C1', columns: ['id'] },
        indexes: [],
        foreignKeys: [],
        comment: 'a head',
      },
    ],
  });
  expect(fake.asked).toHaveLength(4);
});
