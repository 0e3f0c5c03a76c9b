import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CONNECT_CAUSES } from '#elements/database/connect-causes.ts';
import { MISSING_RIGHTS, TEST_WARNINGS } from '#lib/connections/test/test-causes.ts';
import type { Cause, Lab, Provocations } from './provocation.ts';

type FileLab = Lab & { folder: string };

async function start(): Promise<FileLab> {
  const home = await mkdtemp(join(tmpdir(), 'causes-'));
  const folder = join(home, 'data', 'shop', 'development');
  await mkdir(folder, { recursive: true });
  makeFile(join(folder, 'main.db'));
  return {
    databaseType: 'databases.SqliteType',
    fields: { file: 'main.db' },
    password: 'a file has no password',
    home,
    folder,
    stop: () => rm(home, { recursive: true, force: true }),
  };
}

function makeFile(path: string, journal = 'delete'): void {
  const file = new DatabaseSync(path);
  file.exec(`pragma journal_mode = ${journal}; create table customer (id integer)`);
  file.close();
}

const ALL = Object.keys({ ...CONNECT_CAUSES, ...MISSING_RIGHTS, ...TEST_WARNINGS }) as Cause[];
const NONE =
  'a file has no network, no login and no server; what the portal’s own account may do with it is all there is';

export const sqlite: Provocations<FileLab> = {
  start,
  causes: {
    ...(Object.fromEntries(ALL.map((cause) => [cause, NONE])) as Record<Cause, string>),
    // a file that may be written is made by a deploy, so its absence is a warning
    'missing-file': () => ({ fields: { file: 'none.db', readOnly: true } }),
    async 'not-a-database'({ folder }) {
      await writeFile(join(folder, 'notes.db'), 'x'.repeat(4096));
      return { fields: { file: 'notes.db' } };
    },
    async 'file-not-readable'({ folder }) {
      makeFile(join(folder, 'blocked.db'), 'wal');
      // its log can not be opened, whoever asks
      await mkdir(join(folder, 'blocked.db-wal'));
      return { fields: { file: 'blocked.db' } };
    },
  },
};
