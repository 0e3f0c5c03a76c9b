import { expect, it } from 'vitest';
import { found } from './palette-search.ts';

const items = ['databases.reporting.Archive', 'databases.Main', 'models.Domain', 'MAIN_PASSWORD'].map((label) => ({
  label,
  hint: label === 'MAIN_PASSWORD' ? 'variable' : 'element',
}));
const labels = (text: string) => found(items, text).map((item) => item.label);

it('puts names that begin with the text first', () => {
  expect(labels('main')).toEqual(['databases.Main', 'MAIN_PASSWORD', 'models.Domain']);
});

it('asks for every word, in label or hint', () => {
  expect(labels('variable main')).toEqual(['MAIN_PASSWORD']);
  expect(labels('nothing')).toEqual([]);
  expect(labels('  ')).toHaveLength(4);
});
