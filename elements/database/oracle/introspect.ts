/** What a schema holds, read set-wise: the same few catalog queries whatever the number of tables. */
import type { Row, Session } from '../contract.ts';
import type { Column, ForeignKey, Index, ReferentialAction, Schema, Statement, Table } from '../schema.ts';
import { CATALOG } from './catalog.ts';
import { readDefault } from './defaults.ts';
import { logicalOf, normalise } from './types.ts';

export async function introspect(
  session: Session,
  scope: { schema: string | null; tables?: string[] },
): Promise<Schema> {
  if (scope.tables?.length === 0) return { tables: [] };
  const schema = scope.schema ?? String((await session.run(CATALOG.here)).rows[0]?.['schema']);
  const catalogs = catalogQueries(schema, scope.tables);
  const rows = {} as Record<keyof typeof catalogs, Row[]>;
  for (const [name, statement] of Object.entries(catalogs) as [keyof typeof catalogs, Statement][]) {
    rows[name] = (await session.run(statement)).rows;
  }
  return build(rows, schema);
}

export function catalogQueries(schema: string, tables: string[] | undefined) {
  const query = (sql: string, name: string, order: string): Statement => ({
    sql: `${sql}${among(name, tables)} order by ${order}`,
    parameters: [schema, ...(tables ?? [])],
  });
  return {
    tables: query(
      `select table_name as "name", table_type as "type", comments as "comment" from all_tab_comments
        where owner = :1 and table_type in ('TABLE', 'VIEW') and table_name not like 'BIN$%'`,
      'table_name',
      'table_name',
    ),
    columns: query(
      `select c.table_name as "table", c.column_name as "name", c.data_type as "type", c.data_length as "bytes",
        c.char_length as "characters", c.char_used as "unit", c.data_precision as "precision", c.data_scale as "scale",
        c.nullable as "nullable", c.data_default as "default", c.identity_column as "numbered",
        c.virtual_column as "computed", d.comments as "comment"
        from all_tab_cols c left join all_col_comments d
        on d.owner = c.owner and d.table_name = c.table_name and d.column_name = c.column_name
        where c.hidden_column = 'NO' and c.owner = :1`,
      'c.table_name',
      'c.table_name, c.column_id',
    ),
    indexes: query(
      `select i.table_name as "table", i.index_name as "name", i.uniqueness as "uniqueness", i.index_type as "type",
        c.column_name as "column"
        from all_indexes i join all_ind_columns c on c.index_owner = i.owner and c.index_name = i.index_name
        where i.table_owner = :1`,
      'i.table_name',
      'i.table_name, i.index_name, c.column_position',
    ),
    constraints: query(
      `select k.table_name as "table", k.constraint_name as "name", k.constraint_type as "type", c.column_name as "column",
        k.index_name as "index", k.delete_rule as "onDelete", k.search_condition_vc as "check",
        r.owner as "toSchema", r.table_name as "toTable", rc.column_name as "toColumn"
        from all_constraints k
        join all_cons_columns c on c.owner = k.owner and c.constraint_name = k.constraint_name
        left join all_constraints r on r.owner = k.r_owner and r.constraint_name = k.r_constraint_name
        left join all_cons_columns rc on rc.owner = r.owner and rc.constraint_name = r.constraint_name
        and rc.position = c.position
        where k.constraint_type in ('P', 'U', 'R', 'C') and k.owner = :1`,
      'k.table_name',
      'k.table_name, k.constraint_name, c.position',
    ),
  };
}

function among(column: string, names: string[] | undefined): string {
  return names ? ` and ${column} in (${names.map((_, at) => `:${at + 2}`).join(', ')})` : '';
}

type Catalogs = Record<'tables' | 'columns' | 'indexes' | 'constraints', Row[]>;

function build(rows: Catalogs, schema: string): Schema {
  const columns = Map.groupBy(rows.columns, (row) => String(row['table']));
  const indexes = Map.groupBy(rows.indexes, (row) => String(row['table']));
  const constraints = Map.groupBy(rows.constraints, (row) => String(row['table']));
  return {
    tables: rows.tables.map((row): Table => {
      const name = String(row['name']);
      const view = row['type'] === 'VIEW';
      const own = constraints.get(name) ?? [];
      const json = jsonColumns(own);
      return {
        name,
        kind: view ? 'view' : 'table',
        columns: (columns.get(name) ?? []).map((column) => readColumn(column, json)),
        ...readIndexes(indexes.get(name) ?? [], own),
        foreignKeys: readForeignKeys(own, schema),
        comment: view ? null : text(row['comment']),
      };
    }),
  };
}

const text = (value: unknown) => (value === null || value === undefined || value === '' ? null : String(value));

/** Columns whose check says that they hold JSON. */
function jsonColumns(constraints: Row[]): Set<string> {
  const found = constraints.flatMap((row) => {
    const column = /^\s*"?([^"]+?)"?\s+is\s+json\b/i.exec(String(row['check'] ?? ''))?.[1];
    return row['type'] === 'C' && column !== undefined ? [column] : [];
  });
  return new Set(found);
}

function readColumn(row: Row, json: Set<string>): Column {
  const name = String(row['name']);
  const spelt = nativeText(row);
  const native = spelt === 'clob' && json.has(name) ? 'clob is json' : spelt;
  const type = logicalOf(native);
  const computed = row['computed'] === 'YES';
  const numbered = row['numbered'] === 'YES';
  return {
    name,
    type,
    native,
    nullable: row['nullable'] === 'Y',
    default: computed || numbered ? null : readDefault(text(row['default']), type),
    generated: computed ? 'computed' : numbered ? 'increment' : null,
    comment: text(row['comment']),
  };
}

/** The catalog keeps figures beside the name, but for clocks, where they are part of it. */
function nativeText(row: Row): string {
  const name = String(row['type']).toLowerCase();
  const [precision, scale] = [text(row['precision']), text(row['scale'])];
  switch (name) {
    case 'varchar2':
    case 'char':
      return `${name}(${row['characters']} ${row['unit'] === 'C' ? 'char' : 'byte'})`;
    case 'nvarchar2':
    case 'nchar':
      return `${name}(${row['characters']})`;
    case 'raw':
      return `raw(${row['bytes']})`;
    case 'float':
      return `float(${precision ?? 126})`;
    case 'number':
      if (precision === null) return scale === null ? 'number' : `number(38,${scale})`;
      return `number(${precision},${scale ?? 0})`;
    default:
      return normalise(name);
  }
}

/** Indexes over expressions, domain and bitmap ones are left out; that of the primary key is no index of its own here. */
function readIndexes(rows: Row[], constraints: Row[]): Pick<Table, 'primaryKey' | 'indexes'> {
  const key = constraints.filter((row) => row['type'] === 'P');
  const [first] = key;
  const indexes = [...Map.groupBy(rows, (row) => String(row['name']))].flatMap(([name, parts]): Index[] => {
    if (parts[0]?.['type'] !== 'NORMAL' || name === first?.['index']) return [];
    const unique = parts[0]['uniqueness'] === 'UNIQUE';
    return [{ name, columns: parts.map((part) => String(part['column'])), unique }];
  });
  const primaryKey = first ? { name: String(first['name']), columns: key.map((row) => String(row['column'])) } : null;
  return { primaryKey, indexes };
}

function readForeignKeys(constraints: Row[], schema: string): ForeignKey[] {
  const rows = constraints.filter((row) => row['type'] === 'R');
  return [...Map.groupBy(rows, (row) => String(row['name']))].map(([name, parts]) => {
    const first = parts[0] ?? {};
    return {
      name,
      columns: parts.map((part) => String(part['column'])),
      toSchema: first['toSchema'] === schema ? null : String(first['toSchema']),
      toTable: String(first['toTable']),
      toColumns: parts.map((part) => String(part['toColumn'])),
      onDelete: ACTIONS[String(first['onDelete'])] ?? 'noAction',
      onUpdate: 'noAction',
    };
  });
}

const ACTIONS: Record<string, ReferentialAction> = { CASCADE: 'cascade', 'SET NULL': 'setNull' };
