import { createHash } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { mkdir, readdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import type { SourceBundle } from '#lib/http/api.ts';
import { FAMILIES } from '#lib/tree/full-name.ts';
import { CliFailure } from './cli-failure.ts';

const BASE = '.mooring/base.json';
/** What the last pull or push wrote, by path and content hash: only these are ever removed or taken as unchanged. */
const WRITTEN = '.mooring/written.json';
const TOP = new Set(['app.json', 'variables.json', ...FAMILIES]);

/** The source files of a folder, and its base if it has one. @throws CliFailure 2 for a folder that is none */
export async function readFolder(dir: string): Promise<{ files: Record<string, string>; base: string | null }> {
  const top = await entries(dir);
  const files: Record<string, string> = {};
  for (const entry of top) if (TOP.has(entry.name)) await collect(dir, entry.name, entry, files);
  if (!('app.json' in files))
    throw new CliFailure(2, 'wrong-input', `Expected app.json in ${dir}, found none. Name the folder of a pulled app.`);
  return { files, base: await readOptional(join(dir, BASE)) };
}

async function collect(dir: string, path: string, entry: Dirent, files: Record<string, string>): Promise<void> {
  if (entry.isFile()) {
    files[path.split(sep).join('/')] = await readFile(join(dir, path), 'utf8');
    return;
  }
  if (!entry.isDirectory() || entry.name.startsWith('.')) return;
  for (const inner of await entries(join(dir, path))) await collect(dir, join(path, inner.name), inner, files);
}

async function entries(dir: string): Promise<Dirent[]> {
  try {
    return (await readdir(dir, { withFileTypes: true })).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    throw new CliFailure(2, 'wrong-input', `Expected a folder, and ${dir} can not be read.`);
  }
}

async function readOptional(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return null;
  }
}

export type Pulled = { written: string[]; removed: string[]; unchanged: number };

/**
 * Writes a bundle into a folder and removes what an earlier pull wrote and the app no longer has.
 * @param whole false: only the base is written, as after a push
 * @throws CliFailure 3 naming the files that differ from what the last pull wrote, unless `force`
 */
export async function writePulled(dir: string, bundle: SourceBundle, force: boolean, whole = true): Promise<Pulled> {
  await mkdir(join(dir, '.mooring'), { recursive: true });
  const before = JSON.parse((await readOptional(join(dir, WRITTEN))) ?? '{}') as Record<string, string>;
  const done: Pulled = { written: [], removed: [], unchanged: 0 };
  const wanted = whole ? bundle.files : (await readFolder(dir)).files;
  if (whole) {
    if (!force) await refuseChanged(dir, before, bundle.files);
    for (const path of Object.keys(before)) if (!(path in wanted)) await remove(dir, path, before, force, done);
    for (const [path, text] of Object.entries(wanted)) await write(dir, path, text, done);
  }
  const hashes = Object.fromEntries(Object.entries(wanted).map(([path, text]) => [path, hash(text)]));
  await writeFile(join(dir, BASE), bundle.base);
  await writeFile(join(dir, WRITTEN), `${JSON.stringify(hashes, null, 2)}\n`);
  await writeFile(join(dir, '.mooring', '.gitignore'), '*\n');
  return done;
}

async function refuseChanged(
  dir: string,
  before: Record<string, string>,
  incoming: Record<string, string>,
): Promise<void> {
  const changed: string[] = [];
  for (const path of new Set([...Object.keys(before), ...Object.keys(incoming)])) {
    const text = await readOptional(join(dir, path));
    if (text !== null && text !== incoming[path] && hash(text) !== before[path]) changed.push(path);
  }
  if (changed.length === 0) return;
  throw new CliFailure(
    3,
    'conflict',
    `${changed.length} file${changed.length > 1 ? 's were' : ' was'} changed here since the last pull. Push first, or pull with --force to overwrite.`,
    changed.map((path) => ({
      field: path,
      code: 'changed-file',
      message: `${path} differs from what was pulled.`,
      next: 'Push it, or pull with --force.',
    })),
  );
}

async function write(dir: string, path: string, text: string, done: Pulled): Promise<void> {
  const target = join(dir, path);
  if ((await readOptional(target)) === text) {
    done.unchanged += 1;
    return;
  }
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, text);
  done.written.push(path);
}

async function remove(
  dir: string,
  path: string,
  before: Record<string, string>,
  force: boolean,
  done: Pulled,
): Promise<void> {
  const text = await readOptional(join(dir, path));
  if (text === null || (hash(text) !== before[path] && !force)) return;
  await rm(join(dir, path));
  done.removed.push(path);
  // folders that are empty now go too; the first one that is not ends it
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
    try {
      await rmdir(join(dir, folder));
    } catch {
      return;
    }
  }
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
