// Work that is done again only when what it was made from has changed. Plain JavaScript.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { root } from './steps.mjs';

/**
 * One hash over the names and contents of files and folders; what is not there counts as empty.
 * @param {string[]} paths relative to the project
 * @param {(path: string) => boolean} [wanted] asked with each path relative to the project
 */
export function hashOf(paths, wanted = () => true) {
  const hash = createHash('sha256');
  for (const path of paths.flatMap((each) => filesOf(join(root, each), wanted))) {
    hash
      .update(`${relative(root, path)}\0`)
      .update(readFileSync(path))
      .update('\0');
  }
  return hash.digest('hex');
}

/** @param {string} stamp path relative to the project  @param {string} hash */
export function isFresh(stamp, hash) {
  const path = join(root, stamp);
  return existsSync(path) && readFileSync(path, 'utf8') === hash;
}

export function setStamp(stamp, hash) {
  mkdirSync(dirname(join(root, stamp)), { recursive: true });
  writeFileSync(join(root, stamp), hash);
}

function filesOf(path, wanted) {
  if (!existsSync(path) || !wanted(relative(root, path))) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesOf(join(path, name), wanted));
}
