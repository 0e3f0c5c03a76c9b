import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { Target } from '#elements/database/contract.ts';

/** A target in a folder of its own that goes after the tests of the file. */
export function sqliteTarget(overrides: Partial<Target> & { file?: string; create?: boolean } = {}): Target {
  const { file = 'main.db', create = true, ...rest } = overrides;
  const folder = mkdtempSync(join(tmpdir(), 'mooring-sqlite-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return {
    element: 'databases.Main',
    endpoint: { kind: 'file', path: join(folder, file), create },
    user: '',
    password: null,
    database: null,
    schema: null,
    tls: {
      mode: 'disable',
      ca: null,
      cert: null,
      key: null,
      keyPassphrase: null,
      serverName: null,
    },
    options: {},
    readOnly: false,
    connectTimeoutMs: 5_000,
    statementTimeoutMs: 30_000,
    ...rest,
  };
}
