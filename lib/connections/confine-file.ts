import { lstat, realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, sep } from 'node:path';

/** Where a database file lies, or why it may not lie there. */
export type Confined = { ok: true; path: string; exists: boolean } | { ok: false; message: string };

export type FilePlace = {
  /** absolute: MOORING_HOME */
  home: string;
  app: string;
  environment: string;
  /** files that are never a target, absolute: the store's own */
  forbidden: string[];
};

/**
 * `MOORING_HOME/data/{app}/{environment}/{file}` by real path: no link and no `..` leads out of it, and it is not the store.
 * The file may be missing; then the deepest folder that is there decides.
 */
export async function confineFile(place: FilePlace, file: string): Promise<Confined> {
  if (isAbsolute(file) || file.includes('\0') || file.split(/[\\/]/).some((part) => part === '..' || part === '')) {
    return {
      ok: false,
      message: `${JSON.stringify(file)} is not a relative path below the folder of the environment.`,
    };
  }
  const data = await realOrWanted(join(place.home, 'data'));
  const path = data === null ? null : await realOrWanted(join(data, place.app, place.environment, file));
  if (path === null || data === null) {
    return { ok: false, message: `${JSON.stringify(file.slice(0, 80))} can not be the name of a file here.` };
  }
  const root = join(data, place.app, place.environment);
  if (!path.startsWith(root + sep)) {
    return { ok: false, message: `${JSON.stringify(file)} leads out of the folder of the environment.` };
  }
  const found = await stat(path).catch(() => null);
  if (found && !found.isFile()) return { ok: false, message: `${JSON.stringify(file)} is not a plain file.` };
  if (found && (found.nlink > 1 || (await isOneOf(path, found, place.forbidden)))) {
    return { ok: false, message: `${JSON.stringify(file)} is also another file, which is not allowed.` };
  }
  return { ok: true, path, exists: found !== null };
}

/** a plain file stands where a folder is meant; longer than a file system takes; links in a circle */
const IMPOSSIBLE = new Set(['ENOTDIR', 'ENAMETOOLONG', 'ELOOP']);

/**
 * The real path of what is there, with what is not there yet behind it. A dangling link counts as leading away; null: no
 * file can have this path.
 */
async function realOrWanted(path: string): Promise<string | null> {
  try {
    return await realpath(path);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (IMPOSSIBLE.has(code)) return null;
    if (code !== 'ENOENT') throw error;
    if (await lstat(path).catch(() => null)) return sep;
    const folder = await realOrWanted(dirname(path));
    return folder === null ? null : join(folder, basename(path));
  }
}

async function isOneOf(path: string, found: { dev: number; ino: number }, others: string[]): Promise<boolean> {
  const all = await Promise.all(others.map((other) => stat(other).catch(() => null)));
  return others.includes(path) || all.some((other) => other?.dev === found.dev && other.ino === found.ino);
}
