import { expect, test } from 'vitest';
import { excessOf, judge, type RightsRow } from './privileges.ts';

const all: RightsRow = {
  readsSchema: 1,
  writesSchema: 1,
  altersSchema: 1,
  refersInSchema: 1,
  createsTables: 1,
  updateability: 'READ_WRITE',
  tables: 3,
  readable: 3,
  writable: 3,
};
const yes = { right: 'yes' };
const no = { right: 'no' };

test('a login that may do all it needs', () => {
  expect(judge(all, false)).toMatchObject({ read: yes, write: yes, ddl: yes });
});

test('rights on some tables count', () => {
  const some = { ...all, readsSchema: 0, writesSchema: 0, readable: 2, writable: 0 };
  expect(judge(some, false)).toMatchObject({
    read: { right: 'yes', detail: 'may read 2 of 3 tables' },
    write: { right: 'no', detail: 'may write 0 of 3 tables' },
  });
});

test('in an empty schema the right on the schema counts', () => {
  const empty = { ...all, tables: 0, readable: 0, writable: 0 };
  expect(judge(empty, false)).toMatchObject({ read: yes, write: yes });
  expect(judge({ ...empty, readsSchema: 0, writesSchema: 0 }, false)).toMatchObject({ read: no, write: no });
});

test('what is missing for DDL is named', () => {
  expect(judge({ ...all, createsTables: 0, altersSchema: null }, false).ddl).toEqual({
    right: 'no',
    detail: 'missing: CREATE TABLE on the database, ALTER on the schema',
  });
});

test('a read-only database takes no writes', () => {
  const found = judge({ ...all, updateability: 'READ_ONLY' }, false);
  expect(found).toMatchObject({ read: yes, write: no, ddl: no });
  expect(judge(all, true).write.detail).toMatch(/the element is read-only/);
});

test('too much is named', () => {
  expect(excessOf({ 'system administrator': 1, 'create databases': 0, 'alter any login': null })).toEqual([
    'system administrator',
  ]);
});
