import { expect, test } from 'vitest';
import { filterQuery, filtersOf } from './row-filter.ts';
import type { RowFilter } from './row-filter.ts';

test('filters survive the address', () => {
  const filters: RowFilter[] = [
    { field: 'type', operator: 'eq', value: 'tug.boat' },
    { field: 'name', operator: 'contains', value: 'a & b=*' },
    { field: 'goods', operator: 'in', value: 'Coffee, 6" pipe' },
    { field: 'leaves_at', operator: 'not.is.null', value: '' },
  ];
  expect(filtersOf(filterQuery(filters))).toEqual(filters);
});

test('spells them as the data API reads them', () => {
  expect(new URLSearchParams(filterQuery([{ field: 'a', operator: 'in', value: 'x,y' }])).get('a')).toBe(
    'in.("x","y")',
  );
  expect(filterQuery([{ field: '', operator: 'eq', value: '1' }])).toBe('');
  expect(filtersOf('a=fts.word')).toEqual([]);
});
