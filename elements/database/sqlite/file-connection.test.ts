import { afterEach, describe, expect, it } from 'vitest';
import { sqliteTarget } from '#test/support/sqlite-target.ts';
import { FileConnection } from './file-connection.ts';

const open: FileConnection[] = [];
afterEach(() => open.splice(0).forEach((connection) => connection.close()));

function file(...statements: string[]): FileConnection {
  const { endpoint } = sqliteTarget();
  if (endpoint.kind !== 'file') throw new Error('a file is expected');
  const connection = new FileConnection({ path: endpoint.path, create: true, readOnly: false });
  open.push(connection);
  for (const sql of statements) connection.run(sql, []);
  return connection;
}

describe('writes that are made durable together', () => {
  const insert = (connection: FileConnection, sql: string, ...values: number[][]) =>
    connection.together(
      values.map((each) => () => connection.write(sql, each)),
      Infinity,
    );
  const ids = (connection: FileConnection, table: string) =>
    connection.run(`select id from ${table} order by id`, []).rows.map(([id]) => id);
  const codes = (results: unknown[]) =>
    results.map((result) => (result instanceof Error ? (result as Error & { code: string }).code : 'ok'));

  it('give each its own answer, and stand', () => {
    const connection = file('create table t (id integer primary key)');
    const results = insert(connection, "insert into t values (?) returning json_object('id', id)", [1], [2]);
    expect(results).toEqual([
      { body: '[{"id":1}]', rows: 1, total: null },
      { body: '[{"id":2}]', rows: 1, total: null },
    ]);
    connection.rollback();
    expect(ids(connection, 't')).toEqual([1, 2]);
  });

  it('do not fail with the one that fails', () => {
    const connection = file('create table t (id integer primary key)');
    expect(codes(insert(connection, 'insert into t values (?)', [1], [1], [2]))).toEqual([
      'ok',
      'SQLITE_CONSTRAINT_PRIMARYKEY',
      'ok',
    ]);
    expect(ids(connection, 't')).toEqual([1, 2]);
  });

  it('are done again alone where the common end fails', () => {
    const connection = file(
      'create table parent (id integer primary key)',
      'create table t (id integer primary key references parent (id) deferrable initially deferred)',
      'insert into parent values (1), (3)',
    );
    expect(codes(insert(connection, 'insert into t values (?)', [1], [2], [3]))).toEqual([
      'ok',
      'SQLITE_CONSTRAINT_FOREIGNKEY',
      'ok',
    ]);
    expect(ids(connection, 't')).toEqual([1, 3]);
  });

  it('are done again alone where one of them ends the transaction', () => {
    const connection = file('create table t (id integer primary key on conflict rollback)');
    expect(codes(insert(connection, 'insert into t values (?)', [1], [1], [2]))).toEqual([
      'ok',
      'SQLITE_CONSTRAINT_PRIMARYKEY',
    ]);
    expect(ids(connection, 't')).toEqual([1]);
  });

  it('stay one by one in a transaction that is open', () => {
    const connection = file('create table t (id integer primary key)');
    connection.begin();
    expect(insert(connection, 'insert into t values (?)', [1], [2])).toHaveLength(1);
    connection.rollback();
    expect(ids(connection, 't')).toEqual([]);
  });

  it('do not wait for each other for long', () => {
    const connection = file('create table t (id integer primary key)');
    const works = [1, 2, 3].map((id) => () => connection.write('insert into t values (?)', [id]));
    expect(connection.together(works, 0)).toHaveLength(1);
    expect(ids(connection, 't')).toEqual([1]);
  });
});
