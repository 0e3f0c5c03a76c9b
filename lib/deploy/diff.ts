import type { Change, Column, ForeignKey, Schema, Table } from '#elements/database/schema.ts';
import { applyChange, shapeOf, type Shape } from './apply-change.ts';
import { diffTable, type Conflict, type TableDifference } from './diff-table.ts';
import { orderRenames } from './order-renames.ts';
import { orderTables } from './order-tables.ts';
import { same } from './same-list.ts';

/** What the two schemas do not say themselves: what was called otherwise, what may go, what the engine keeps. */
export type DiffHints = {
  /** table's name now → then */
  renamedTables: ReadonlyMap<string, string>;
  /** by the table's name now: column's name now → then */
  renamedColumns: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** only these are ever dropped; all under the tables' names now */
  droppable: {
    tables: ReadonlySet<string>;
    columns: ReadonlyMap<string, ReadonlySet<string>>;
    indexes: ReadonlyMap<string, ReadonlySet<string>>;
    foreignKeys: ReadonlyMap<string, ReadonlySet<string>>;
  };
  /** `capabilities.comments` */
  comments: boolean;
  /** `types.narrows` */
  narrows(from: Column, to: Column): boolean;
};

/** Changes in an order that works: `additive` ones first, then `destructive` ones, each list by itself in order. */
export type Difference = { additive: Change[]; destructive: Change[]; conflicts: Conflict[]; notes: string[] };

/**
 * What leads from `current` to `wanted`. Pure, knows no SQL. Tables, columns, indexes and foreign keys that `wanted` does not
 * name stay, unless `hints.droppable` names them; after the changes have run, a second call gives none.
 */
export function diff(current: Schema, wanted: Schema, hints: DiffHints): Difference {
  const shape = shapeOf(current);
  const conflicts: Conflict[] = [];
  const renames = renameAll(shape, wanted, hints, conflicts);
  const wantedNames = new Set(wanted.tables.map((table) => table.name));
  const fresh = wanted.tables.filter((table) => !shape.has(table.name));
  const altered = wanted.tables.flatMap((table) => {
    const live = shape.get(table.name);
    return live ? [tableDifference(live, table, hints, presentName(table.name, hints))] : [];
  });
  const gone = [...hints.droppable.tables].flatMap((name) => {
    const table = shape.get(name);
    return table && table.kind === 'table' && !wantedNames.has(name) ? [table] : [];
  });
  const unready = new Set(altered.flatMap((each) => (each.columns.length > 0 ? [each.table] : [])));
  const created = createTables(fresh, shape, unready);
  const narrowed = new Set(
    altered.flatMap((each) => each.narrowing.map((change) => place(change.table, change.to.name))),
  );
  const isLate = lateKeys(altered, narrowed);
  const indexes = altered.flatMap((each) => each.indexes);
  const isLateIndex = ({ table, index }: IndexChange): boolean =>
    index.columns.some((column) => narrowed.has(place(table, column)));
  const drops = altered.flatMap((each) => each.dropForeignKeys.map((key) => drop(each.table, key)));
  const adds = [
    ...created.foreignKeys,
    ...altered.flatMap((each) => each.foreignKeys.map((key) => add(each.table, key))),
  ];
  const dropped = dropTables(gone);
  return {
    additive: [
      ...renames,
      ...drops.filter((change) => !isLate(change)),
      ...altered.flatMap((each) => each.early),
      ...created.changes,
      ...altered.flatMap((each) => each.columns),
      ...indexes.filter((change) => !isLateIndex(change)),
      ...adds.filter((change) => !isLate(change)),
      ...altered.flatMap((each) => each.comment),
    ],
    destructive: [
      ...drops.filter(isLate),
      ...dropped.foreignKeys,
      ...altered.flatMap((each) => each.narrowing),
      ...altered.flatMap((each) => each.primaryKey),
      ...altered.flatMap((each) => each.dropColumns),
      ...dropped.tables,
      ...indexes.filter(isLateIndex),
      ...adds.filter(isLate),
    ],
    conflicts: [...conflicts, ...altered.flatMap((each) => each.conflicts)],
    notes: altered.flatMap((each) => each.notes),
  };
}

type IndexChange = Extract<Change, { kind: 'create-index' }>;
type ForeignKeyChange = Extract<Change, { foreignKey: ForeignKey }>;

const add = (table: string, foreignKey: ForeignKey): ForeignKeyChange => ({
  kind: 'add-foreign-key',
  table,
  foreignKey,
});
const drop = (table: string, foreignKey: ForeignKey): ForeignKeyChange => ({
  kind: 'drop-foreign-key',
  table,
  foreignKey,
});

/** A foreign key that touches what only the destructive phase makes ready belongs there too. */
function lateKeys(
  altered: (TableDifference & { table: string })[],
  narrowed: ReadonlySet<string>,
): (change: ForeignKeyChange) => boolean {
  const rekeyed = new Set(altered.flatMap((each) => (each.primaryKey.length > 0 ? [each.table] : [])));
  return ({ table, foreignKey: key }) =>
    rekeyed.has(key.toTable) ||
    key.columns.some((column) => narrowed.has(place(table, column))) ||
    key.toColumns.some((column) => narrowed.has(place(key.toTable, column)));
}

const place = (table: string, column: string): string => JSON.stringify([table, column]);

function presentName(name: string, hints: DiffHints): string {
  for (const [from, to] of hints.renamedTables) if (to === name) return from;
  return name;
}

function tableDifference(
  live: Table,
  table: Table,
  hints: DiffHints,
  before: string,
): TableDifference & { table: string } {
  return {
    table: table.name,
    ...diffTable(live, table, {
      columns: hints.droppable.columns.get(before) ?? new Set(),
      indexes: hints.droppable.indexes.get(before) ?? new Set(),
      foreignKeys: hints.droppable.foreignKeys.get(before) ?? new Set(),
      comments: hints.comments,
      narrows: hints.narrows,
    }),
  };
}

/** Tables first, then columns under the tables' new names; `shape` is as after them. */
function renameAll(shape: Shape, wanted: Schema, hints: DiffHints, conflicts: Conflict[]): Change[] {
  const wantedNames = new Set(wanted.tables.map((table) => table.name));
  const changes: Change[] = [];
  const run = (change: Change): void => {
    applyChange(shape, change);
    changes.push(change);
  };
  const tables = possible(hints.renamedTables, new Set(shape.keys()), (from, to) =>
    conflicts.push(taken(to, undefined, `The table ${from} was to become ${to}, but a table of that name is there.`)),
  );
  for (const each of orderRenames(tables, shape.keys())) run({ kind: 'rename-table', table: each.from, to: each.to });
  for (const [before, pairs] of hints.renamedColumns) {
    const name = tables.get(before) ?? before;
    const table = shape.get(name);
    if (!table || !wantedNames.has(name)) continue;
    const names = new Set(table.columns.map((column) => column.name));
    const columns = possible(pairs, names, (from, to) =>
      conflicts.push(taken(name, to, `The column ${from} was to become ${to}, but a column of that name is there.`)),
    );
    for (const each of orderRenames(columns, names))
      run({ kind: 'rename-column', table: name, column: each.from, to: each.to });
  }
  return changes;
}

const taken = (table: string, column: string | undefined, message: string): Conflict => ({
  table,
  ...(column === undefined ? {} : { column }),
  code: 'name-taken',
  message,
  next: 'Choose another name, or move by hand what bears this one.',
});

/** The renames whose old name is there and whose new one is free, or becomes free by another rename of the list. */
function possible(
  wanted: ReadonlyMap<string, string>,
  names: ReadonlySet<string>,
  refuse: (from: string, to: string) => void,
): Map<string, string> {
  const left = new Map([...wanted].filter(([from, to]) => from !== to && names.has(from)));
  for (let changed = true; changed;) {
    changed = false;
    for (const [from, to] of left) {
      if (!names.has(to) || left.has(to)) continue;
      refuse(from, to);
      left.delete(from);
      changed = true;
    }
  }
  return left;
}

/**
 * Referenced tables first, so that a new table carries its indexes and foreign keys from the start; only foreign keys of a ring,
 * or to a key or column still to be made, follow.
 */
function createTables(
  fresh: Table[],
  shape: Shape,
  unready: ReadonlySet<string>,
): { changes: Change[]; foreignKeys: ForeignKeyChange[] } {
  const made = new Map(shape);
  const foreignKeys: ForeignKeyChange[] = [];
  const changes: Change[] = [];
  for (const table of orderTables(fresh)) {
    made.set(table.name, table);
    const reaches = (key: ForeignKey): boolean =>
      key.toSchema === null && !unready.has(key.toTable) && isKey(made.get(key.toTable), key.toColumns);
    changes.push({ kind: 'create-table', table: { ...table, foreignKeys: table.foreignKeys.filter(reaches) } });
    foreignKeys.push(...table.foreignKeys.filter((key) => !reaches(key)).map((key) => add(table.name, key)));
  }
  return { changes, foreignKeys };
}

/** Only a primary key or the columns of a unique index can be referred to. */
function isKey(table: Table | undefined, columns: string[]): boolean {
  if (!table) return false;
  return (
    same(table.primaryKey?.columns ?? [], columns) ||
    table.indexes.some((index) => index.unique && same(index.columns, columns))
  );
}

/** Referencing tables first; foreign keys of a ring are dropped before any table is. */
function dropTables(gone: Table[]): { foreignKeys: Change[]; tables: Change[] } {
  const order = orderTables(gone).reverse();
  const position = new Map(order.map((table, index) => [table.name, index]));
  const foreignKeys = order.flatMap((table) =>
    table.foreignKeys
      .filter((key) => (position.get(key.toTable) ?? Infinity) < position.get(table.name)!)
      .map((key) => drop(table.name, key)),
  );
  return { foreignKeys, tables: order.map((table): Change => ({ kind: 'drop-table', table: table.name })) };
}
