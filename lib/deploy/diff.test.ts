import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Change, Column, ForeignKey, Index, Schema, Table } from '#elements/database/schema.ts';
import { column } from '#test/support/column.ts';
import { applyChange, shapeOf, type Shape } from './apply-change.ts';
import { diff, type Difference, type DiffHints } from './diff.ts';
import { recordHints, recordsAfter, schemaOf, type WantedTable } from './managed-record.ts';

const table = (name: string, columns: Column[], part: Partial<Table> = {}): Table => ({
  name,
  kind: 'table',
  columns,
  primaryKey: columns[0] ? { name: null, columns: [columns[0].name] } : null,
  indexes: [],
  foreignKeys: [],
  comment: null,
  ...part,
});

const key = (name: string, columns: string[], toTable: string, toColumns = ['id']): ForeignKey => ({
  name,
  columns,
  toSchema: null,
  toTable,
  toColumns,
  onDelete: 'restrict',
  onUpdate: 'restrict',
});

const hints = (part: Partial<DiffHints> = {}): DiffHints => ({
  renamedTables: new Map(),
  renamedColumns: new Map(),
  droppable: { tables: new Set(), columns: new Map(), indexes: new Map(), foreignKeys: new Map() },
  comments: true,
  narrows: (from, to) => from.native === 'bigint' && to.native === 'integer',
  ...part,
});

const kinds = (difference: Difference): string[] =>
  [...difference.additive, ...difference.destructive].map((change) => change.kind);

const all = (difference: Difference): Change[] => [...difference.additive, ...difference.destructive];

describe('diff', () => {
  it('makes tables with those first that others refer to, and rings closed at the end', () => {
    const wanted: Schema = {
      tables: [
        table('a', [column('id'), column('b')], { foreignKeys: [key('a_b', ['b'], 'b')] }),
        table('b', [column('id'), column('a')], { foreignKeys: [key('b_a', ['a'], 'a')] }),
        table('album', [column('id'), column('artist')], { foreignKeys: [key('album_artist', ['artist'], 'artist')] }),
        table('artist', [column('id')]),
      ],
    };
    const found = diff({ tables: [] }, wanted, hints());
    expect(found.additive.map((change) => [change.kind, (change as { table: { name?: string } }).table.name])).toEqual([
      ['create-table', 'b'],
      ['create-table', 'a'],
      ['create-table', 'artist'],
      ['create-table', 'album'],
      ['add-foreign-key', undefined],
    ]);
    expect(found.additive[4]).toMatchObject({ table: 'b', foreignKey: { name: 'b_a' } });
    expect(found.destructive).toEqual([]);
  });

  it('leaves alone what the wanted schema does not name', () => {
    const live: Schema = {
      tables: [
        table('orders', [column('id'), column('note')], {
          indexes: [{ name: 'by_note', columns: ['note'], unique: false }],
          foreignKeys: [key('fk_note', ['note'], 'other')],
          primaryKey: { name: 'pk', columns: ['id'] },
        }),
        table('other', [column('id')]),
      ],
    };
    expect(kinds(diff(live, { tables: [table('orders', [column('id')])] }, hints()))).toEqual([]);
  });

  it('alters by native type, null, default and comment, and not by what the engine does not keep', () => {
    const live: Schema = {
      tables: [
        table('t', [
          column('id'),
          column('a'),
          column('b', { nullable: false }),
          column('c'),
          column('d', { comment: 'old' }),
          column('e', { default: { kind: 'expression', sql: 'f()' } }),
          column('f', { type: { kind: 'bigint' }, native: 'bigint' }),
        ]),
      ],
    };
    const wanted: Schema = {
      tables: [
        table('t', [
          column('id'),
          column('a', { native: 'bigint', type: { kind: 'bigint' } }),
          column('b'),
          column('c', { default: { kind: 'literal', value: 1 } }),
          column('d', { comment: 'new' }),
          column('e'),
          column('f'),
        ]),
      ],
    };
    const found = diff(live, wanted, hints());
    expect(found.additive.map((change) => (change as { from: Column }).from.name)).toEqual(['a', 'b', 'c', 'd']);
    expect(found.destructive.map((change) => (change as { from: Column }).from.name)).toEqual(['f']);
    const mute = diff(live, wanted, hints({ comments: false }));
    expect(mute.additive.map((change) => (change as { from: Column }).from.name)).toEqual(['a', 'b', 'c']);
  });

  it('leaves a type that means the same as it is spelt', () => {
    const live: Schema = { tables: [table('t', [column('id'), column('a', { native: 'mediumint' })])] };
    expect(kinds(diff(live, { tables: [table('t', [column('id'), column('a')])] }, hints()))).toEqual([]);
  });

  it('renames rings and chains through names that are free', () => {
    const live: Schema = { tables: [table('t', [column('id'), column('a'), column('b'), column('c')])] };
    const wanted: Schema = { tables: [table('t', [column('id'), column('b'), column('a'), column('d')])] };
    const renamed = new Map([
      ['a', 'b'],
      ['b', 'a'],
      ['c', 'd'],
    ]);
    const found = diff(live, wanted, hints({ renamedColumns: new Map([['t', renamed]]) }));
    expect(found.additive.map((change) => change.kind === 'rename-column' && [change.column, change.to])).toEqual([
      ['c', 'd'],
      ['a', 'mooring_tmp_1'],
      ['b', 'a'],
      ['mooring_tmp_1', 'b'],
    ]);
    expect(found.conflicts).toEqual([]);
  });

  it('names what stands in the way of a rename', () => {
    const live: Schema = { tables: [table('t', [column('id'), column('a'), column('b')]), table('u', [column('id')])] };
    const found = diff(
      live,
      { tables: [table('u', [column('id'), column('b')])] },
      hints({ renamedTables: new Map([['t', 'u']]) }),
    );
    expect(found.conflicts).toMatchObject([{ table: 'u', code: 'name-taken' }]);
  });

  it('takes an index or foreign key of another name for the same thing', () => {
    const index: Index = { name: 'IX_1', columns: ['a'], unique: true };
    const live: Schema = {
      tables: [table('t', [column('id'), column('a')], { indexes: [index], foreignKeys: [key('FK_1', ['a'], 't')] })],
    };
    const wanted: Schema = {
      tables: [
        table('t', [column('id'), column('a')], {
          indexes: [{ ...index, name: 't_a_key' }],
          foreignKeys: [{ ...key('t_a_fkey', ['a'], 't'), onDelete: 'noAction' }],
        }),
      ],
    };
    expect(kinds(diff(live, wanted, hints()))).toEqual([]);
  });

  it('frees the name of an index that went along with a renamed column, when another index wants it', () => {
    const live = table('t', [column('id'), column('a')], {
      indexes: [{ name: 'by_a', columns: ['a'], unique: true }],
    });
    const wanted = table('t', [column('id'), column('b'), column('a')], {
      indexes: [
        { name: 'by_b', columns: ['b'], unique: true },
        { name: 'by_a', columns: ['a'], unique: true },
      ],
    });
    const found = (indexes: string[]) =>
      diff(
        { tables: [live] },
        { tables: [wanted] },
        hints({
          renamedColumns: new Map([['t', new Map([['a', 'b']])]]),
          droppable: { ...hints().droppable, indexes: new Map([['t', new Set(indexes)]]) },
        }),
      );
    expect(kinds(found(['by_a']))).toEqual([
      'rename-column',
      'drop-index',
      'add-column',
      'create-index',
      'create-index',
    ]);
    expect(found([]).conflicts.map((each) => each.code)).toEqual(['name-taken']);
  });

  it('refuses to replace an index or foreign key that is not its own', () => {
    const live: Schema = {
      tables: [
        table('t', [column('id'), column('a'), column('b')], {
          indexes: [{ name: 'by_a', columns: ['a'], unique: false }],
          foreignKeys: [key('fk', ['a'], 'x')],
        }),
      ],
    };
    const wanted: Schema = {
      tables: [
        table('t', [column('id'), column('a'), column('b')], {
          indexes: [{ name: 'by_a', columns: ['a', 'b'], unique: false }],
          foreignKeys: [key('fk_y', ['a'], 'y')],
        }),
      ],
    };
    expect(diff(live, wanted, hints()).conflicts.map((each) => each.code)).toEqual([
      'foreign-key-differs',
      'name-taken',
    ]);
    const own = new Map([['t', new Set(['by_a', 'fk'])]]);
    const found = diff(
      live,
      wanted,
      hints({ droppable: { tables: new Set(), columns: new Map(), indexes: own, foreignKeys: own } }),
    );
    expect(found.conflicts).toEqual([]);
    expect(kinds(found)).toEqual(['drop-foreign-key', 'drop-index', 'create-index', 'add-foreign-key']);
  });

  it('makes an index or foreign key on a narrowed column only once it is narrowed', () => {
    const wide = column('a', { type: { kind: 'bigint' }, native: 'bigint' });
    const live: Schema = { tables: [table('t', [column('id'), wide])] };
    const wanted: Schema = {
      tables: [
        table('t', [column('id'), column('a')], {
          indexes: [{ name: 'by_a', columns: ['a'], unique: false }],
          foreignKeys: [key('fk', ['a'], 't')],
        }),
      ],
    };
    const found = diff(live, wanted, hints());
    expect(found.additive).toEqual([]);
    expect(found.destructive.map((change) => change.kind)).toEqual(['alter-column', 'create-index', 'add-foreign-key']);
  });

  it('never alters a native type, nor a view', () => {
    const live: Schema = { tables: [table('t', [column('id'), column('a')]), { ...table('v', []), kind: 'view' }] };
    const wanted: Schema = {
      tables: [
        table('t', [column('id'), column('a', { type: { kind: 'native', native: 'inet' }, native: 'inet' })]),
        table('v', [column('id')]),
      ],
    };
    const found = diff(live, wanted, hints());
    expect(found.conflicts.map((each) => each.code)).toEqual(['native-type', 'is-a-view']);
    expect(kinds(found)).toEqual([]);
  });
});

/** A database that runs changes and refuses those that a real one would. */
function run(shape: Shape, change: Change): void {
  const need = (holds: boolean | undefined, why: string): void => {
    if (!holds) throw new Error(`${why}: ${JSON.stringify(change)}`);
  };
  const name = typeof change.table === 'string' ? change.table : change.table.name;
  const live = shape.get(name);
  const has = (column: string, at = live): boolean | undefined => at?.columns.some((each) => each.name === column);
  const reachable = (foreignKey: ForeignKey, own: Table): boolean => {
    const target = foreignKey.toTable === own.name ? own : shape.get(foreignKey.toTable);
    return (
      foreignKey.columns.every((each) => has(each, own)) &&
      target !== undefined &&
      [target.primaryKey?.columns ?? [], ...target.indexes.filter((each) => each.unique).map((each) => each.columns)]
        .map((each) => each.join())
        .includes(foreignKey.toColumns.join())
    );
  };
  const referrers = [...shape.values()].filter(
    (each) => each.name !== name && each.foreignKeys.some((foreignKey) => foreignKey.toTable === name),
  );
  if (change.kind === 'create-table') {
    need(!live, 'the table is there');
    for (const foreignKey of change.table.foreignKeys) need(reachable(foreignKey, change.table), 'nothing to refer to');
  } else need(live !== undefined, 'no such table');
  if (change.kind === 'rename-table') need(!shape.has(change.to), 'the name is taken');
  if (change.kind === 'drop-table') need(referrers.length === 0, 'others refer to it');
  if (change.kind === 'add-column') need(!has(change.column.name), 'the column is there');
  if (change.kind === 'drop-column' || change.kind === 'rename-column') need(has(change.column), 'no such column');
  if (change.kind === 'drop-column')
    need(!live!.foreignKeys.some((each) => each.columns.includes(change.column)), 'a foreign key holds it');
  if (change.kind === 'rename-column') need(!has(change.to), 'the name is taken');
  if (change.kind === 'alter-column') need(has(change.from.name), 'no such column');
  if (change.kind === 'create-index') {
    need(!live!.indexes.some((each) => each.name === change.index.name), 'the index is there');
    need(
      change.index.columns.every((each) => has(each)),
      'no such column',
    );
  }
  if (change.kind === 'drop-index') {
    need(
      live!.indexes.some((each) => each.name === change.index.name),
      'no such index',
    );
  }
  if (change.kind === 'add-foreign-key') {
    need(!live!.foreignKeys.some((each) => each.name === change.foreignKey.name), 'the foreign key is there');
    need(reachable(change.foreignKey, live!), 'nothing to refer to');
  }
  if (change.kind === 'drop-foreign-key')
    need(
      live!.foreignKeys.some((each) => each.name === change.foreignKey.name),
      'no such foreign key',
    );
  applyChange(shape, change);
}

type Draft = {
  tables: { id: number; name: number; fields: { id: number; name: number; type: number }[]; to: number }[];
};

const field = fc.record({ id: fc.integer({ min: 1, max: 6 }), name: fc.integer({ min: 1, max: 6 }), type: fc.nat(2) });
const draft: fc.Arbitrary<Draft> = fc.record({
  tables: fc.uniqueArray(
    fc.record({
      id: fc.integer({ min: 1, max: 5 }),
      name: fc.integer({ min: 1, max: 5 }),
      fields: fc
        .tuple(
          fc.uniqueArray(field, { selector: (each) => each.id, maxLength: 6 }),
          fc.uniqueArray(field, { selector: (each) => each.name, maxLength: 6 }),
        )
        .map(([byId, byName]) => byId.filter((each, at) => byName[at]?.name === each.name || at === 0))
        .map((fields) => fields.filter((each, at) => fields.findIndex((one) => one.name === each.name) === at)),
      to: fc.nat(5),
    }),
    { selector: (each) => each.id, maxLength: 5 },
  ),
});

const TYPES = ['integer', 'bigint', 'longText'] as const;
const typed = (at: number) => ({ native: TYPES[at]!, type: { kind: TYPES[at]! } });

/** Models of one source: every third field carries an index, and each table may refer to another one. */
function wantedOf(source: Draft): WantedTable[] {
  const tables = source.tables.filter((each, at) => source.tables.findIndex((one) => one.name === each.name) === at);
  return tables.map((each) => {
    const name = `t${each.name}`;
    const target = tables.find((one) => one.id === each.to);
    const columns = each.fields.map((one) => column(`c${one.name}`, typed(one.type)));
    const body = table(name, [column('id', { nullable: false }), ...columns, ...(target ? [column('ref')] : [])], {
      indexes: each.fields
        .filter((one) => one.id % 3 === 0)
        .map((one) => ({ name: `i_${name}_${one.name}`, columns: [`c${one.name}`], unique: one.type === 0 })),
      foreignKeys: target ? [key(`fk_${each.id}`, ['ref'], `t${target.name}`)] : [],
    });
    return {
      modelId: `m${each.id}`,
      table: body,
      columns: Object.fromEntries([
        ['f_id', 'id'],
        ...(target ? [['f_ref', 'ref']] : []),
        ...each.fields.map((one) => [`f${one.id}`, `c${one.name}`]),
      ]) as Record<string, string>,
    };
  });
}

const byName = (shape: Shape) =>
  [...shape.values()]
    .map((each) => ({
      name: each.name,
      columns: each.columns.map(({ name, native, nullable }) => `${name} ${native} ${nullable}`).toSorted(),
      indexes: each.indexes.map(({ columns, unique }) => `${columns.join()} ${unique}`).toSorted(),
      foreignKeys: each.foreignKeys.map((one) => `${one.columns.join()} ${one.toTable}`).toSorted(),
    }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));

describe('any two sources after each other', () => {
  it('give changes that run, reach what is wanted, leave nothing to do and nothing behind', () => {
    fc.assert(
      fc.property(draft, draft, (first, second) => {
        const shape: Shape = new Map();
        let records: ReturnType<typeof recordsAfter> = [];
        for (const source of [first, second]) {
          const wanted = wantedOf(source);
          const held = new Set(wanted.map((each) => each.modelId));
          const plan = () =>
            diff({ tables: [...shape.values()] }, schemaOf(wanted), {
              ...hints(),
              ...recordHints(records, wanted, held),
            });
          const found = plan();
          if (found.conflicts.length > 0) return;
          for (const change of all(found)) {
            run(shape, change);
            // A record made halfway serves as well as the one from before.
            records = recordsAfter(records, [change], wanted, held, shape);
          }
          records = recordsAfter(records, [], wanted, held, shape);
          expect(all(plan())).toEqual([]);
          expect(byName(shape)).toEqual(byName(shapeOf(schemaOf(wanted))));
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('plan the rest after any break', () => {
    fc.assert(
      fc.property(draft, draft, fc.nat(40), (first, second, stop) => {
        const shape: Shape = new Map();
        let records: ReturnType<typeof recordsAfter> = [];
        let left = stop;
        for (const [source, breaks] of [
          [first, false],
          [second, true],
          [second, false],
        ] as const) {
          const wanted = wantedOf(source);
          const held = new Set(wanted.map((each) => each.modelId));
          const found = diff({ tables: [...shape.values()] }, schemaOf(wanted), {
            ...hints(),
            ...recordHints(records, wanted, held),
          });
          if (found.conflicts.length > 0) return;
          for (const change of all(found)) {
            if (breaks && (left -= 1) < 0) break;
            run(shape, change);
            records = recordsAfter(records, [change], wanted, held, shape);
          }
        }
        expect(byName(shape)).toEqual(byName(shapeOf(schemaOf(wantedOf(second)))));
      }),
      { numRuns: 2000 },
    );
  });
});
