import type { Session } from '../contract.ts';
import type { Column, ForeignKey, Index, ReferentialAction, Schema, Table } from '../schema.ts';
import { BIGINT_MARK } from './ddl-table.ts';
import { readCreateTable } from './create-table-text.ts';
import type { TableText } from './create-table-text.ts';
import { readDefault } from './defaults.ts';
import { normalise, types } from './types.ts';

type SchemaRow = { name: string; type: 'table' | 'view' | 'index' | 'trigger'; tbl_name: string; sql: string | null };
type ColumnRow = {
  tbl: string;
  name: string;
  type: string;
  notnull: number;
  dflt_value: string | null;
  pk: number;
  hidden: number;
};
type IndexRow = {
  tbl: string;
  idx: string;
  unique: number;
  origin: 'c' | 'u' | 'pk';
  partial: number;
  name: string | null;
};
type KeyRow = {
  tbl: string;
  id: number;
  from: string;
  table: string;
  to: string | null;
  on_delete: string;
  on_update: string;
};

/** The parameter is a JSON list of names; null is every table. */
const SCOPE = `with scope as (select ? as names)`;
const OF_TABLES = `from scope cross join sqlite_schema as m
  join pragma_table_list as l on l.name = m.name and l.schema = 'main' and l.type in ('table', 'view')`;
const WHERE = `where m.type in ('table', 'view') and m.name not like 'sqlite!_%' escape '!'
  and (scope.names is null or m.name in (select value from json_each(scope.names)))`;

const OBJECTS = `${SCOPE} select name, type, tbl_name, sql from scope cross join sqlite_schema
  where name not like 'sqlite!_%' escape '!' and (names is null or tbl_name in (select value from json_each(names)))`;
const COLUMNS = `${SCOPE} select m.name as tbl, x.name, x.type, x."notnull", x.dflt_value, x.pk, x.hidden
  ${OF_TABLES} join pragma_table_xinfo(m.name) as x ${WHERE} and x.hidden <> 1 order by m.name, x.cid`;
const INDEXES = `${SCOPE} select m.name as tbl, i.name as idx, i."unique", i.origin, i.partial, c.name
  ${OF_TABLES} join pragma_index_list(m.name) as i join pragma_index_info(i.name) as c ${WHERE} and m.type = 'table'
  order by m.name, i.seq desc, c.seqno`;
const KEYS = `${SCOPE} select m.name as tbl, f.id, f."from", f."table", f.on_delete, f.on_update,
    coalesce(f."to", (select p.name from pragma_table_info(f."table") as p where p.pk = f.seq + 1)) as "to"
  ${OF_TABLES} join pragma_foreign_key_list(m.name) as f ${WHERE} and m.type = 'table' order by m.name, f.id desc, f.seq`;

const PROBE = 'select count(*) from pragma_table_xinfo(?)';

/** Four queries, whatever the number of tables; where a view does not work, one more for each view. */
export async function introspect(session: Session, tables: string[] | null): Promise<Schema> {
  const readOf = async <R>(sql: string, names: string[] | null) =>
    (await session.run({ sql, parameters: [names && JSON.stringify(names)] })).rows as R[];
  const read = <R>(sql: string) => readOf<R>(sql, tables);
  const [objects, columns, indexes, keys] = await Promise.all([
    read<SchemaRow>(OBJECTS),
    read<ColumnRow>(COLUMNS).catch(async () => {
      const names = await working(session, await read<SchemaRow>(OBJECTS));
      return readOf<ColumnRow>(COLUMNS, names);
    }),
    read<IndexRow>(INDEXES),
    read<KeyRow>(KEYS),
  ]);
  const of = { columns: grouped(columns), indexes: grouped(indexes), keys: grouped(keys) };
  const hanging = Map.groupBy(objects, ({ tbl_name }) => tbl_name);
  const typeOf = typeReader();
  return {
    tables: objects
      .filter(({ type, name }) => (type === 'table' || type === 'view') && of.columns.has(name))
      .map((object) =>
        tableOf(object, hanging.get(object.name) ?? [], typeOf, {
          columns: of.columns.get(object.name) ?? [],
          indexes: of.indexes.get(object.name) ?? [],
          keys: of.keys.get(object.name) ?? [],
        }),
      ),
  };
}

/** Tables, and the views whose own tables and columns are all there. */
async function working(session: Session, objects: SchemaRow[]): Promise<string[]> {
  const names: string[] = [];
  for (const { name, type } of objects) {
    if (type === 'table') names.push(name);
    if (type !== 'view') continue;
    const works = await session.run({ sql: PROBE, parameters: [name] }).then(
      () => true,
      () => false,
    );
    if (works) names.push(name);
  }
  return names;
}

function tableOf(
  { name, type, sql }: SchemaRow,
  hanging: SchemaRow[],
  typeOf: TypeReader,
  rows: { columns: ColumnRow[]; indexes: IndexRow[]; keys: KeyRow[] },
): Table {
  const text = type === 'table' && sql ? readCreateTable(sql) : null;
  const key = rows.columns.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk);
  const numbered = key.length === 1 && key[0]!.type === 'INTEGER' && !/without\s+rowid/iu.test(text?.options ?? '');
  const indexes = indexesOf(name, rows.indexes, text);
  const kept = keptOf(sql, hanging, indexes);
  return {
    name,
    kind: type === 'view' ? 'view' : 'table',
    columns: rows.columns.map((column) => columnOf(column, numbered, text, typeOf)),
    primaryKey: key.length ? { name: text?.primaryKeyName ?? null, columns: key.map((each) => each.name) } : null,
    indexes,
    foreignKeys: keysOf(name, rows.keys, text),
    comment: null,
    ...(type === 'table' && kept ? { kept } : {}),
  };
}

type TypeReader = (declared: string) => Pick<Column, 'native' | 'type'>;

/** Types repeat a lot: each is read once. */
function typeReader(): TypeReader {
  const known = new Map<string, ReturnType<TypeReader>>();
  return (declared) => {
    const found = known.get(declared);
    if (found) return found;
    const native = normalise(declared);
    const read = { native, type: types.logical(native) };
    known.set(declared, read);
    return read;
  };
}

function columnOf(row: ColumnRow, numbered: boolean, text: TableText | null, typeOf: TypeReader): Column {
  const isKey = numbered && row.pk > 0;
  const own = isKey && text?.columns.some((each) => each.name === row.name && each.text.includes(BIGINT_MARK));
  const { native, type } = typeOf(own ? 'BIGINT' : row.type);
  return {
    name: row.name,
    type,
    native,
    nullable: row.notnull === 0 && !isKey,
    default: readDefault(row.dflt_value, type),
    generated: isKey ? 'increment' : row.hidden > 1 ? 'computed' : null,
    comment: null,
  };
}

/** Without the primary key's, and without those on expressions or a part of the rows. */
function indexesOf(table: string, rows: IndexRow[], text: TableText | null): Index[] {
  return [...Map.groupBy(rows, ({ idx }) => idx)].flatMap(([idx, parts]) => {
    const { origin, partial, unique } = parts[0]!;
    if (origin === 'pk' || partial || parts.some(({ name }) => name === null)) return [];
    const columns = parts.map(({ name }) => name!);
    return [{ name: origin === 'u' ? uniqueName(table, columns, text) : idx, columns, unique: unique === 1 }];
  });
}

/** SQLite numbers the indexes of unique constraints anew with every rebuild; a name made from the columns stays. */
function uniqueName(table: string, columns: string[], text: TableText | null): string {
  const declared = text?.uniques.find((each) => same(each.columns, columns))?.name;
  return declared ?? `${table}_${columns.join('_')}_key`;
}

function keysOf(table: string, rows: KeyRow[], text: TableText | null): ForeignKey[] {
  return [...Map.groupBy(rows, ({ id }) => id).values()].map((parts, position) => {
    const columns = parts.map(({ from }) => from);
    // SQLite lists them from the last to the first; the query turns that round
    const declared = text?.foreignKeys[position];
    const name = declared && same(declared.columns, columns) ? declared.name : null;
    return {
      name: name ?? `${table}_${columns.join('_')}_fkey`,
      columns,
      toSchema: null,
      toTable: parts[0]!.table,
      toColumns: parts.map(({ to }) => to ?? ''),
      onDelete: ACTIONS[parts[0]!.on_delete] ?? 'noAction',
      onUpdate: ACTIONS[parts[0]!.on_update] ?? 'noAction',
    };
  });
}

const ACTIONS: Record<string, ReferentialAction> = {
  RESTRICT: 'restrict',
  CASCADE: 'cascade',
  'SET NULL': 'setNull',
  'SET DEFAULT': 'setDefault',
  'NO ACTION': 'noAction',
};

/** The text of the table, then of every trigger and of the indexes that {@link Table} has no words for. */
function keptOf(sql: string | null, hanging: SchemaRow[], indexes: Index[]): string[] | null {
  if (!sql) return null;
  const known = new Set(indexes.map(({ name }) => name));
  const others = hanging.filter(({ type, name }) => type === 'trigger' || (type === 'index' && !known.has(name)));
  return [sql, ...others.flatMap((each) => each.sql ?? [])];
}

function grouped<R extends { tbl: string }>(rows: R[]): Map<string, R[]> {
  return Map.groupBy(rows, ({ tbl }) => tbl);
}

function same(a: string[], b: string[]): boolean {
  return a.length === b.length && a.every((name, index) => name.toLowerCase() === b[index]!.toLowerCase());
}
