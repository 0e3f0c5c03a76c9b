import type { Change, Column, Schema } from '#elements/database/schema.ts';
import { liveNames, type LiveNames } from './live-names.ts';
import type { Misfit } from './fit.ts';
import type { Risk } from './plan.ts';

/** Counts on the live database, by live names; null where it did not answer in time. */
export type Counts = {
  rows(table: string): Promise<number | null>;
  nulls(table: string, column: string): Promise<number | null>;
  duplicates(table: string, columns: string[]): Promise<number | null>;
};

/** What a change endangers, and what is known to make it fail: `blocks` refuse the plan. */
export type Weighed = { risks: Risk[]; blocks: Block[] };
type Block = Omit<Misfit, 'code'> & {
  table: string;
  code: 'null-rows' | 'rows-without-value' | 'duplicate-rows';
};

/** Weighs the changes of one database, in their order. `rewrites` tells whether a change is spelt by making its table anew. */
export async function weigh(
  changes: Change[],
  live: Schema,
  counts: Counts,
  narrows: (from: Column, to: Column) => boolean,
  rewrites: (change: Change) => boolean,
): Promise<Weighed[]> {
  const names = liveNames(changes);
  const there = new Map(live.tables.map((table) => [table.name, new Set(table.columns.map((each) => each.name))]));
  const scale: Scale = { counts: known(counts), names, there, narrows, rewrites };
  const weighed: Weighed[] = [];
  // One after the other: a session runs one statement at a time.
  for (const change of changes) weighed.push(await weighOne(change, scale));
  return weighed;
}

type Scale = {
  counts: Counts;
  names: LiveNames;
  there: ReadonlyMap<string, ReadonlySet<string>>;
  narrows(from: Column, to: Column): boolean;
  rewrites(change: Change): boolean;
};

/** Each table's rows are counted once. */
function known(counts: Counts): Counts {
  const rows = new Map<string, Promise<number | null>>();
  return {
    ...counts,
    rows: (table) => {
      const found = rows.get(table) ?? counts.rows(table);
      rows.set(table, found);
      return found;
    },
  };
}

const none: Weighed = { risks: [], blocks: [] };

async function weighOne(change: Change, scale: Scale): Promise<Weighed> {
  if (change.kind === 'create-table') return none;
  const table = scale.names.table(change.table);
  if (!scale.there.has(table)) return none;
  switch (change.kind) {
    case 'drop-table': {
      const count = await scale.counts.rows(table);
      return risk('drop-table', count, `The table ${table} and its ${amount(count, 'row')} are lost.`);
    }
    case 'drop-column':
      return dropColumn(change.table, change.column, scale);
    case 'rename-table':
      return risk('rename', null, `The release that serves now reads ${table} until this deploy is activated.`);
    case 'rename-column':
      return risk(
        'rename',
        null,
        `The release that serves now reads ${table}.${change.column} until this deploy is activated.`,
      );
    case 'add-column':
      return addColumn(table, change.column, change, scale);
    case 'alter-column':
      return alterColumn(table, change, scale);
    case 'create-index':
      return createIndex(table, change, scale);
    case 'add-foreign-key': {
      const count = await scale.counts.rows(table);
      if (count === 0) return none;
      return risk('lock', count, `Writers to ${table} wait while ${amount(count, 'row')} are checked.`);
    }
    case 'set-primary-key': {
      const count = await scale.counts.rows(table);
      return risk('primary-key', count, `The primary key of ${table} is made anew over ${amount(count, 'row')}.`);
    }
    case 'drop-index':
    case 'drop-foreign-key':
    case 'set-table-comment':
      return none;
  }
}

const risk = (kind: Risk['kind'], count: number | null, message: string): Weighed => ({
  risks: [{ kind, count, message }],
  blocks: [],
});

const amount = (count: number | null, noun: string): string =>
  count === null ? `${noun}s (not counted)` : `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;

async function dropColumn(tableName: string, columnName: string, { counts, names }: Scale): Promise<Weighed> {
  const [table, column] = [names.table(tableName), names.column(tableName, columnName)];
  const [rows, nulls] = [await counts.rows(table), await counts.nulls(table, column)];
  const count = rows === null || nulls === null ? null : rows - nulls;
  return risk('drop-column', count, `The column ${table}.${column} is lost, with a value in ${amount(count, 'row')}.`);
}

async function addColumn(table: string, column: Column, change: Change, scale: Scale): Promise<Weighed> {
  const mustBeGiven = !column.nullable && column.default === null && column.generated === null;
  if (!mustBeGiven && !scale.rewrites(change)) return none;
  const count = await scale.counts.rows(table);
  if (count === 0) return none;
  if (!mustBeGiven) return rewrite(table, count);
  return {
    risks: [],
    blocks: [
      {
        table,
        column: column.name,
        code: 'rows-without-value',
        message: `${table}.${column.name} is required and has no default, but ${table} holds ${amount(count, 'row')} that would have no value in it.`,
        next: 'Give the field a default, or deploy it as not required, fill it, and require it then.',
      },
    ],
  };
}

const rewrite = (table: string, count: number | null): Weighed =>
  risk('rewrite', count, `${table} may be written anew, ${amount(count, 'row')}; its writers wait meanwhile.`);

async function alterColumn(
  table: string,
  change: Extract<Change, { kind: 'alter-column' }>,
  scale: Scale,
): Promise<Weighed> {
  const { from, to } = change;
  const column = scale.names.column(change.table, from.name);
  const rows = await scale.counts.rows(table);
  const risks: Risk[] = [];
  const blocks: Block[] = [];
  if (scale.narrows(from, to))
    risks.push({
      kind: 'narrowing',
      count: rows,
      message: `${table}.${column}: ${from.native} becomes ${to.native}, so values of ${amount(rows, 'row')} may be refused or cut.`,
    });
  if (from.nullable && !to.nullable) {
    const nulls = rows === 0 ? 0 : await scale.counts.nulls(table, column);
    if (nulls !== null && nulls > 0) blocks.push(nullRows(table, column, nulls));
    else if (rows !== 0)
      risks.push({
        kind: 'not-null',
        count: nulls,
        message: `${table}.${column} no longer takes rows without a value.`,
      });
  }
  if (rows !== 0 && (from.native !== to.native || scale.rewrites(change))) risks.push(...rewrite(table, rows).risks);
  return { risks, blocks };
}

const nullRows = (table: string, column: string, nulls: number): Block => ({
  table,
  column,
  code: 'null-rows',
  message: `${table}.${column} shall be required, but ${amount(nulls, 'row')} of ${table} ${nulls === 1 ? 'has' : 'have'} no value in it.`,
  next: 'Fill those rows, or leave the field not required.',
});

async function createIndex(
  table: string,
  change: Extract<Change, { kind: 'create-index' }>,
  scale: Scale,
): Promise<Weighed> {
  const rows = await scale.counts.rows(table);
  if (rows === 0) return none;
  const { index } = change;
  const columns = index.columns.map((column) => scale.names.column(change.table, column));
  const lock: Risk = {
    kind: 'lock',
    count: rows,
    message: `Writers to ${table} wait while the index ${index.name} is built over ${amount(rows, 'row')}.`,
  };
  if (!index.unique || !columns.every((column) => scale.there.get(table)?.has(column)))
    return { risks: [lock], blocks: [] };
  const groups = await scale.counts.duplicates(table, columns);
  if (groups !== null && groups > 0) return { risks: [], blocks: [duplicateRows(table, columns, groups)] };
  const unique: Risk = {
    kind: 'unique',
    count: groups,
    message: `${table} (${columns.join(', ')}) no longer takes the same value twice.`,
  };
  return { risks: [unique, lock], blocks: [] };
}

const duplicateRows = (table: string, columns: string[], groups: number): Block => ({
  table,
  ...(columns[0] === undefined ? {} : { column: columns[0] }),
  code: 'duplicate-rows',
  message: `${table} (${columns.join(', ')}) shall be unique, but ${amount(groups, 'value')} ${groups === 1 ? 'stands' : 'stand'} in more than one row.`,
  next: 'Remove the duplicates, or leave it not unique.',
});
