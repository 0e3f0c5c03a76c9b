/**
 * What a database holds, read set-wise: the same few catalog queries whatever the number of tables. Views of
 * `information_schema` are never joined on the server, which is what costs there; every column has an alias, because
 * MySQL gives upper-case names and MariaDB those that were typed.
 */
import type { Row, Session } from '../contract.ts';
import type { Column, ForeignKey, Index, ReferentialAction, Schema, Statement, Table } from '../schema.ts';
import { readDefault } from './defaults.ts';
import { logicalOf, normalise } from './types.ts';

type Scope = { database: string; tables: string[] | undefined };

export async function introspect(
  session: Session,
  mariadb: boolean,
  scope: { schema: string | null; tables?: string[] },
): Promise<Schema> {
  if (scope.tables?.length === 0) return { tables: [] };
  const database = scope.schema ?? (await currentDatabase(session));
  const catalogs = catalogQueries({ database, tables: scope.tables }, mariadb);
  const rows = {} as Record<keyof typeof catalogs, Row[]>;
  for (const [name, statement] of Object.entries(catalogs) as [keyof typeof catalogs, Statement][]) {
    rows[name] = (await session.run(statement)).rows;
  }
  return build(rows, database, mariadb);
}

async function currentDatabase(session: Session): Promise<string> {
  const { rows } = await session.run({ sql: 'SELECT database() AS name', parameters: [] });
  return String(rows[0]?.['name'] ?? '');
}

function catalogQueries(scope: Scope, mariadb: boolean) {
  const query = (columns: string, view: string, schema: string, table: string, order: string): Statement => ({
    sql: `SELECT ${columns} FROM information_schema.${view} WHERE ${schema} = ?${among(table, scope.tables)} ${order}`,
    parameters: [scope.database, ...(scope.tables ?? [])],
  });
  return {
    tables: query(
      'TABLE_NAME AS name, TABLE_TYPE AS type, TABLE_COMMENT AS comment',
      'TABLES',
      'TABLE_SCHEMA',
      'TABLE_NAME',
      'ORDER BY TABLE_NAME',
    ),
    columns: query(
      'TABLE_NAME AS `table`, COLUMN_NAME AS name, COLUMN_DEFAULT AS `default`, IS_NULLABLE AS nullable, ' +
        'COLUMN_TYPE AS type, EXTRA AS extra, COLUMN_COMMENT AS comment',
      'COLUMNS',
      'TABLE_SCHEMA',
      'TABLE_NAME',
      'ORDER BY TABLE_NAME, ORDINAL_POSITION',
    ),
    indexes: query(
      'TABLE_NAME AS `table`, INDEX_NAME AS name, COLUMN_NAME AS `column`, NON_UNIQUE AS shared, ' +
        'SUB_PART AS part, INDEX_TYPE AS type',
      'STATISTICS',
      'TABLE_SCHEMA',
      'TABLE_NAME',
      'ORDER BY TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX',
    ),
    keys: query(
      'TABLE_NAME AS `table`, CONSTRAINT_NAME AS name, COLUMN_NAME AS `column`, ' +
        'REFERENCED_TABLE_SCHEMA AS toSchema, REFERENCED_TABLE_NAME AS toTable, REFERENCED_COLUMN_NAME AS toColumn',
      'KEY_COLUMN_USAGE',
      'REFERENCED_TABLE_NAME IS NOT NULL AND TABLE_SCHEMA',
      'TABLE_NAME',
      'ORDER BY TABLE_NAME, CONSTRAINT_NAME, ORDINAL_POSITION',
    ),
    actions: query(
      'TABLE_NAME AS `table`, CONSTRAINT_NAME AS name, DELETE_RULE AS onDelete, UPDATE_RULE AS onUpdate',
      'REFERENTIAL_CONSTRAINTS',
      'CONSTRAINT_SCHEMA',
      'TABLE_NAME',
      '',
    ),
    // MariaDB keeps JSON as a text with a check; MySQL has a type for it.
    ...(mariadb && {
      checks: query(
        'TABLE_NAME AS `table`, CHECK_CLAUSE AS clause',
        'CHECK_CONSTRAINTS',
        'CONSTRAINT_SCHEMA',
        'TABLE_NAME',
        '',
      ),
    }),
  };
}

function among(column: string, names: string[] | undefined): string {
  return names ? ` AND ${column} IN (${names.map(() => '?').join(', ')})` : '';
}

type Catalogs = Partial<Record<'tables' | 'columns' | 'indexes' | 'keys' | 'actions' | 'checks', Row[]>>;

function build(rows: Catalogs, database: string, mariadb: boolean): Schema {
  const read = columnReader(jsonColumns(rows.checks ?? []), mariadb);
  const columns = Map.groupBy(rows.columns ?? [], (row) => String(row['table']));
  const indexes = Map.groupBy(rows.indexes ?? [], (row) => String(row['table']));
  const keys = Map.groupBy(rows.keys ?? [], (row) => String(row['table']));
  const actions = new Map((rows.actions ?? []).map((row) => [`${row['table']}\0${row['name']}`, row]));
  const tables = (rows.tables ?? []).filter((row) => row['type'] !== 'SEQUENCE');
  return {
    tables: tables.map((row): Table => {
      const name = String(row['name']);
      const view = String(row['type']).endsWith('VIEW');
      const foreignKeys = readForeignKeys(keys.get(name) ?? [], actions, database);
      return {
        name,
        kind: view ? 'view' : 'table',
        columns: (columns.get(name) ?? []).map(read),
        ...readIndexes(indexes.get(name) ?? [], foreignKeys),
        foreignKeys,
        comment: view ? null : text(row['comment']),
      };
    }),
  };
}

const text = (value: unknown) => (value === null || value === undefined || value === '' ? null : String(value));

/** `table\0column` of every column whose check is `json_valid` of itself */
function jsonColumns(checks: Row[]): Set<string> {
  const found = checks.flatMap((row) => {
    const column = /^json_valid\(`((?:[^`]|``)+)`\)$/i.exec(String(row['clause']))?.[1];
    return column === undefined ? [] : [`${row['table']}\0${column.replaceAll('``', '`')}`];
  });
  return new Set(found);
}

type ColumnReader = (row: Row) => Column;

/** Types and what is said beside them repeat a lot: each is read once. */
function columnReader(json: Set<string>, mariadb: boolean): ColumnReader {
  const types = new Map<string, Pick<Column, 'native' | 'type'>>();
  const typeOf = (spelling: string, isJson: boolean) => {
    const key = `${isJson} ${spelling}`;
    const known = types.get(key);
    if (known) return known;
    const spelled = normalise(spelling);
    const native = spelled === 'longtext' && isJson ? 'json' : spelled;
    const read = { native, type: logicalOf(native) };
    types.set(key, read);
    return read;
  };
  const extras = new Map<string, ReturnType<typeof readExtra>>();
  const extraOf = (text: string) => {
    const read = extras.get(text) ?? readExtra(text.toUpperCase());
    extras.set(text, read);
    return read;
  };
  return (row) => {
    const name = String(row['name']);
    const { native, type } = typeOf(String(row['type']), json.size > 0 && json.has(`${row['table']}\0${name}`));
    const { generated, expression } = extraOf(String(row['extra']));
    const written = { text: text0(row['default']), expression, mariadb };
    return {
      name,
      type,
      native,
      nullable: row['nullable'] === 'YES',
      default: generated === 'computed' ? null : readDefault(written, type),
      generated,
      comment: text(row['comment']),
    };
  };
}

function readExtra(extra: string): { generated: Column['generated']; expression: boolean } {
  const computed = /\b(VIRTUAL|STORED|PERSISTENT) GENERATED\b|\bVIRTUAL\b|\bPERSISTENT\b/.test(extra);
  return {
    generated: computed ? 'computed' : extra.includes('AUTO_INCREMENT') ? 'increment' : null,
    expression: extra.includes('DEFAULT_GENERATED'),
  };
}

const text0 = (value: unknown) => (value === null || value === undefined ? null : String(value));

/** Indexes over expressions or the beginning of a column, full-text and spatial ones are left out. */
function readIndexes(rows: Row[], foreignKeys: ForeignKey[]): Pick<Table, 'primaryKey' | 'indexes'> {
  const found = [...Map.groupBy(rows, (row) => String(row['name']))].flatMap(([name, parts]): Index[] => {
    const plain = parts.every((part) => part['column'] !== null && part['part'] === null && isPlain(part['type']));
    if (!plain) return [];
    return [{ name, columns: parts.map((part) => String(part['column'])), unique: Number(parts[0]?.['shared']) === 0 }];
  });
  const primary = found.find((index) => index.name === 'PRIMARY');
  return {
    primaryKey: primary ? { name: null, columns: primary.columns } : null,
    indexes: found.filter((index) => index !== primary && !isImplied(index, foreignKeys)),
  };
}

const isPlain = (type: unknown) => type === 'BTREE' || type === 'HASH';

/** InnoDB makes an index under the name of a foreign key that has none of its own. */
function isImplied(index: Index, foreignKeys: ForeignKey[]): boolean {
  const key = foreignKeys.find((each) => each.name === index.name);
  return key !== undefined && !index.unique && key.columns.join('\0') === index.columns.join('\0');
}

function readForeignKeys(rows: Row[], actions: Map<string, Row>, database: string): ForeignKey[] {
  return [...Map.groupBy(rows, (row) => String(row['name']))].map(([name, parts]) => {
    const first = parts[0] ?? {};
    const rule = actions.get(`${first['table']}\0${name}`) ?? {};
    return {
      name,
      columns: parts.map((part) => String(part['column'])),
      toSchema: first['toSchema'] === database ? null : String(first['toSchema']),
      toTable: String(first['toTable']),
      toColumns: parts.map((part) => String(part['toColumn'])),
      onDelete: ACTIONS[String(rule['onDelete'])] ?? 'noAction',
      onUpdate: ACTIONS[String(rule['onUpdate'])] ?? 'noAction',
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
