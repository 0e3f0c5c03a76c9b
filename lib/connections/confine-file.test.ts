import { linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { confineFile } from './confine-file.ts';

const home = mkdtempSync(join(tmpdir(), 'mooring-confine-'));
const folder = join(home, 'data/shop/development');
const store = join(home, 'store.db');
mkdirSync(join(folder, 'sub'), { recursive: true });
mkdirSync(join(home, 'data/shop/production'), { recursive: true });
for (const file of [store, join(folder, 'main.db'), join(home, 'data/shop/production/live.db')])
  writeFileSync(file, '');
symlinkSync(store, join(folder, 'link.db'));
symlinkSync(join(home, 'data/shop/production'), join(folder, 'next'));
symlinkSync(join(home, 'nowhere'), join(folder, 'dangling.db'));
symlinkSync('circle.db', join(folder, 'circle.db'));
linkSync(store, join(folder, 'hard.db'));
afterAll(() => rmSync(home, { recursive: true }));

const confine = (file: string) =>
  confineFile({ home, app: 'shop', environment: 'development', forbidden: [store] }, file);

it.each(['main.db', 'new.db', 'sub/new.db', 'a/b/c.db', '.hidden.db', '..x.db'])('%s may lie there', async (file) => {
  expect(await confine(file)).toMatchObject({ ok: true, path: join(folder, file) });
});

it.each([
  ['absolute', store],
  ['up', '../production/live.db'],
  ['up further on', 'sub/../../production/live.db'],
  ['up with backslashes', 'sub\\..\\..\\production\\live.db'],
  ['the folder itself', '.'],
  ['a folder', 'sub'],
  ['a link to the store', 'link.db'],
  ['a hard link to the store', 'hard.db'],
  ['a link to another environment', 'next/live.db'],
  ['a new file behind such a link', 'next/new.db'],
  ['a dangling link', 'dangling.db'],
  ['links in a circle', 'circle.db'],
  ['a file below a file', 'main.db/x'],
  ['a name no file system takes', 'x'.repeat(5_000)],
  ['a zero', 'main.db\0.txt'],
  ['nothing', ''],
])('refuses %s', async (_, file) => {
  const found = await confine(file);
  expect(found.ok).toBe(false);
  expect(JSON.stringify(found).replace(file, '')).not.toContain(home);
});
