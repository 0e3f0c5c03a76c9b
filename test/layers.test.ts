import { describe, expect, test } from 'vitest';
import { definitions } from '#elements/database/definitions.ts';
import { sourceFiles, type SourceFile } from './support/source-files.ts';

const files = sourceFiles();
const byPath = new Map(files.map((file) => [file.path, file]));

/** `path: import` of every import that `wrong` names. */
function offences(wrong: (file: SourceFile, imported: string) => boolean): string[] {
  return files.flatMap((file) =>
    file.imports.filter((each) => wrong(file, each)).map((each) => `${file.path}: ${each}`),
  );
}

const inLayer = (path: string, layer: string) => path.startsWith(`${layer}/`);

describe('layers', () => {
  test('the files were found', () => {
    expect(files.length).toBeGreaterThan(100);
    expect(files.some((file) => file.imports.length > 3)).toBe(true);
  });

  test('app asks lib, lib asks elements, never the other way', () => {
    expect(offences(({ path }, to) => inLayer(path, 'lib') && inLayer(to, 'app'))).toEqual([]);
    expect(
      offences(
        ({ path }, to) =>
          inLayer(path, 'elements') && (inLayer(to, 'app') || (inLayer(to, 'lib') && !inLayer(to, 'lib/core'))),
      ),
    ).toEqual([]);
    expect(
      offences(
        ({ path }, to) => inLayer(path, 'lib/core') && /^(app|lib|elements)\//.test(to) && !inLayer(to, 'lib/core'),
      ),
    ).toEqual([]);
  });

  test('no file leads back to itself, types included', () => {
    expect(
      files.filter((file) => reach(file, () => true).some(({ to }) => to === file.path)).map(({ path }) => path),
    ).toEqual([]);
  });

  test('only lib/store touches Prisma', () => {
    expect(
      offences(
        ({ path }, to) => !inLayer(path, 'lib/store') && (/^@?prisma/.test(to) || to.includes('store/generated')),
      ),
    ).toEqual([]);
  });

  test('one file of an engine imports its driver, and nothing else does', () => {
    const drivers = /^(pg|mysql2|tedious|oracledb|better-sqlite3)(\/|$)/;
    const importers = files.filter(({ imports, text }) =>
      imports.some((to) => drivers.test(to) && !isTypeOnly(text, to)),
    );
    const folders = importers
      .map(({ path }) => path.replace(/\/[^/]+$/, ''))
      .filter((folder) => folder !== 'lib/store');
    expect(folders.toSorted()).toEqual([...new Set(folders)].toSorted());
    expect(folders.filter((folder) => !/^elements\/database\/[a-z]+$/.test(folder))).toEqual([]);
  });

  test('the data API knows nothing of Next', () => {
    expect(offences(({ path }, to) => inLayer(path, 'lib/data') && /^next(\/|$)/.test(to))).toEqual([]);
  });
});

/** True where every import of `to` in `text` is `import type`. */
function isTypeOnly(text: string, to: string): boolean {
  const name = to.replace(/^(lib|elements|app)\//, '#$1/');
  return (
    text
      .split('\n')
      .filter((line) => line.includes(`'${name}'`))
      .every((line) => /import type|^} from/.test(line)) && !text.includes(`import('${name}')`)
  );
}

describe('the browser line', () => {
  test('no client component reaches an engine, a driver or the store', () => {
    const reached = files
      .filter((file) => /^['"]use client['"]/.test(file.text))
      .flatMap((file) => reach(file, (text, to) => !isTypeOnly(text, to)));
    const serverOnly = reached.filter(({ to }) =>
      /\/engine\.ts$|^lib\/(store|secrets|access\/a|deploy\/deploy)|^node:/.test(to),
    );
    expect(serverOnly.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });
});

/** Everything that a file imports, directly or not, by the imports that `follows` takes. */
function reach(start: SourceFile, follows: (text: string, to: string) => boolean): { from: string; to: string }[] {
  const seen = new Set<string>();
  const found: { from: string; to: string }[] = [];
  const queue = [start];
  for (let file = queue.pop(); file; file = queue.pop()) {
    for (const to of file.imports) {
      if (seen.has(to) || !follows(file.text, to)) continue;
      seen.add(to);
      found.push({ from: start.path, to });
      const next = byPath.get(to);
      if (next) queue.push(next);
    }
  }
  return found;
}

describe('habits', () => {
  test('no engine is asked for by name outside its folder', () => {
    const names = Object.keys(definitions).join('|');
    const asked = new RegExp(`[!=]==?\\s*['"](?:${names})['"]|case\\s+['"](?:${names})['"]`);
    const offenders = files.filter((file) => !file.path.startsWith('elements/database/') && asked.test(file.text));
    expect(offenders.map((file) => file.path)).toEqual([]);
  });

  test('a secret is revealed by drivers and the cipher alone', () => {
    const may =
      /^elements\/database\/[a-z]+\/(client|tls|[a-z-]*connect[a-z-]*)\.ts$|^lib\/secrets\/|^lib\/core\/secret\.ts$/;
    const offenders = files.filter((file) => file.text.includes('.reveal()') && !may.test(file.path));
    expect(offenders.map((file) => file.path)).toEqual([]);
  });

  test('there are no barrels and no drawers for odds and ends', () => {
    const bad = /(^|\/)(index|utils?|helpers?|common|misc)\.tsx?$/;
    expect(files.filter((file) => bad.test(file.path)).map((file) => file.path)).toEqual([]);
  });
});
