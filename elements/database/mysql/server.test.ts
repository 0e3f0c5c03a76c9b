import { expect, test } from 'vitest';
import { readServer } from './server.ts';

test.each([
  ['8.4.3', 'MySQL Community Server - GPL', 'MySQL', '8.4.3', false],
  ['8.0.39-30', 'Percona Server (GPL), Release 30', 'MySQL', '8.0.39', false],
  ['10.11.6-MariaDB-0+deb12u1', 'Debian 12', 'MariaDB', '10.11.6', true],
  ['5.5.5-10.6.12-MariaDB-log', 'MariaDB Server', 'MariaDB', '10.6.12', true],
  ['11.4.2-MariaDB', '', 'MariaDB', '11.4.2', true],
  ['8.0.11-TiDB-v7.5.1', 'TiDB Server', 'TiDB', '7.5.1', false],
  ['8.0.30-Vitess', 'Version: 19.0', 'Vitess', '8.0.30', false],
])('%s (%s) is %s %s', (version, comment, product, number, returning) => {
  const server = readServer(version, comment);
  expect(server).toMatchObject({ product, version: number, tooOld: null });
  expect(server.capabilities.returning).toEqual({ insert: returning, update: false, delete: returning });
});

test.each([
  ['5.7.44', 'MySQL Community Server (GPL)'],
  ['10.5.23-MariaDB', 'MariaDB Server'],
])('%s is too old', (version, comment) => {
  expect(readServer(version, comment).tooOld).toMatch(/or newer is needed/);
});
