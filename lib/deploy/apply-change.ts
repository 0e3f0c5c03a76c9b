import { assertNever } from '#lib/core/assert-never.ts';
import type { Change, Column, ForeignKey, Index, Schema, Table } from '#elements/database/schema.ts';

/** A schema under change, by table name. Tables are replaced, never altered in place, so that a reader keeps what it took. */
export type Shape = Map<string, Table>;

export function shapeOf(schema: Schema): Shape {
  return new Map(schema.tables.map((table) => [table.name, table]));
}

const renamed = (names: string[], from: string, to: string): string[] =>
  names.map((name) => (name === from ? to : name));

/** What a database's schema is after `change`, so that the next change is spelt against the table as it then stands. */
export function applyChange(shape: Shape, change: Change): void {
  switch (change.kind) {
    case 'create-table':
      shape.set(change.table.name, change.table);
      return;
    case 'drop-table':
      shape.delete(change.table);
      return;
    case 'rename-table':
      return renameTable(shape, change.table, change.to);
    case 'rename-column':
      return renameColumn(shape, change.table, change.column, change.to);
    case 'set-table-comment':
      return edit(shape, change.table, () => ({ comment: change.comment }));
    case 'add-column':
      return edit(shape, change.table, (table) => ({ columns: [...table.columns, change.column] }));
    case 'drop-column':
      return edit(shape, change.table, (table) => dropColumn(table, change.column));
    case 'alter-column':
      return edit(shape, change.table, (table) => ({ columns: swap(table.columns, change.from.name, change.to) }));
    case 'create-index':
      return edit(shape, change.table, (table) => ({ indexes: [...table.indexes, change.index] }));
    case 'drop-index':
      return edit(shape, change.table, (table) => ({ indexes: without(table.indexes, change.index.name) }));
    case 'add-foreign-key':
      return edit(shape, change.table, (table) => ({ foreignKeys: [...table.foreignKeys, change.foreignKey] }));
    case 'drop-foreign-key':
      return edit(shape, change.table, (table) => ({
        foreignKeys: without(table.foreignKeys, change.foreignKey.name),
      }));
    case 'set-primary-key':
      return edit(shape, change.table, (table) => ({
        primaryKey: change.to.length === 0 ? null : { name: table.primaryKey?.name ?? null, columns: change.to },
      }));
    default:
      assertNever(change);
  }
}

function edit(shape: Shape, name: string, part: (table: Table) => Partial<Table>): void {
  const table = shape.get(name);
  if (table) shape.set(name, { ...table, ...part(table) });
}

const swap = (columns: Column[], name: string, to: Column): Column[] =>
  columns.map((column) => (column.name === name ? to : column));

const without = <T extends { name: string }>(all: T[], name: string): T[] => all.filter((each) => each.name !== name);

function dropColumn(table: Table, column: string): Partial<Table> {
  const keeps = (each: Index | ForeignKey): boolean => !each.columns.includes(column);
  return {
    columns: without(table.columns, column),
    indexes: table.indexes.filter(keeps),
    foreignKeys: table.foreignKeys.filter(keeps),
  };
}

function renameTable(shape: Shape, from: string, to: string): void {
  const table = shape.get(from);
  if (!table) return;
  shape.delete(from);
  shape.set(to, { ...table, name: to });
  for (const each of shape.values()) {
    if (!each.foreignKeys.some((key) => key.toTable === from)) continue;
    const foreignKeys = each.foreignKeys.map((key) => (key.toTable === from ? { ...key, toTable: to } : key));
    shape.set(each.name, { ...each, foreignKeys });
  }
}

function renameColumn(shape: Shape, tableName: string, from: string, to: string): void {
  edit(shape, tableName, (table) => ({
    columns: table.columns.map((column) => (column.name === from ? { ...column, name: to } : column)),
    primaryKey: table.primaryKey && { ...table.primaryKey, columns: renamed(table.primaryKey.columns, from, to) },
    indexes: table.indexes.map((index) => ({ ...index, columns: renamed(index.columns, from, to) })),
    foreignKeys: table.foreignKeys.map((key) => ({ ...key, columns: renamed(key.columns, from, to) })),
  }));
  for (const each of shape.values()) {
    if (!each.foreignKeys.some((key) => key.toTable === tableName)) continue;
    const foreignKeys = each.foreignKeys.map((key) =>
      key.toTable === tableName ? { ...key, toColumns: renamed(key.toColumns, from, to) } : key,
    );
    shape.set(each.name, { ...each, foreignKeys });
  }
}
