import { expect, test } from 'vitest';
import { readServer } from './server.ts';

test.each([
  [{ version: '14.0.1000.169', edition: 3, level: 140 }, 'SQL Server', /^supported$/],
  [{ version: '13.0.6300.2', edition: 2, level: 130 }, 'SQL Server', /2017/],
  [{ version: '16.0.1000.6', edition: 3, level: 120 }, 'SQL Server', /level of the database is 120/],
  [{ version: '12.0.2000.8', edition: 5, level: 150 }, 'Azure SQL Database', /^supported$/],
  [{ version: '12.0.2000.8', edition: 8, level: null }, 'Azure SQL Managed Instance', /^supported$/],
])('%o is %s', (row, product, tooOld) => {
  const server = readServer(row);
  expect(server).toMatchObject({ product, version: row.version });
  expect(server.tooOld ?? 'supported').toMatch(tooOld);
});
