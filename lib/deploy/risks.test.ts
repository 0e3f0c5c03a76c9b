import { describe, expect, it } from 'vitest';
import type { Change, Schema } from '#elements/database/schema.ts';
import { column } from '#test/support/column.ts';
import { type Counts, weigh } from './risks.ts';

const live: Schema = {
  tables: [
    {
      name: 'old',
      kind: 'table',
      columns: [column('a'), column('b')],
      primaryKey: null,
      indexes: [],
      foreignKeys: [],
      comment: null,
    },
  ],
};

/** Ten rows, of which three have no `a`, and two values of `b` stand twice; asked by live names only. */
const counts = (asked: string[] = []): Counts => ({
  rows: async (table) => (asked.push(table), table === 'old' ? 10 : null),
  nulls: async (table, name) => (asked.push(`${table}.${name}`), name === 'a' ? 3 : 0),
  duplicates: async (table, columns) => (asked.push(`${table}(${columns.join()})`), columns.includes('b') ? 2 : 0),
});

const kinds = async (changes: Change[], asked: string[] = []) =>
  (
    await weigh(
      changes,
      live,
      counts(asked),
      (from, to) => from.native > to.native,
      () => false,
    )
  ).map((each) => [...each.risks.map(({ kind, count }) => `${kind} ${count}`), ...each.blocks.map(({ code }) => code)]);

describe('weigh', () => {
  it('counts what a drop takes with it', async () => {
    expect(await kinds([{ kind: 'drop-column', table: 'old', column: 'a' }])).toEqual([['drop-column 7']]);
    expect(await kinds([{ kind: 'drop-table', table: 'old' }])).toEqual([['drop-table 10']]);
  });

  it('blocks what rows do not allow', async () => {
    const required = { nullable: false };
    expect(
      await kinds([
        { kind: 'alter-column', table: 'old', from: column('a'), to: column('a', required) },
        { kind: 'alter-column', table: 'old', from: column('b'), to: column('b', required) },
        { kind: 'add-column', table: 'old', column: column('c', required) },
        { kind: 'add-column', table: 'old', column: column('d', { ...required, default: { kind: 'now' } }) },
        { kind: 'create-index', table: 'old', index: { name: 'i', columns: ['b'], unique: true } },
        { kind: 'create-index', table: 'old', index: { name: 'j', columns: ['a'], unique: true } },
      ]),
    ).toEqual([['null-rows'], ['not-null 0'], ['rows-without-value'], [], ['duplicate-rows'], ['unique 0', 'lock 10']]);
  });

  it('asks by the names that tables and columns still have, and each table once', async () => {
    const asked: string[] = [];
    await kinds(
      [
        { kind: 'rename-table', table: 'old', to: 'new' },
        { kind: 'rename-column', table: 'new', column: 'a', to: 'x' },
        { kind: 'alter-column', table: 'new', from: column('x'), to: column('x', { nullable: false }) },
        { kind: 'drop-column', table: 'new', column: 'b' },
      ],
      asked,
    );
    expect(asked).toEqual(['old', 'old.a', 'old.b']);
  });

  it('finds no risk in what is new', async () => {
    const table = { ...live.tables[0]!, name: 'fresh' };
    expect(await kinds([{ kind: 'create-table', table }])).toEqual([[]]);
  });
});
