// Messages as "Database Engine events and errors" spells them, filled in.
import { expect, test } from 'vitest';
import type { DriverError } from './errors.ts';
import { loginCause, statementFailure } from './errors.ts';

const failed = (number: number, message: string): DriverError =>
  Object.assign(new Error(message), { code: 'EREQUEST', number });

test.each([
  [
    2627,
    "Violation of UNIQUE KEY constraint 'bill_email'. Cannot insert duplicate key in object 'dbo.bill'. The duplicate key value is (a).",
    'unique',
    { constraint: 'bill_email', table: 'bill' },
  ],
  [
    2601,
    "Cannot insert duplicate key row in object 'dbo.bill' with unique index 'bill_email'. The duplicate key value is (a).",
    'unique',
    { constraint: 'bill_email', table: 'bill' },
  ],
  [
    547,
    'The INSERT statement conflicted with the FOREIGN KEY constraint "fk". The conflict occurred in database "shop", table "dbo.customer", column \'id\'.',
    'foreign-key',
    { constraint: 'fk', table: 'customer', columns: ['id'] },
  ],
  [
    547,
    'The DELETE statement conflicted with the REFERENCE constraint "fk". The conflict occurred in database "shop", table "dbo.bill", column \'customer_id\'.',
    'foreign-key',
    { constraint: 'fk', table: 'bill', columns: ['customer_id'] },
  ],
  [
    547,
    'The UPDATE statement conflicted with the CHECK constraint "positive". The conflict occurred in database "shop", table "dbo.bill", column \'total\'.',
    'check',
    { constraint: 'positive', table: 'bill' },
  ],
  [
    515,
    "Cannot insert the value NULL into column 'name', table 'shop.dbo.bill'; column does not allow nulls. INSERT fails.",
    'not-null',
    { columns: ['name'], table: 'bill' },
  ],
  [229, "The SELECT permission was denied on the object 'bill', database 'shop', schema 'dbo'.", 'permission', {}],
  [208, "Invalid object name 'dbo.gone'.", 'missing-object', { table: 'gone' }],
  [207, "Invalid column name 'gone'.", 'missing-object', { columns: ['gone'] }],
  [2714, "There is already an object named 'bill' in the database.", 'exists', {}],
  [1222, 'Lock request time out period exceeded.', 'lock', {}],
  [1205, 'Transaction (Process ID 60) was deadlocked on lock resources', 'serialization', {}],
  [3906, 'Failed to update database "shop" because the database is read-only.', 'read-only', {}],
  [596, 'Cannot continue the execution because the session is in the kill state.', 'connection-lost', {}],
  [99999, 'Something new', 'other', {}],
] as const)('%i: %s', (number, message, kind, place) => {
  expect(statementFailure(failed(number, message))).toMatchObject({ kind, code: String(number), message, ...place });
});

test.each([
  [
    2628,
    "String or binary data would be truncated in table 'shop.dbo.bill', column 'name'. Truncated value: 'x'.",
    '22001',
  ],
  [8115, 'Arithmetic overflow error converting expression to data type int.', '22003'],
  [241, 'Conversion failed when converting date and/or time from character string.', '22007'],
  [245, "Conversion failed when converting the nvarchar value 'x' to data type int.", '22P02'],
])('%i is a wrong value, told by its SQLSTATE', (number, message, code) => {
  expect(statementFailure(failed(number, message))).toMatchObject({ kind: 'value', code });
});

test('of several errors the first one is told', () => {
  const first = failed(547, 'The ALTER TABLE statement conflicted with the FOREIGN KEY constraint "fk".');
  const both = new AggregateError([first, failed(1750, 'Could not create constraint or index.')]);
  expect(statementFailure(both)).toMatchObject({ kind: 'foreign-key', constraint: 'fk' });
});

test.each(['ESOCKET', 'ECLOSE', 'EINVALIDSTATE'])('%s is a loss', (code) => {
  expect(statementFailure(Object.assign(new Error('gone'), { code })).kind).toBe('connection-lost');
});

test('a mistake of ours is not taken for one of the database', () => {
  expect(statementFailure(new TypeError('x is undefined'))).toMatchObject({ kind: 'other', code: 'unknown' });
});

test('a sign-in that fails twice over is told by what says more', () => {
  expect(loginCause([4060, 18456])).toBe('unknown-database');
  expect(loginCause([18456, 18470])).toBe('account-locked');
  expect(loginCause([18456])).toBe('wrong-login');
  expect(loginCause([])).toBe('other');
});
