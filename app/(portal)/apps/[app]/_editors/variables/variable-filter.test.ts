import { describe, expect, it } from 'vitest';
import type { VariableCell, VariableMatrix, VariableRow } from '#lib/http/api.ts';
import { countsOf, filtered } from './variable-filter.ts';

const cell = (state: VariableCell['state'], value: VariableCell['value'] = null): VariableCell => ({
  state,
  value,
  setAt: null,
  setBy: null,
  targets: [],
});
const row = (
  key: string,
  type: VariableRow['definition']['type'],
  used: boolean,
  development: VariableCell,
  production: VariableCell,
): VariableRow => ({
  key,
  definition: { type, name: key === 'DB_HOST' ? 'Host of the shop' : '' },
  usedBy: used ? [{ fullName: 'databases.Main', field: 'host' }] : [],
  cells: { development, production },
});
const matrix: VariableMatrix = {
  environments: [
    { name: 'development', protected: false },
    { name: 'production', protected: true },
  ],
  variables: [
    row('DB_HOST', 'text', true, cell('set', 'a'), cell('set', 'b')),
    row('DB_PORT', 'number', true, cell('default', 5432), cell('set', 5432)),
    row('DB_PASSWORD', 'secret', true, cell('set'), cell('missing')),
    row('OLD', 'text', false, cell('unset'), cell('unset')),
  ],
};
const keys = (...filters: Parameters<typeof filtered>[1]) => filtered(matrix, filters, '').map((each) => each.key);

describe('variable filter', () => {
  it('finds what is missing, unused, differing, secret', () => {
    expect(keys('missing')).toEqual(['DB_PASSWORD']);
    expect(keys('unused')).toEqual(['OLD']);
    expect(keys('differing')).toEqual(['DB_HOST']);
    expect(keys('secret')).toEqual(['DB_PASSWORD']);
    expect(keys('secret', 'unused')).toEqual([]);
    expect(countsOf(matrix)).toEqual({ missing: 1, unused: 1, differing: 1, secret: 1 });
  });

  it('finds by key and by name', () => {
    expect(filtered(matrix, [], 'shop').map((each) => each.key)).toEqual(['DB_HOST']);
    expect(filtered(matrix, [], 'db_p')).toHaveLength(2);
  });
});
