import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PROJECT_ROOT } from '#lib/config.ts';
import { startPortal, type TestPortal } from '#test/support/portal.ts';

let portal: TestPortal;
const dir = mkdtempSync(join(tmpdir(), 'mooring-source-'));
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(async () => {
  await portal.stop();
  rmSync(dir, { recursive: true });
});

/** Runs `mooring … --json` as a person would. */
function mooring(...args: string[]): Promise<{ exit: number; out: Record<string, unknown> }> {
  const env = { ...process.env, MOORING_URL: portal.url, MOORING_TOKEN: portal.ownerToken };
  return new Promise((resolve) => {
    const main = join(PROJECT_ROOT, 'lib/cli/mooring.js');
    execFile(process.execPath, [main, ...args, '--json'], { env }, (error, stdout) =>
      resolve({ exit: Number(error?.code ?? 0), out: JSON.parse(stdout || '{}') as Record<string, unknown> }),
    );
  });
}

const write = (path: string, value: unknown) => {
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  writeFileSync(join(dir, path), JSON.stringify(value));
};
const read = (path: string) => readFileSync(join(dir, path), 'utf8');

it('takes a hand-written folder, puts it into form, and refuses what both sides changed', async () => {
  expect(await mooring('app', 'create', 'shop')).toMatchObject({ exit: 0 });
  write('app.json', { title: 'Shop', name: 'shop', defaultDatabase: 'databases.Main' });
  write('databases/Main/e.json', { type: 'databases.SqliteType' });
  write('databases/Main/Main.json', { readOnly: false, file: 'main.db' });
  expect(await mooring('push', 'shop', dir)).toMatchObject({ exit: 0, out: { created: expect.any(Array) } });
  expect(await mooring('pull', 'shop', dir)).toMatchObject({ exit: 0 });
  expect(read('databases/Main/Main.json')).toBe('{\n  "file": "main.db"\n}\n');
  expect(read('databases/Main/e.json')).toMatch(/^\{\n {2}"id": "e_/);
  expect(await mooring('push', 'shop', dir)).toMatchObject({ exit: 0, out: { created: [], changed: [], deleted: [] } });
  expect(await mooring('pull', 'shop', dir)).toMatchObject({ exit: 0, out: { written: [], removed: [] } });

  const element = '/apps/shop/elements/databases.Main';
  await portal.api(element, { method: 'PUT', body: { revision: 1, body: { file: 'portal.db' } } });
  write('databases/Main/Main.json', { file: 'folder.db' });
  expect(await mooring('push', 'shop', dir)).toMatchObject({ exit: 3, out: { error: { code: 'conflict' } } });
  expect(await mooring('pull', 'shop', dir)).toMatchObject({ exit: 3 });
  expect(await mooring('push', 'shop', dir, '--force')).toMatchObject({
    exit: 0,
    out: { overwritten: ['databases.Main'] },
  });
  write('databases/Main/Main.json', { file: '../outside.db' });
  expect(await mooring('push', 'shop', dir)).toMatchObject({
    exit: 2,
    out: { error: { reasons: [{ element: 'databases.Main', field: 'file' }] } },
  });
});
