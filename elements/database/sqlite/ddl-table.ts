import type { Column, ForeignKey, ReferentialAction, Table } from '../schema.ts';
import { readCreateTable } from './create-table-text.ts';
import type { TableText } from './create-table-text.ts';
import { writeDefault } from './defaults.ts';
import { quote } from './spelling.ts';

/** Only INTEGER can be numbered by SQLite; the mark keeps that a bigint was asked for. Values are the same. */
export const BIGINT_MARK = '/* BIGINT */';

const ACTIONS: Record<ReferentialAction, string> = {
  restrict: 'RESTRICT',
  cascade: 'CASCADE',
  setNull: 'SET NULL',
  setDefault: 'SET DEFAULT',
  noAction: 'NO ACTION',
};

/**
 * CREATE TABLE of a table that is new, or that is made anew: then `was` gives the parts that {@link Table} has no words for
 * (checks, collations, computed columns).
 */
export function createTable(table: Table, name: string, was?: TableText): string {
  const numbered = table.columns.some((column) => isNumbered(column, table));
  const parts = table.columns.map((column) => {
    const before = was?.columns.find((each) => each.name.toLowerCase() === column.name.toLowerCase());
    // how a column is computed only its text tells
    if (before && column.generated === 'computed') return before.text;
    return [columnSql(column, table), ...(before?.extras ?? [])].join(' ');
  });
  if (table.primaryKey && !numbered) parts.push(primaryKeySql(table.primaryKey));
  parts.push(...table.foreignKeys.map(foreignKeySql), ...(was?.checks ?? []));
  const options = was?.options ? ` ${was.options}` : '';
  return `CREATE TABLE ${quote(name)} (\n  ${parts.join(',\n  ')}\n)${options}`;
}

/** A column as ADD COLUMN and CREATE TABLE take it. */
export function columnSql(column: Column, table: Table | null = null): string {
  const name = quote(column.name);
  if (isNumbered(column, table)) {
    const key = table?.primaryKey?.name ? `CONSTRAINT ${quote(table.primaryKey.name)} ` : '';
    const mark = column.native === 'BIGINT' ? ` ${BIGINT_MARK}` : '';
    return `${name} INTEGER${mark} NOT NULL ${key}PRIMARY KEY AUTOINCREMENT`;
  }
  // INTEGER as the only column of the key would be numbered by SQLite; INT is the same type and is not
  const alone = column.native === 'INTEGER' && table?.primaryKey?.columns.join('\n') === column.name;
  const type = alone ? 'INT' : column.native;
  const nothing = column.nullable ? '' : ' NOT NULL';
  const value = column.default ? ` DEFAULT ${writeDefault(column.default, column.type)}` : '';
  return `${name}${type && ` ${type}`}${nothing}${value}`;
}

/** SQLite numbers the column that is the whole primary key, and no other. */
export function isNumbered(column: Column, table: Table | null): boolean {
  const key = table?.primaryKey?.columns;
  return column.generated === 'increment' && key?.length === 1 && key[0] === column.name;
}

function primaryKeySql({ name, columns }: NonNullable<Table['primaryKey']>): string {
  const constraint = name ? `CONSTRAINT ${quote(name)} ` : '';
  return `${constraint}PRIMARY KEY (${columns.map(quote).join(', ')})`;
}

function foreignKeySql({ name, columns, toTable, toColumns, onDelete, onUpdate }: ForeignKey): string {
  const from = columns.map(quote).join(', ');
  const to = `${quote(toTable)} (${toColumns.map(quote).join(', ')})`;
  return `CONSTRAINT ${quote(name)} FOREIGN KEY (${from}) REFERENCES ${to} ON DELETE ${ACTIONS[onDelete]} ON UPDATE ${ACTIONS[onUpdate]}`;
}

/** The text of a table as introspection kept it. */
export function keptText(table: Table): TableText | undefined {
  return table.kept?.[0] ? readCreateTable(table.kept[0]) : undefined;
}
