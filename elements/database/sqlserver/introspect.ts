/** What a database holds, read set-wise: the same six catalog queries whatever the number of tables. */
import type { Session } from '../contract.ts';
import type { Column, ForeignKey, Index, ReferentialAction, Schema, Table } from '../schema.ts';
import {
  type CheckRow,
  type ColumnRow,
  type CommentRow,
  type ForeignKeyRow,
  type IndexRow,
  type TableRow,
  catalogQueries,
} from './catalog.ts';
import { readDefault } from './defaults.ts';
import { isJsonCheck } from './json-check.ts';
import { quote } from './quote.ts';
import { normalise, types } from './types.ts';

export async function introspect(
  session: Session,
  scope: { schema: string | null; tables?: string[] },
): Promise<Schema> {
  if (scope.tables?.length === 0) return { tables: [] };
  const queries = catalogQueries(scope.schema, scope.tables);
  const read = async <T>(query: keyof typeof queries) => (await session.run(queries[query])).rows as T[];
  const tables = await read<TableRow>('tables');
  const byTable = async <T extends { table: number }>(query: keyof typeof queries) =>
    Map.groupBy(await read<T>(query), ({ table }) => table);
  const columns = await byTable<ColumnRow>('columns');
  const checks = await byTable<CheckRow>('checks');
  const comments = await byTable<CommentRow>('comments');
  const indexes = await byTable<IndexRow>('indexes');
  const foreignKeys = await byTable<ForeignKeyRow>('foreignKeys');
  return {
    tables: tables.map(({ id, name, kind }): Table => {
      const said = new Map(comments.get(id)?.map(({ number, comment }) => [number, comment]));
      const read = (columns.get(id) ?? [])
        .toSorted((a, b) => a.number - b.number)
        .map((row) => readColumn(row, checks.get(id) ?? [], said.get(row.number) ?? null));
      return {
        name,
        kind: kind === 'U' ? 'table' : 'view',
        columns: read,
        ...readIndexes(indexes.get(id) ?? [], read),
        foreignKeys: readForeignKeys(foreignKeys.get(id) ?? []),
        comment: said.get(0) ?? null,
      };
    }),
  };
}

function readColumn(row: ColumnRow, checks: CheckRow[], comment: string | null): Column {
  const spelt = nativeOf(row);
  const isJson = spelt === 'nvarchar(max)' && checks.some(({ definition }) => isJsonCheck(definition, row.name));
  const native = isJson ? 'json' : spelt;
  const type = types.logical(native);
  const head = { name: row.name, type, native, nullable: row.nullable, comment };
  if (row.computed !== null) {
    return { ...head, default: { kind: 'expression', sql: row.computed }, generated: 'computed' };
  }
  // a row's version is numbered by the server with every write
  if (native === 'timestamp') return { ...head, default: null, generated: 'computed' };
  if (row.isIdentity) return { ...head, default: null, generated: 'increment' };
  return { ...head, default: row.default === null ? null : readDefault(row.default, type), generated: null };
}

const PAIRS = new Set(['nchar', 'nvarchar']);
const SIZED = new Set(['char', 'varchar', 'binary', 'varbinary', ...PAIRS]);
const CLOCKS = new Set(['time', 'datetime2', 'datetimeoffset']);

/** The type with its figures, as sys.columns keeps them apart; types that users made keep their schema. */
function nativeOf({ type, typeSchema, isUserDefined, bytes, precision, scale }: ColumnRow): string {
  if (isUserDefined) return `${quote(typeSchema)}.${quote(type)}`;
  if (SIZED.has(type)) return `${type}(${bytes === -1 ? 'max' : PAIRS.has(type) ? bytes / 2 : bytes})`;
  if (type === 'decimal' || type === 'numeric') return normalise(`decimal(${precision},${scale})`);
  return CLOCKS.has(type) ? `${type}(${scale})` : normalise(type);
}

/** Filtered indexes are left out, but for the filter that leaves out nulls. */
function readIndexes(rows: IndexRow[], columns: Column[]): Pick<Table, 'primaryKey' | 'indexes'> {
  const found = [...Map.groupBy(rows, ({ name }) => name)].flatMap(([name, parts]) => {
    const [first] = parts;
    if (!first || (first.filter !== null && !(first.isUnique && leavesOutNulls(first.filter, parts, columns))))
      return [];
    const index: Index = { name, columns: parts.map((part) => part.column), unique: first.isUnique };
    return [{ index, isPrimary: first.isPrimary }];
  });
  const primary = found.find(({ isPrimary }) => isPrimary)?.index;
  return {
    primaryKey: primary ? { name: primary.name, columns: primary.columns } : null,
    indexes: found.filter(({ isPrimary }) => !isPrimary).map(({ index }) => index),
  };
}

/** `([a] IS NOT NULL AND [b] IS NOT NULL)`, as the catalog spells it: of all columns that may be null, and of no other. */
function leavesOutNulls(filter: string, parts: IndexRow[], columns: Column[]): boolean {
  const nullable = new Set(columns.filter((column) => column.nullable).map(({ name }) => name));
  const wanted = parts.filter(({ column }) => nullable.has(column)).map(({ column }) => `${quote(column)} is not null`);
  const bare = (text: string) => text.toLowerCase().replaceAll(/[()\s]/g, '');
  return bare(filter) === bare(wanted.join(' and '));
}

const ACTIONS: Record<string, ReferentialAction> = {
  NO_ACTION: 'noAction',
  CASCADE: 'cascade',
  SET_NULL: 'setNull',
  SET_DEFAULT: 'setDefault',
};

function readForeignKeys(rows: ForeignKeyRow[]): ForeignKey[] {
  return [...Map.groupBy(rows, ({ name }) => name)].flatMap(([name, parts]) => {
    const [first] = parts;
    if (!first) return [];
    return [
      {
        name,
        columns: parts.map(({ column }) => column),
        toSchema: first.toSchema,
        toTable: first.toTable,
        toColumns: parts.map(({ toColumn }) => toColumn),
        onDelete: ACTIONS[first.onDelete] ?? 'noAction',
        onUpdate: ACTIONS[first.onUpdate] ?? 'noAction',
      },
    ];
  });
}
