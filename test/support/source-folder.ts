import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A developer's folder on disk, and folders of source in it. */
export type WorkFolder = {
  at(...parts: string[]): string;
  /** Writes files; what is no text is written as JSON. */
  write(dir: string, files: Record<string, unknown>): void;
  /** text of every file but those of `.mooring`, by path */
  tree(dir: string): Record<string, string>;
  json<T>(dir: string, path: string): T;
  remove(...parts: string[]): void;
};

export function workFolder(): WorkFolder {
  const folder = mkdtempSync(join(tmpdir(), 'mooring-source-'));
  const at = (...parts: string[]) => join(folder, ...parts);
  return {
    at,
    write(dir, files) {
      for (const [path, content] of Object.entries(files)) {
        mkdirSync(dirname(at(dir, path)), { recursive: true });
        writeFileSync(at(dir, path), typeof content === 'string' ? content : JSON.stringify(content));
      }
    },
    tree(dir) {
      const paths = readdirSync(at(dir), { recursive: true, encoding: 'utf8' }).filter(
        (path) => !path.startsWith('.mooring') && statSync(at(dir, path)).isFile(),
      );
      return Object.fromEntries(paths.toSorted().map((path) => [path, readFileSync(at(dir, path), 'utf8')]));
    },
    json: <T>(dir: string, path: string) => JSON.parse(readFileSync(at(dir, path), 'utf8')) as T,
    remove: (...parts) => rmSync(at(...parts), { recursive: true, force: true }),
  };
}
