import type { Change, Column, ForeignKey, Index, Table } from '#elements/database/schema.ts';
import { canonical } from './hash.ts';
import { same } from './same-list.ts';

/** What is wanted can not be reached from what is there without touching what this app did not make. */
export type Conflict = {
  table: string;
  column?: string;
  code: 'name-taken' | 'is-a-view' | 'foreign-key-differs' | 'native-type';
  message: string;
  next: string;
};

export type TableHints = {
  columns: ReadonlySet<string>;
  indexes: ReadonlySet<string>;
  foreignKeys: ReadonlySet<string>;
  comments: boolean;
  narrows(from: Column, to: Column): boolean;
};

/** What one table adds, each list run for all tables before the next one starts. */
export type TableDifference = {
  dropForeignKeys: ForeignKey[];
  early: Change[];
  columns: Change[];
  indexes: Extract<Change, { kind: 'create-index' }>[];
  foreignKeys: ForeignKey[];
  narrowing: Extract<Change, { kind: 'alter-column' }>[];
  primaryKey: Change[];
  dropColumns: Change[];
  comment: Change[];
  conflicts: Conflict[];
  notes: string[];
};

/** What leads from one live table, its renames already done, to the wanted one. */
export function diffTable(live: Table, wanted: Table, hints: TableHints): TableDifference {
  const found: TableDifference = {
    dropForeignKeys: [],
    early: [],
    columns: [],
    indexes: [],
    foreignKeys: [],
    narrowing: [],
    primaryKey: [],
    dropColumns: [],
    comment: [],
    conflicts: [],
    notes: [],
  };
  if (live.kind === 'view') {
    found.conflicts.push({
      table: wanted.name,
      code: 'is-a-view',
      message: `${wanted.name} is a view; a managed model needs a table.`,
      next: 'Set `managed` to false, or choose another table name.',
    });
    return found;
  }
  const retyped = diffColumns(live, wanted, hints, found);
  diffPrimaryKey(live, wanted, found);
  diffForeignKeys(live, wanted, hints, retyped, found);
  diffIndexes(live, wanted, hints, found);
  if (hints.comments && live.comment !== wanted.comment)
    found.comment.push({ kind: 'set-table-comment', table: wanted.name, comment: wanted.comment });
  return found;
}

/** Gives the columns whose type changes. */
function diffColumns(live: Table, wanted: Table, hints: TableHints, found: TableDifference): Set<string> {
  const there = new Map(live.columns.map((column) => [column.name, column]));
  const inKey = new Set([...(live.primaryKey?.columns ?? []), ...(wanted.primaryKey?.columns ?? [])]);
  const retyped = new Set<string>();
  const table = wanted.name;
  for (const column of wanted.columns) {
    const from = there.get(column.name);
    if (!from) {
      found.columns.push({ kind: 'add-column', table, column });
      continue;
    }
    const to = reachable(from, column, inKey.has(column.name), hints.comments);
    if (from.generated !== column.generated)
      found.notes.push(`${table}.${column.name}: how the server fills an existing column is left as it is.`);
    if (column.type.kind === 'native' && from.native !== column.native) found.conflicts.push(nativeType(table, from));
    else if (differs(from, to)) {
      if (from.native !== to.native) retyped.add(column.name);
      const list: Change[] = hints.narrows(from, to) ? found.narrowing : found.columns;
      list.push({ kind: 'alter-column', table, from, to });
    }
  }
  const kept = new Set(wanted.columns.map((column) => column.name));
  for (const column of live.columns)
    if (!kept.has(column.name) && hints.columns.has(column.name))
      found.dropColumns.push({ kind: 'drop-column', table, column: column.name });
  return retyped;
}

/** `wanted` with the parts that are never altered taken from `from`. */
function reachable(from: Column, wanted: Column, inKey: boolean, comments: boolean): Column {
  const keepDefault =
    (from.default?.kind === 'expression' && wanted.default === null) || from.generated !== null || !!wanted.generated;
  const preset = keepDefault ? from.default : wanted.default;
  // A type that means the same stays as it is spelt: a model of a table that others made has no words for the difference.
  const isSame =
    wanted.native === from.native ||
    (canonical(wanted.type) === canonical(from.type) && canonical(preset) === canonical(from.default));
  return {
    ...wanted,
    ...(isSame ? { type: from.type, native: from.native } : {}),
    generated: from.generated,
    nullable: inKey ? from.nullable : wanted.nullable,
    default: preset,
    comment: comments ? wanted.comment : from.comment,
  };
}

function differs(from: Column, to: Column): boolean {
  return (
    from.native !== to.native ||
    from.nullable !== to.nullable ||
    from.comment !== to.comment ||
    canonical(from.default) !== canonical(to.default)
  );
}

const nativeType = (table: string, column: Column): Conflict => ({
  table,
  column: column.name,
  code: 'native-type',
  message: `${table}.${column.name} is of type ${column.native}; a field of type native is never altered.`,
  next: `Give the field the type that the column has, ${column.native}.`,
});

function diffPrimaryKey(live: Table, wanted: Table, found: TableDifference): void {
  const from = live.primaryKey?.columns ?? [];
  const to = wanted.primaryKey?.columns ?? [];
  if (to.length === 0 || same(from, to)) return;
  found.primaryKey.push({ kind: 'set-primary-key', table: wanted.name, from, to });
}

const samePlace = (a: ForeignKey, b: ForeignKey): boolean =>
  same(a.columns, b.columns) && a.toSchema === b.toSchema && a.toTable === b.toTable && same(a.toColumns, b.toColumns);

// Only the moment of the check tells the two apart, and several servers keep no difference.
const settled = (action: ForeignKey['onDelete']): string => (action === 'noAction' ? 'restrict' : action);

const sameKey = (a: ForeignKey, b: ForeignKey): boolean =>
  samePlace(a, b) && settled(a.onDelete) === settled(b.onDelete) && settled(a.onUpdate) === settled(b.onUpdate);

function diffForeignKeys(
  live: Table,
  wanted: Table,
  hints: TableHints,
  retyped: ReadonlySet<string>,
  found: TableDifference,
): void {
  const open = new Set(live.foreignKeys);
  const claim = (test: (key: ForeignKey) => boolean): ForeignKey | undefined => {
    const key = [...open].find(test);
    if (key) open.delete(key);
    return key;
  };
  const missing = wanted.foreignKeys.filter((key) => {
    const kept = claim((each) => each.name === key.name && sameKey(each, key)) ?? claim((each) => sameKey(each, key));
    // Some servers refuse to retype a column while a foreign key holds it.
    if (kept?.columns.some((column) => retyped.has(column))) {
      found.dropForeignKeys.push(kept);
      return true;
    }
    return !kept;
  });
  for (const key of missing) {
    const rival = claim((each) => each.name === key.name || same(each.columns, key.columns));
    if (rival && hints.foreignKeys.has(rival.name)) found.dropForeignKeys.push(rival);
    if (rival && !hints.foreignKeys.has(rival.name)) found.conflicts.push(foreignKeyDiffers(wanted.name, rival, key));
    else found.foreignKeys.push(key);
  }
  for (const key of open) if (hints.foreignKeys.has(key.name)) found.dropForeignKeys.push(key);
}

const foreignKeyDiffers = (table: string, rival: ForeignKey, key: ForeignKey): Conflict => ({
  table,
  ...(key.columns[0] === undefined ? {} : { column: key.columns[0] }),
  code: 'foreign-key-differs',
  message:
    `The foreign key ${rival.name} of ${table} (${rival.columns.join(', ')} → ${rival.toTable}, on delete ${rival.onDelete}, on update ${rival.onUpdate}) ` +
    `differs from the reference of the model, and this app did not make it.`,
  next: 'Give the reference the same target and actions, or drop the foreign key by hand.',
});

function diffIndexes(live: Table, wanted: Table, hints: TableHints, found: TableDifference): void {
  const table = wanted.name;
  const open = new Set(live.indexes);
  const alike = (a: Index, b: Index): boolean => a.unique === b.unique && same(a.columns, b.columns);
  const claim = (test: (index: Index) => boolean): Index | undefined => {
    const index = [...open].find(test);
    if (index) open.delete(index);
    return index;
  };
  const byKey = (index: Index): boolean => index.unique && same(index.columns, wanted.primaryKey?.columns ?? []);
  /** live ones that serve under another name → what they serve as */
  const renamed = new Map<Index, Index>();
  const missing = wanted.indexes
    .filter((index) => !claim((each) => each.name === index.name && alike(each, index)))
    .filter((index) => {
      const kept = claim((each) => alike(each, index));
      if (kept) renamed.set(kept, index);
      return !kept && !byKey(index);
    });
  for (const index of missing) {
    const rival = live.indexes.find((each) => each.name === index.name);
    if (rival && !hints.indexes.has(rival.name)) {
      open.delete(rival);
      found.conflicts.push(indexTaken(table, rival));
      continue;
    }
    if (rival) {
      open.delete(rival);
      found.early.push({ kind: 'drop-index', table, index: rival });
      // what it served as is made anew under its own name
      const served = renamed.get(rival);
      if (served) missing.push(served);
    }
    found.indexes.push({ kind: 'create-index', table, index });
  }
  const held = (index: Index): ForeignKey | undefined =>
    wanted.foreignKeys.find(
      (key) =>
        same(index.columns.slice(0, key.columns.length), key.columns) &&
        ![...live.indexes, ...wanted.indexes].some(
          (each) => each.name !== index.name && same(each.columns.slice(0, key.columns.length), key.columns),
        ),
    );
  for (const index of open) {
    if (!hints.indexes.has(index.name)) continue;
    const key = held(index);
    if (key) found.notes.push(`${table}: the index ${index.name} stays, because the foreign key ${key.name} uses it.`);
    else found.early.push({ kind: 'drop-index', table, index });
  }
}

const indexTaken = (table: string, rival: Index): Conflict => ({
  table,
  code: 'name-taken',
  message: `The table ${table} has an index ${rival.name} on (${rival.columns.join(', ')}) that this app did not make.`,
  next: 'Give the index of the model another name, or drop the existing one by hand.',
});
