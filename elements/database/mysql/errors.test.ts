import { expect, test } from 'vitest';
import type { DriverError } from './errors.ts';
import { loginCause, statementFailure } from './errors.ts';

const failed = (errno: number, sqlMessage: string): DriverError =>
  Object.assign(new Error(sqlMessage), { errno, sqlMessage, sqlState: 'HY000', code: `ER_${errno}` });

test.each([
  [1062, "Duplicate entry 'a@b' for key 'email'", 'unique', { constraint: 'email', table: null }],
  [1062, "Duplicate entry 'a-b' for key 'customer.email'", 'unique', { constraint: 'email', table: 'customer' }],
  [
    1452,
    'Cannot add or update a child row: a foreign key constraint fails (`shop`.`invoice`, CONSTRAINT `by``whom` FOREIGN KEY (`rep`, `co`) REFERENCES `employee` (`id`, `co`))',
    'foreign-key',
    { table: 'invoice', constraint: 'by`whom', columns: ['rep', 'co'] },
  ],
  [1451, 'Cannot delete or update a parent row: a foreign key constraint fails', 'foreign-key', { constraint: null }],
  [1048, "Column 'name' cannot be null", 'not-null', { columns: ['name'] }],
  [1364, "Field 'name' doesn't have a default value", 'not-null', { columns: ['name'] }],
  [3819, "Check constraint 'positive' is violated.", 'check', { constraint: 'positive' }],
  [4025, 'CONSTRAINT `positive` failed for `shop`.`item`', 'check', { constraint: 'positive', table: 'item' }],
  [1406, "Data too long for column 'name' at row 1", 'value', { columns: ['name'] }],
  [1264, "Out of range value for column 'age' at row 1", 'value', { columns: ['age'] }],
  [1366, "Incorrect string value: '\\xF0' for column `shop`.`t`.`name` at row 1", 'value', { columns: ['name'] }],
  [1142, "SELECT command denied to user 'u'@'h' for table 't'", 'permission', {}],
  [1146, "Table 'shop.gone' doesn't exist", 'missing-object', { table: 'gone' }],
  [1054, "Unknown column 't.gone' in 'field list'", 'missing-object', { columns: ['gone'] }],
  [1050, "Table 't' already exists", 'exists', {}],
  [1969, 'Query execution was interrupted (max_statement_time exceeded)', 'timeout', {}],
  [3024, 'Query execution was interrupted, maximum statement execution time exceeded', 'timeout', {}],
  [1317, 'Query execution was interrupted', 'cancelled', {}],
  [1205, 'Lock wait timeout exceeded; try restarting transaction', 'lock', {}],
  [1213, 'Deadlock found when trying to get lock; try restarting transaction', 'serialization', {}],
  [1040, 'Too many connections', 'too-many-connections', {}],
  [1792, 'Cannot execute statement in a READ ONLY transaction.', 'read-only', {}],
  [1927, 'Connection was killed', 'connection-lost', {}],
  [9999, 'Something new', 'other', {}],
] as const)('%i %s', (errno, message, kind, place) => {
  expect(statementFailure(failed(errno, message))).toMatchObject({ kind, code: String(errno), message, ...place });
});

test.each(['PROTOCOL_CONNECTION_LOST', 'ECONNRESET', 'EPIPE', 'ERR_STREAM_DESTROYED'])('%s is a loss', (code) => {
  expect(statementFailure(Object.assign(new Error('gone'), { code }))).toMatchObject({ kind: 'connection-lost', code });
});

test("the driver's own refusal of a closed connection is a loss", () => {
  const error = new Error("Can't add new command when connection is in closed state");
  expect(statementFailure(error).kind).toBe('connection-lost');
});

test('a mistake of ours is not taken for one of the database', () => {
  expect(statementFailure(new TypeError('x is undefined'))).toMatchObject({ kind: 'other', code: 'unknown' });
});

test('MariaDB words for an unencrypted connection', () => {
  const error = Object.assign(new Error('Connections using insecure transport are prohibited'), { errno: 1000 });
  expect(loginCause(error)).toBe('tls-required');
});
