import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { definitions } from './definitions.ts';
import { loadEngine } from './engines.ts';

const SHARED = ['sql', 'ui'];
/** Who knows one engine's folder knows them all. */
const NOUNS = ['client', 'ddl', 'definition', 'dml', 'engine', 'errors', 'introspect', 'logo', 'privileges', 'types'];

const folders = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !SHARED.includes(entry.name))
  .map(({ name }) => name);

test('every folder of an engine has its line in definitions.ts, under its own name', () => {
  expect(Object.keys(definitions).toSorted()).toEqual(folders.toSorted());
  expect(Object.values(definitions).map(({ engine }) => engine)).toEqual(Object.keys(definitions));
});

test('no two engines share the types of their elements', () => {
  const types = Object.values(definitions).flatMap(({ databaseType, connectionType }) => [
    databaseType,
    ...(connectionType ? [connectionType] : []),
  ]);
  expect(new Set(types).size).toBe(types.length);
});

describe.each(folders)('%s', (name) => {
  test('is loaded by engines.ts with its own definition', async () => {
    const { definition } = await loadEngine(name);
    expect(definition).toBe(definitions[name as keyof typeof definitions]);
  });

  test('has the files that every engine has', () => {
    const files = readdirSync(join(import.meta.dirname, name));
    expect(NOUNS.filter((noun) => !files.includes(`${noun}.ts`))).toEqual([]);
  });
});
