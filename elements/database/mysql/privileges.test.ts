import { expect, test } from 'vitest';
import { readGrant, rightsOf } from './privileges.ts';

const rights = (lines: string[], database = 'shop', readOnly = false) =>
  rightsOf(lines.flatMap(readGrant), database, readOnly);

const yes = { right: 'yes' };
const no = { right: 'no' };

test('a service that may do all it needs and nothing else', () => {
  const found = rights([
    "GRANT USAGE ON *.* TO `app`@`%` IDENTIFIED BY PASSWORD '*0'",
    'GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, REFERENCES, INDEX, ALTER ON `shop`.* TO `app`@`%`',
  ]);
  expect(found).toMatchObject({ read: yes, write: yes, ddl: yes, excess: [] });
});

test('what is missing is named', () => {
  expect(rights(['GRANT SELECT, INSERT, CREATE ON `shop`.* TO `app`@`%`'])).toMatchObject({
    read: yes,
    write: { right: 'no', detail: 'missing: UPDATE, DELETE' },
    ddl: { right: 'no', detail: 'missing: ALTER, DROP, INDEX, REFERENCES' },
  });
  expect(rights(['GRANT USAGE ON *.* TO `app`@`%`'])).toMatchObject({ read: no, write: no, ddl: no });
});

test('rights on another database do not count, patterns do', () => {
  expect(rights(['GRANT ALL PRIVILEGES ON `shop2`.* TO `app`@`%`']).read).toMatchObject(no);
  expect(rights(['GRANT ALL PRIVILEGES ON `sh%`.* TO `app`@`%`']).ddl).toMatchObject(yes);
  expect(rights(['GRANT SELECT ON `my\\_shop`.* TO `app`@`%`'], 'my_shop').read).toMatchObject(yes);
  expect(rights(['GRANT SELECT ON `my\\_shop`.* TO `app`@`%`'], 'my-shop').read).toMatchObject(no);
});

test('rights on tables are told as such, rights on columns do not count', () => {
  const found = rights(['GRANT SELECT, INSERT (name) ON `shop`.`customer` TO `app`@`%`']);
  expect(found.read).toEqual({ right: 'yes', detail: 'only on customer' });
  expect(found.write).toMatchObject(no);
});

test('a database that MySQL takes back from a global right', () => {
  const lines = ['GRANT SELECT ON *.* TO `app`@`%`', 'REVOKE SELECT ON `shop`.* FROM `app`@`%`'];
  expect(rights(lines).read).toMatchObject(no);
  expect(rights(lines, 'other').read).toMatchObject(yes);
});

test('too much is named', () => {
  expect(rights(['GRANT ALL PRIVILEGES ON *.* TO `root`@`%` WITH GRANT OPTION']).excess).toEqual([
    'superuser',
    'all privileges on every database',
    'grant its rights to others',
  ]);
  const mysql8 = [
    'GRANT SELECT, RELOAD, FILE, SUPER, CREATE USER ON *.* TO `root`@`%`',
    'GRANT CONNECTION_ADMIN,XA_RECOVER_ADMIN ON *.* TO `root`@`%`',
  ];
  expect(rights(mysql8).excess).toEqual([
    'superuser',
    'create user',
    'read and write files of the server',
    'reload the server',
    'SELECT on every database',
    'connection administrator',
  ]);
});

test('a read-only server refuses writes to all but administrators', () => {
  const app = ['GRANT ALL PRIVILEGES ON `shop`.* TO `app`@`%`'];
  expect(rights(app, 'shop', true)).toMatchObject({
    read: yes,
    write: { right: 'no', detail: 'the server is read-only' },
  });
  expect(rights(['GRANT ALL PRIVILEGES ON *.* TO `root`@`%`'], 'shop', true).write).toMatchObject(yes);
});

test('lines that grant no right on tables', () => {
  expect(readGrant('GRANT `reader`@`%` TO `app`@`%`')).toEqual([]);
  expect(readGrant("GRANT PROXY ON ''@'%' TO 'root'@'localhost' WITH GRANT OPTION")).toEqual([]);
  expect(readGrant('SET DEFAULT ROLE `reader` FOR `app`@`%`')).toEqual([]);
});
