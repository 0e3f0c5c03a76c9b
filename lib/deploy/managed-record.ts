import type { Change, Schema, Table } from '#elements/database/schema.ts';
import type { Shape } from './apply-change.ts';
import type { DiffHints } from './diff.ts';

/** What a release made or managed for one model in one database of one environment (`ManagedTable`). */
export type ManagedRecord = {
  modelId: string;
  table: string;
  /** field id → column */
  columns: Record<string, string>;
  indexes: string[];
  foreignKeys: string[];
};

/** A managed model as its database shall hold it. */
export type WantedTable = { modelId: string; table: Table; /** field id → column */ columns: Record<string, string> };

/**
 * Renames by id, and what may go: the columns, indexes and foreign keys of models still managed here, and the tables of
 * models that the release holds nowhere any more. A model that moved to another database or is no longer managed keeps its table.
 * @param held ids of all models of the release
 */
export function recordHints(
  records: ManagedRecord[],
  wanted: WantedTable[],
  held: ReadonlySet<string>,
): Pick<DiffHints, 'renamedTables' | 'renamedColumns' | 'droppable'> {
  const byModel = new Map(wanted.map((each) => [each.modelId, each]));
  const taken = new Set(wanted.map((each) => each.table.name));
  const renamedTables = new Map<string, string>();
  const renamedColumns = new Map<string, Map<string, string>>();
  const tables = new Set<string>();
  const columns = new Map<string, Set<string>>();
  const indexes = new Map<string, Set<string>>();
  const foreignKeys = new Map<string, Set<string>>();
  for (const record of records) {
    const model = byModel.get(record.modelId);
    if (!model && held.has(record.modelId)) continue;
    if (!model && !taken.has(record.table)) {
      tables.add(record.table);
      continue;
    }
    if (model && model.table.name !== record.table) renamedTables.set(record.table, model.table.name);
    if (model) renamedColumns.set(record.table, columnRenames(record, model));
    // Also where another model took over the table of one that is gone.
    include(columns, record.table, Object.values(record.columns));
    include(indexes, record.table, record.indexes);
    include(foreignKeys, record.table, record.foreignKeys);
  }
  return { renamedTables, renamedColumns, droppable: { tables, columns, indexes, foreignKeys } };
}

function columnRenames(record: ManagedRecord, model: WantedTable): Map<string, string> {
  const pairs = Object.entries(record.columns).map(
    ([field, column]) => [column, model.columns[field] ?? column] as const,
  );
  return new Map(pairs.filter(([from, to]) => from !== to));
}

function include(sets: Map<string, Set<string>>, table: string, names: string[]): void {
  sets.set(table, new Set([...(sets.get(table) ?? []), ...names]));
}

/**
 * The records once `done` has run and a database has come to `shape` on its way to `wanted`: also halfway, so that what a
 * broken migration made is known as made. A rename not yet done keeps the old name, a column not yet dropped stays recorded.
 */
export function recordsAfter(
  from: ManagedRecord[],
  done: Change[],
  wanted: WantedTable[],
  held: ReadonlySet<string>,
  shape: Shape,
): ManagedRecord[] {
  const records = done.reduce(follow, from);
  const before = new Map(records.map((record) => [record.modelId, record]));
  const claimed = new Map(wanted.map((each) => [each.table.name, new Set(Object.values(each.columns))]));
  const kept = records.filter((record) => {
    const live = shape.get(record.table);
    if (!live || held.has(record.modelId)) return false;
    const heir = claimed.get(record.table);
    const left = new Set(Object.values(record.columns));
    return !heir || live.columns.some((column) => left.has(column.name) && !heir.has(column.name));
  });
  // A table that is still to be renamed belongs to the model that has it, not to the one that shall get its name.
  const owned = new Set(wanted.flatMap((each) => before.get(each.modelId)?.table ?? []));
  const now = wanted.flatMap((each) => {
    const record = before.get(each.modelId);
    const live =
      (record && shape.get(record.table)) ?? (owned.has(each.table.name) ? undefined : shape.get(each.table.name));
    return live ? [recordOf(each, record, live, records)] : [];
  });
  return [...kept, ...now];
}

function follow(records: ManagedRecord[], change: Change): ManagedRecord[] {
  if (change.kind === 'rename-table')
    return records.map((each) => (each.table === change.table ? { ...each, table: change.to } : each));
  if (change.kind !== 'rename-column') return records;
  const renamed = (column: string): string => (column === change.column ? change.to : column);
  return records.map((each) =>
    each.table === change.table
      ? {
          ...each,
          columns: Object.fromEntries(Object.entries(each.columns).map(([field, column]) => [field, renamed(column)])),
        }
      : each,
  );
}

function recordOf(
  wanted: WantedTable,
  record: ManagedRecord | undefined,
  live: Table,
  records: ManagedRecord[],
): ManagedRecord {
  // What a model that is gone left on the table is the heir's.
  const left = records.filter((each) => each === record || each.table === live.name);
  const there = new Set(live.columns.map((column) => column.name));
  const columns: Record<string, string> = {};
  for (const [field, column] of Object.entries(record?.columns ?? {})) if (there.has(column)) columns[field] = column;
  const claimed = new Set(Object.values(columns));
  for (const [field, column] of Object.entries(wanted.columns))
    if (!(field in columns) && there.has(column) && !claimed.has(column)) columns[field] = column;
  return {
    modelId: wanted.modelId,
    table: live.name,
    columns,
    indexes: names(
      live.indexes,
      wanted.table.indexes,
      left.flatMap((each) => each.indexes),
    ),
    foreignKeys: names(
      live.foreignKeys,
      wanted.table.foreignKeys,
      left.flatMap((each) => each.foreignKeys),
    ),
  };
}

/** Of what is there: what the model names, by name or by being the same thing, and what was recorded before. */
function names<T extends { name: string; columns: string[] }>(live: T[], wanted: T[], recorded: string[]): string[] {
  const known = new Set(recorded);
  const columns = new Set(wanted.map((each) => each.columns.join(' ')));
  const named = new Set(wanted.map((each) => each.name));
  return live
    .filter((each) => known.has(each.name) || named.has(each.name) || columns.has(each.columns.join(' ')))
    .map((each) => each.name)
    .toSorted();
}

export const schemaOf = (wanted: WantedTable[]): Schema => ({ tables: wanted.map((each) => each.table) });
