// Messages as Oracle Database "Database Error Messages" and node-oracledb's `lib/errors.js` spell them, filled in.
import { expect, test } from 'vitest';
import { loginFailure, statementFailure } from './errors.ts';

test.each([
  ['ORA-00001: unique constraint (SHOP.bill_email) violated', 'unique', { constraint: 'bill_email' }],
  ['ORA-02291: integrity constraint (SHOP.fk) violated - parent key not found', 'foreign-key', { constraint: 'fk' }],
  ['ORA-02292: integrity constraint (SHOP.fk) violated - child record found', 'foreign-key', { constraint: 'fk' }],
  ['ORA-02290: check constraint (SHOP.positive) violated', 'check', { constraint: 'positive' }],
  ['ORA-01400: cannot insert NULL into ("SHOP"."bill"."name")', 'not-null', { table: 'bill', columns: ['name'] }],
  ['ORA-01031: insufficient privileges', 'permission', {}],
  ['ORA-00942: table or view does not exist', 'missing-object', {}],
  ['ORA-00955: name is already used by an existing object', 'exists', {}],
  ['ORA-00054: resource busy and acquire with NOWAIT specified or timeout expired', 'lock', {}],
  ['ORA-00060: deadlock detected while waiting for resource', 'serialization', {}],
  ['ORA-01456: may not perform insert/delete/update operation inside a READ ONLY transaction', 'read-only', {}],
  ['ORA-01013: user requested cancel of current operation', 'cancelled', {}],
  ['ORA-03113: end-of-file on communication channel', 'connection-lost', {}],
  ['NJS-123: call timeout of 50 ms exceeded', 'timeout', {}],
  ['NJS-500: connection to the Oracle Database was broken', 'connection-lost', {}],
  ['ORA-99999: something new', 'other', {}],
] as const)('%s', (message, kind, place) => {
  const [code] = message.split(':');
  expect(statementFailure(new Error(message))).toMatchObject({ kind, code, message, ...place });
});

test.each([
  [
    'ORA-12899: value too large for column "SHOP"."bill"."name" (actual: 9, maximum: 5)',
    '22001',
    { table: 'bill', columns: ['name'] },
  ],
  ['ORA-01438: value larger than specified precision allowed for this column', '22003', {}],
])('a wrong value is told by its SQLSTATE: %s', (message, code, place) => {
  expect(statementFailure(new Error(message))).toMatchObject({ kind: 'value', code, ...place });
});

test('of a block the error inside counts, of several lines the first', () => {
  const message = "ORA-06550: line 1, column 14:\nPLS-00201: identifier 'SYS.DBMS_LOCK' must be declared";
  expect(statementFailure(new Error(message))).toMatchObject({
    code: 'PLS-00201',
    message: 'ORA-06550: line 1, column 14:',
  });
});

test('a mistake of ours is not taken for one of the database', () => {
  expect(statementFailure(new TypeError('x is undefined'))).toMatchObject({ kind: 'other', code: 'unknown' });
});

test.each([
  ['ORA-01017: invalid username/password; logon denied', 'wrong-login'],
  ['ORA-28000: The account is locked.', 'account-locked'],
  ['ORA-28001: The password has expired.', 'account-expired'],
  ['ORA-01045: user SHOP lacks CREATE SESSION privilege; logon denied', 'no-database-right'],
  ['ORA-12514: Cannot connect to database. Service X is not registered with the listener', 'unknown-service'],
  ['ORA-01033: ORACLE initialization or shutdown in progress', 'starting-up'],
  ['ORA-12520: TNS:listener could not find available handler', 'too-many-connections'],
  ['NJS-518: cannot connect to Oracle Database. Service "X" is not registered with the listener', 'unknown-service'],
  ['NJS-138: connections to this database server version are not supported by node-oracledb', 'server-too-old'],
  ['NJS-116: password verifier type 0x939 is not supported by node-oracledb', 'unsupported-authentication'],
  ['ORA-99999: something new', 'other'],
])('a sign-in: %s', (message, why) => {
  expect(loginFailure(new Error(message))).toMatchObject({ why, detail: message });
});
