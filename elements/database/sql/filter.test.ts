import { describe, expect, it } from 'vitest';
import type { ColumnRef, Filter } from '../query.ts';
import { writeFilter } from './filter.ts';
import { ParameterList } from './parameter-list.ts';
import type { Spelling } from './spelling.ts';

const spelling: Spelling = {
  quote: (name) => `"${name.replaceAll('"', '""')}"`,
  placeholder: () => '?',
  bind: (value) => value,
  column: (sql) => sql,
  operand: (placeholder) => placeholder,
  like: (column, pattern, _type, caseSensitive) => `${column} ${caseSensitive ? 'like' : 'ilike'} ${pattern}`,
  list: null,
  within: (column, placeholder) => `${column} = any(${placeholder})`,
  isBoolean: (column, value) => `${column} is ${value}`,
};
const column = (name: string): ColumnRef => ({ column: name, type: { kind: 'integer' } });

function write(filter: Filter, alias: string | null = null, spell: Spelling = spelling) {
  const parameters = new ParameterList(spell.placeholder);
  return [writeFilter(filter, spell, parameters, alias), ...parameters.values];
}

describe('writeFilter', () => {
  it('binds values in the order of their placeholders', () => {
    const filter: Filter = {
      op: 'or',
      of: [
        { op: 'eq', column: column('a'), value: 1 },
        {
          op: 'and',
          of: [
            { op: 'gte', column: column('b'), value: 2 },
            { op: 'not', of: { op: 'in', column: column('c'), values: [3, 4] } },
          ],
        },
        { op: 'ilike', column: column('d'), pattern: 'x%' },
      ],
    };
    expect(write(filter)).toEqual(['("a" = ? or ("b" >= ? and not ("c" in (?, ?))) or "d" ilike ?)', 1, 2, 3, 4, 'x%']);
  });

  it('binds a list as one parameter where the engine can', () => {
    const spell: Spelling = { ...spelling, list: (values) => `{${values.join(',')}}` };
    expect(write({ op: 'in', column: column('c'), values: [3, 4] }, 't', spell)).toEqual(['t."c" = any(?)', '{3,4}']);
  });

  it('gives empty lists and junctions their truth', () => {
    expect(write({ op: 'in', column: column('c'), values: [] })).toEqual(['1 = 0']);
    expect(write({ op: 'and', of: [] })).toEqual(['1 = 1']);
    expect(write({ op: 'or', of: [] })).toEqual(['1 = 0']);
  });

  it('quotes names and tests null and booleans', () => {
    expect(write({ op: 'is', column: column('a"b'), value: null })).toEqual(['"a""b" is null']);
    expect(write({ op: 'is', column: column('a'), value: false }, 't')).toEqual(['t."a" is false']);
  });
});
