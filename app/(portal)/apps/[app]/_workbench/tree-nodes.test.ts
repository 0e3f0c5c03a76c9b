import { describe, expect, it } from 'vitest';
import type { ElementNode } from '#lib/http/api.ts';
import { foldersOf, freeName, treeOf } from './tree-nodes.ts';

const element = (fullName: string): ElementNode => ({
  id: `e_${fullName}`,
  fullName,
  family: fullName.split('.')[0] as ElementNode['family'],
  type: 'databases.SqliteType',
  engine: 'sqlite',
  title: '',
  revision: 1,
  on: null,
  tests: {},
});
const elements = ['databases.Main', 'databases.b.Two', 'databases.a.deep.One', 'databases.a10', 'databases.a9'].map(
  element,
);

describe('tree', () => {
  it('always has the three families, empty or not', () => {
    expect(treeOf([]).map((node) => node.id)).toEqual(['connections', 'databases', 'models']);
  });

  it('makes folders from names, folders first, numbers in order', () => {
    const [, databases] = treeOf(elements);
    if (databases?.kind !== 'family') throw new Error('no family');
    expect(databases.count).toBe(5);
    expect(databases.children.map((node) => node.id)).toEqual([
      'databases.a',
      'databases.b',
      'databases.a9',
      'databases.a10',
      'databases.Main',
    ]);
  });

  it('lists folders, the family first', () => {
    expect(foldersOf(elements, 'databases')).toEqual(['databases', 'databases.a', 'databases.a.deep', 'databases.b']);
    expect(foldersOf(elements, 'models')).toEqual(['models']);
  });

  it('finds a free name without regard to case', () => {
    expect(freeName(elements, 'databases', 'Archive')).toBe('Archive');
    expect(freeName(elements, 'databases', 'main')).toBe('main2');
    expect(freeName(elements, 'databases', 'a9')).toBe('a2');
  });
});
