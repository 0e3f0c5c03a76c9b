import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startMariadb } from './mariadb-server.ts';

test('a throw-away server answers, keeps utf8mb4 and leaves nothing behind', async () => {
  const server = await startMariadb({ settings: ['--max-connections=17'] });
  const [row] = await server.execute(
    'SELECT @@port AS port, @@character_set_server AS charset, @@max_connections AS most, @@datadir AS folder',
  );
  expect(row).toMatchObject({ port: server.port, charset: 'utf8mb4', most: 17 });
  await server.stop();
  expect(existsSync(String(row?.['folder']))).toBe(false);
  await expect(server.execute('SELECT 1')).rejects.toThrow(/ECONNREFUSED/);
});

test('two servers run side by side', async () => {
  const servers = await Promise.all([startMariadb(), startMariadb()]);
  expect(servers[0].port).not.toBe(servers[1].port);
  await Promise.all(servers.map((server) => server.stop()));
});
