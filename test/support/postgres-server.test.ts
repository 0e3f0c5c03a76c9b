import { afterAll, beforeAll, expect, it } from 'vitest';
import { createCertificates } from './certificates.ts';
import { startPostgres, type PostgresServer } from './postgres-server.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

it('starts, answers, and is reconfigured while it runs', async () => {
  expect(await server.execute('select 1 as one')).toEqual([{ one: 1 }]);
  expect(await server.execute('show ssl')).toEqual([{ ssl: 'off' }]);
  const { server: pair, ca } = await createCertificates();
  await server.configure({ tls: pair, clientCa: ca });
  expect(await server.execute('show ssl')).toEqual([{ ssl: 'on' }]);
});
