import type { Session } from '../contract.ts';
import type { Column, ColumnType, Default, ReferentialAction, Schema, Table } from '../schema.ts';
import {
  type ColumnRow,
  type CommentRow,
  type ForeignKeyRow,
  type IndexRow,
  type TableRow,
  catalogQueries,
  columnNames,
} from './catalog.ts';
import { readDefault } from './defaults.ts';
import { types } from './types.ts';

/** Names of columns by their number, by table. */
type Names = Map<number, Map<number, string>>;

/** Six queries at most, whatever the number of tables. */
export async function introspect(
  session: Session,
  scope: { schema: string | null; tables?: string[] },
): Promise<Schema> {
  const queries = catalogQueries(scope.schema, scope.tables);
  const read = async <T>(query: keyof typeof queries) => (await session.run(queries[query])).rows as T[];
  const tables = new Map<number, Table>();
  for (const row of await read<TableRow>('tables')) tables.set(row.oid, emptyTable(row));
  const columns = await read<ColumnRow>('columns');
  const comments = commentsOf(await read<CommentRow>('comments'));
  const names = addColumns(tables, columns, comments);
  for (const row of await read<IndexRow>('indexes')) addIndex(tables, names, row);
  const keys = await read<ForeignKeyRow>('foreignKeys');
  await readOutsideNames(session, names, keys);
  for (const row of keys) addForeignKey(tables, names, row);
  return { tables: [...tables.values()] };
}

type Comments = (table: number, number: number) => string | null;

function commentsOf(rows: CommentRow[]): Comments {
  const known = new Map(rows.map((row) => [`${row.table} ${row.number}`, row.comment]));
  if (known.size === 0) return () => null;
  return (table, number) => known.get(`${table} ${number}`) ?? null;
}

function addColumns(tables: Map<number, Table>, rows: ColumnRow[], comments: Comments): Names {
  const names: Names = new Map([...tables.keys()].map((oid) => [oid, new Map<number, string>()]));
  const column = columnReader(comments);
  // sorted here, by number alone: the server would sort the names and defaults along with it
  for (const row of rows.toSorted((a, b) => a.number - b.number)) {
    names.get(row.table)?.set(row.number, row.name);
    tables.get(row.table)?.columns.push(column(row));
  }
  for (const [oid, table] of tables) table.comment = comments(oid, 0);
  return names;
}

/** Partitioned tables are tables; foreign tables and materialised views are read, never altered, as views are. */
function emptyTable({ name, kind }: TableRow): Table {
  const isTable = kind === 'r' || kind === 'p';
  return {
    name,
    kind: isTable ? 'table' : 'view',
    columns: [],
    primaryKey: null,
    indexes: [],
    foreignKeys: [],
    comment: null,
  };
}

/** Types and defaults repeat a lot: each is read once. */
function columnReader(comments: Comments): (row: ColumnRow) => Column {
  const typesByText = new Map<string, ColumnType>();
  const defaults = new Map<string, Default | null>();
  const typeOf = (native: string) => {
    const known = typesByText.get(native) ?? types.logical(native);
    typesByText.set(native, known);
    return known;
  };
  const defaultOf = (sql: string, native: string, type: ColumnType) => {
    const key = `${native} ${sql}`;
    const known = defaults.get(key);
    if (known !== undefined) return known;
    const read = readDefault(sql, type);
    defaults.set(key, read);
    return read;
  };
  return ({ table, number, name, native, nullable, identity, generated, default: sql }) => {
    const type = typeOf(native);
    const head = { name, type, native, nullable, comment: comments(table, number) };
    if (generated !== '') {
      return { ...head, default: { kind: 'expression', sql: sql ?? '' }, generated: 'computed' };
    }
    // a `serial` column is an integer with a sequence as its default
    if (identity !== '' || sql?.startsWith('nextval(')) return { ...head, default: null, generated: 'increment' };
    return { ...head, default: sql === null ? null : defaultOf(sql, native, type), generated: null };
  };
}

function addIndex(tables: Map<number, Table>, names: Names, row: IndexRow): void {
  const table = tables.get(row.table);
  const known = names.get(row.table);
  if (!table || !known) return;
  const columns = row.keys
    .split(' ')
    .slice(0, row.length)
    .map((number) => known.get(Number(number)) ?? '');
  if (row.primary) table.primaryKey = { name: row.name, columns };
  else table.indexes.push({ name: row.name, columns, unique: row.unique });
}

async function readOutsideNames(session: Session, names: Names, keys: ForeignKeyRow[]): Promise<void> {
  const outside = [...new Set(keys.map(({ target }) => target).filter((target) => !names.has(target)))];
  if (outside.length === 0) return;
  const { rows } = await session.run(columnNames(outside));
  for (const { table, number, name } of rows as { table: number; number: number; name: string }[]) {
    if (!names.has(table)) names.set(table, new Map());
    names.get(table)!.set(number, name);
  }
}

const ACTIONS: Record<string, ReferentialAction> = {
  r: 'restrict',
  c: 'cascade',
  n: 'setNull',
  d: 'setDefault',
  a: 'noAction',
};

function addForeignKey(tables: Map<number, Table>, names: Names, row: ForeignKeyRow): void {
  const named = (table: number, keys: string) =>
    keys
      .slice(1, -1)
      .split(',')
      .map((number) => names.get(table)?.get(Number(number)) ?? '');
  tables.get(row.table)?.foreignKeys.push({
    name: row.name,
    columns: named(row.table, row.keys),
    toSchema: row.targetSchema,
    toTable: row.targetName,
    toColumns: named(row.target, row.targetKeys),
    onDelete: ACTIONS[row.onDelete] ?? 'noAction',
    onUpdate: ACTIONS[row.onUpdate] ?? 'noAction',
  });
}
