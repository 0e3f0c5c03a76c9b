import { expect, test } from 'vitest';
import { rightsOf } from './privileges.ts';
import type { Held } from './privileges.ts';

const owner: Held = {
  own: true,
  privileges: new Set(['CREATE SESSION', 'CREATE TABLE', 'CREATE SEQUENCE']),
  grants: [],
  locks: true,
};
const guest: Held = { ...owner, own: false, privileges: new Set(['CREATE SESSION']) };

test('the owner of a schema', () => {
  expect(rightsOf(owner)).toEqual({
    read: { right: 'yes', detail: 'the schema is its own' },
    write: { right: 'yes', detail: 'the schema is its own' },
    ddl: { right: 'yes', detail: 'CREATE TABLE, CREATE SEQUENCE' },
    excess: [],
  });
});

test('an owner who may make nothing, nor take the lock', () => {
  expect(rightsOf({ ...owner, privileges: new Set(), locks: false }).ddl).toEqual({
    right: 'no',
    detail: 'missing: CREATE TABLE, CREATE SEQUENCE, EXECUTE on SYS.DBMS_LOCK, which the migration lock needs',
  });
});

test('grants on some tables count, each right for itself', () => {
  const grants = [
    { table: 'bill', privilege: 'SELECT' },
    { table: 'line', privilege: 'SELECT' },
    { table: 'line', privilege: 'INSERT' },
  ];
  expect(rightsOf({ ...guest, grants })).toMatchObject({
    read: { right: 'yes', detail: 'only on bill, line' },
    write: { right: 'no', detail: 'missing: INSERT, UPDATE, DELETE' },
    ddl: { right: 'no' },
  });
});

test('rights on every table, which are too much', () => {
  const found = rightsOf({ ...guest, privileges: new Set(['SELECT ANY TABLE', 'ALTER SYSTEM']) });
  expect(found.read).toEqual({ right: 'yes', detail: 'SELECT ANY TABLE' });
  expect(found.excess).toEqual(['alter system', 'read every table of the database']);
});
