/**
 * The SQL of one change. Nothing here is transactional: each statement stands on its own. A modified column is
 * written whole, because `MODIFY` forgets what it is not told. Pure.
 */
import { assertNever } from '#lib/core/assert-never.ts';
import type { DdlContext } from '../contract.ts';
import type { Change, Column, ForeignKey, Index, ReferentialAction, Statement, Table } from '../schema.ts';
import { writeDefault } from './defaults.ts';
import { quoteName, quoteText } from './spelling.ts';

export function ddl(change: Change, context: DdlContext): Statement[] {
  return sqlOf(change, context.table).map((sql) => ({ sql, parameters: [] }));
}

function sqlOf(change: Change, table: Table | null): string[] {
  const alter = `ALTER TABLE ${quoteName(change.kind === 'create-table' ? change.table.name : change.table)}`;
  switch (change.kind) {
    case 'create-table':
      return [createTable(change.table)];
    case 'drop-table':
      return [`DROP TABLE ${quoteName(change.table)}`];
    case 'rename-table':
      return [`RENAME TABLE ${quoteName(change.table)} TO ${quoteName(change.to)}`];
    case 'add-column':
      return [`${alter} ADD COLUMN ${columnDefinition(change.column)}${keyOfIncrement(change.column, table)}`];
    case 'drop-column':
      return [`${alter} DROP COLUMN ${quoteName(change.column)}`];
    case 'rename-column':
      return [`${alter} RENAME COLUMN ${quoteName(change.column)} TO ${quoteName(change.to)}`];
    case 'alter-column':
      return [
        `${alter} MODIFY COLUMN ${columnDefinition({ ...change.to, name: change.from.name })}${keyOfIncrement({ ...change.to, name: change.from.name }, table)}`,
      ];
    case 'create-index':
      return [`${alter} ADD ${indexDefinition(change.index)}`];
    case 'drop-index':
      return [`${alter} DROP INDEX ${quoteName(change.index.name)}`];
    case 'add-foreign-key':
      return [`${alter} ADD ${foreignKeyDefinition(change.foreignKey)}`];
    case 'drop-foreign-key':
      // An index that InnoDB made for the key stays, and shows from then on.
      return [`${alter} DROP FOREIGN KEY ${quoteName(change.foreignKey.name)}`];
    case 'set-primary-key':
      return [`${alter} ${primaryKeyActions(change.from, change.to, table)}`];
    case 'set-table-comment':
      return [`${alter} COMMENT = ${quoteText(change.comment ?? '')}`];
    default:
      return assertNever(change);
  }
}

/** Without a character set of its own: text follows the database's collation, in joins with its other tables too. */
function createTable(table: Table): string {
  const parts = [
    ...table.columns.map(columnDefinition),
    ...(table.primaryKey ? [`PRIMARY KEY (${names(table.primaryKey.columns)})`] : []),
    ...table.indexes.map(indexDefinition),
    ...table.foreignKeys.map(foreignKeyDefinition),
    ...keysOfIncrements(table),
  ];
  const comment = table.comment === null ? '' : ` COMMENT = ${quoteText(table.comment)}`;
  return `CREATE TABLE ${quoteName(table.name)} (\n  ${parts.join(',\n  ')}\n) ENGINE = InnoDB${comment}`;
}

/** An AUTO_INCREMENT column must be the first column of some key. */
function keysOfIncrements(table: Table): string[] {
  const leads = new Set([table.primaryKey?.columns[0], ...table.indexes.map((index) => index.columns[0])]);
  return table.columns
    .filter((column) => column.generated === 'increment' && !leads.has(column.name))
    .map((column) => `UNIQUE KEY (${quoteName(column.name)})`);
}

/** Never the primary key: that is a change of its own. */
function keyOfIncrement(column: Column, table: Table | null): string {
  const led =
    table?.primaryKey?.columns[0] === column.name || table?.indexes.some((index) => index.columns[0] === column.name);
  return column.generated === 'increment' && !led ? `, ADD UNIQUE KEY (${quoteName(column.name)})` : '';
}

/** `NULL` is said aloud: a timestamp without it is NOT NULL with a default of its own on older servers. */
function columnDefinition(column: Column): string {
  const parts = [quoteName(column.name), column.native, column.nullable ? 'NULL' : 'NOT NULL'];
  if (column.generated === 'increment') parts.push('AUTO_INCREMENT');
  else if (column.default) parts.push(`DEFAULT ${writeDefault(column.default, column.type)}`);
  if (column.comment !== null) parts.push(`COMMENT ${quoteText(column.comment)}`);
  return parts.join(' ');
}

function indexDefinition(index: Index): string {
  return `${index.unique ? 'UNIQUE ' : ''}INDEX ${quoteName(index.name)} (${names(index.columns)})`;
}

function foreignKeyDefinition(key: ForeignKey): string {
  const target =
    key.toSchema === null ? quoteName(key.toTable) : `${quoteName(key.toSchema)}.${quoteName(key.toTable)}`;
  return (
    `CONSTRAINT ${quoteName(key.name)} FOREIGN KEY (${names(key.columns)}) REFERENCES ${target} (${names(key.toColumns)})` +
    ` ON DELETE ${ACTIONS[key.onDelete]} ON UPDATE ${ACTIONS[key.onUpdate]}`
  );
}

const ACTIONS: Record<ReferentialAction, string> = {
  restrict: 'RESTRICT',
  cascade: 'CASCADE',
  setNull: 'SET NULL',
  setDefault: 'SET DEFAULT',
  noAction: 'NO ACTION',
};

/** A numbered column that leads no key any more would be refused, so it gets one. */
function primaryKeyActions(from: string[], to: string[], table: Table | null): string {
  const left = table && { ...table, primaryKey: { name: null, columns: to } };
  const actions = [
    ...(from.length > 0 ? ['DROP PRIMARY KEY'] : []),
    ...(to.length > 0 ? [`ADD PRIMARY KEY (${names(to)})`] : []),
  ];
  return actions.join(', ') + (table?.columns ?? []).map((column) => keyOfIncrement(column, left)).join('');
}

const names = (columns: string[]) => columns.map(quoteName).join(', ');
