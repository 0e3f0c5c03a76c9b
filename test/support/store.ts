import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrateStore } from '#lib/store/migrate.ts';
import { masterKey } from '#lib/secrets/master-key.ts';
import { closeStore } from '#lib/store/open.ts';

/**
 * A store of its own for one test file: call it at the file's top, before anything reads the settings, and await
 * `ready` in `beforeAll`, `remove` in `afterAll`. Everything (data, keys) lies in `home`.
 */
export function ownStore(): { home: string; ready(): Promise<void>; remove(): Promise<void> } {
  const home = mkdtempSync(join(tmpdir(), 'mooring-test-'));
  for (const name of Object.keys(process.env)) if (name.startsWith('MOORING_')) delete process.env[name];
  process.env.MOORING_HOME = home;
  process.env.XDG_CONFIG_HOME = join(home, 'config');
  return {
    home,
    async ready() {
      await migrateStore();
      await masterKey();
    },
    async remove() {
      await closeStore();
      rmSync(home, { recursive: true });
    },
  };
}
