/** Pure: a change of the schema as SQL. */
import { assertNever } from '#lib/core/assert-never.ts';
import type { DdlContext } from '../contract.ts';
import type { Change, Column, Statement, Table } from '../schema.ts';
import { columnSql, createTable, keptText } from './ddl-table.ts';
import { isConstant } from './defaults.ts';
import { createIndex, rebuild } from './rebuild.ts';
import { quote } from './spelling.ts';

export function ddl(change: Change, context: DdlContext): Statement[] {
  switch (change.kind) {
    case 'create-table':
      return [
        statement(createTable(change.table, change.table.name)),
        ...change.table.indexes.map((index) => statement(createIndex(change.table.name, index))),
      ];
    case 'drop-table':
      return [statement(`DROP TABLE ${quote(change.table)}`)];
    case 'rename-table':
      return [alter(change.table, `RENAME TO ${quote(change.to)}`)];
    case 'add-column':
      return addColumn(change.table, change.column, context);
    case 'drop-column':
      return dropColumn(change.column, standing(context));
    case 'rename-column':
      return [alter(change.table, `RENAME COLUMN ${quote(change.column)} TO ${quote(change.to)}`)];
    case 'alter-column':
      return alterColumn(change.from, change.to, standing(context));
    case 'create-index':
      return [statement(createIndex(change.table, change.index))];
    case 'drop-index':
      return dropIndex(change.index.name, change.index.columns, standing(context));
    case 'add-foreign-key':
      return remade(context, (table) => ({ foreignKeys: [...table.foreignKeys, change.foreignKey] }));
    case 'drop-foreign-key':
      return remade(context, (table) => ({
        foreignKeys: table.foreignKeys.filter(({ name }) => name !== change.foreignKey.name),
      }));
    case 'set-primary-key':
      return remade(context, () => ({ primaryKey: change.to.length ? { name: null, columns: change.to } : null }));
    case 'set-table-comment':
      // a capability that SQLite does not have
      return [];
    default:
      return assertNever(change);
  }
}

/** ADD COLUMN takes a constant default only, and no key. */
function addColumn(name: string, column: Column, context: DdlContext): Statement[] {
  const simple = column.generated === null && (!column.default || isConstant(column.default));
  if (simple) return [alter(name, `ADD COLUMN ${columnSql(column)}`)];
  return remade(context, (table) => ({ columns: [...table.columns, column] }));
}

function dropColumn(name: string, table: Table): Statement[] {
  const has = ({ columns }: { columns: string[] }) => columns.includes(name);
  const used = [table.primaryKey ?? { columns: [] }, ...table.indexes, ...table.foreignKeys].some(has);
  if (!used) return [alter(table.name, `DROP COLUMN ${quote(name)}`)];
  return rebuild(table, {
    ...table,
    columns: table.columns.filter((column) => column.name !== name),
    primaryKey: table.primaryKey && has(table.primaryKey) ? null : table.primaryKey,
    indexes: table.indexes.filter((index) => !has(index)),
    foreignKeys: table.foreignKeys.filter((key) => !has(key)),
  });
}

function alterColumn(from: Column, to: Column, table: Table): Statement[] {
  const onlyNull =
    JSON.stringify({ ...from, type: null, nullable: to.nullable }) === JSON.stringify({ ...to, type: null });
  if (onlyNull) {
    return [alter(table.name, `ALTER COLUMN ${quote(from.name)} ${to.nullable ? 'DROP' : 'SET'} NOT NULL`)];
  }
  return rebuild(table, { ...table, columns: table.columns.map((each) => (each.name === from.name ? to : each)) });
}

/** The index of a unique constraint goes only with the constraint, so with the table that has it. */
function dropIndex(name: string, columns: string[], table: Table): Statement[] {
  const constraint = keptText(table)?.uniques.some((each) => each.columns.join('\n') === columns.join('\n'));
  if (!constraint) return [statement(`DROP INDEX ${quote(name)}`)];
  return rebuild(table, { ...table, indexes: table.indexes.filter((index) => index.name !== name) });
}

function remade(context: DdlContext, part: (table: Table) => Partial<Table>): Statement[] {
  const table = standing(context);
  return rebuild(table, { ...table, ...part(table) });
}

function standing({ table }: DdlContext): Table {
  if (!table) throw new Error('a change of a table needs the table as it stands');
  return table;
}

function alter(table: string, what: string): Statement {
  return statement(`ALTER TABLE ${quote(table)} ${what}`);
}

function statement(sql: string): Statement {
  return { sql, parameters: [] };
}
