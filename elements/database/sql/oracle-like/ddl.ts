/**
 * Each change as SQL of Oracle's family. Each statement commits, so each stands on its own. What is unique is a
 * constraint: a foreign key can not point to a mere unique index (ORA-02270). Pure.
 */
import { assertNever } from '#lib/core/assert-never.ts';
import type { DdlContext } from '../../contract.ts';
import type { Change, Column, ForeignKey, Index, ReferentialAction, Statement, Table } from '../../schema.ts';
import type { OracleLike } from './dialect.ts';
import { literal, qualify, quote } from './quote.ts';
import { remakeColumn } from './remake-column.ts';

export function writeDdl(change: Change, context: DdlContext, dialect: OracleLike): Statement[] {
  return sqlOf(change, context, dialect).map((sql) => ({ sql, parameters: [] }));
}

function sqlOf(change: Change, { schema, table: before }: DdlContext, dialect: OracleLike): string[] {
  const named = (name: string) => qualify(schema, name);
  switch (change.kind) {
    case 'create-table':
      return createTable(change.table, schema, dialect);
    case 'drop-table':
      return [`drop table ${named(change.table)}`];
    case 'rename-table':
      return [`alter table ${named(change.table)} rename to ${quote(change.to)}`];
    case 'add-column':
      return [
        `alter table ${named(change.table)} add ${columnDefinition(change.column, dialect)}`,
        ...columnComments(named(change.table), [change.column]),
      ];
    case 'drop-column':
      return [`alter table ${named(change.table)} drop column ${quote(change.column)} cascade constraints`];
    case 'rename-column':
      return [`alter table ${named(change.table)} rename column ${quote(change.column)} to ${quote(change.to)}`];
    case 'alter-column':
      return alterColumn(change, schema, before, dialect);
    case 'create-index':
      return [createIndex(schema, change.table, change.index)];
    case 'drop-index':
      return [
        change.index.unique
          ? `alter table ${named(change.table)} drop constraint ${quote(change.index.name)} drop index`
          : `drop index ${named(change.index.name)}`,
      ];
    case 'add-foreign-key':
      return [`alter table ${named(change.table)} add ${foreignKey(change.foreignKey, schema)}`];
    case 'drop-foreign-key':
      return [`alter table ${named(change.table)} drop constraint ${quote(change.foreignKey.name)}`];
    case 'set-primary-key':
      return [
        ...(change.from.length > 0 ? [`alter table ${named(change.table)} drop primary key`] : []),
        ...(change.to.length > 0 ? [`alter table ${named(change.table)} add primary key (${names(change.to)})`] : []),
      ];
    case 'set-table-comment':
      return [`comment on table ${named(change.table)} is ${literal(change.comment ?? '')}`];
    default:
      return assertNever(change);
  }
}

function createTable(table: Table, schema: string | null, dialect: OracleLike): string[] {
  const name = qualify(schema, table.name);
  const unique = table.indexes.filter((index) => index.unique);
  const parts = [
    ...table.columns.map((column) => columnDefinition(column, dialect)),
    ...(table.primaryKey ? [`primary key (${names(table.primaryKey.columns)})`] : []),
    ...unique.map(uniqueConstraint),
    ...table.foreignKeys.map((key) => foreignKey(key, schema)),
  ];
  return [
    `create table ${name} (\n  ${parts.join(',\n  ')}\n)`,
    ...table.indexes.filter((index) => !index.unique).map((index) => createIndex(schema, table.name, index)),
    ...(table.comment === null ? [] : [`comment on table ${name} is ${literal(table.comment)}`]),
    ...columnComments(name, table.columns),
  ];
}

/** In the order that the grammar of `column_definition` wants: type, default or identity, constraints. */
function columnDefinition(column: Column, dialect: OracleLike): string {
  const { type, check } = dialect.columnType(column);
  const parts = [quote(column.name), type];
  if (column.generated === 'increment') parts.push(dialect.identity);
  else if (column.default) parts.push(`default ${dialect.presetOf(column.default, column.type)}`);
  if (!column.nullable) parts.push('not null');
  if (check !== null) parts.push(`check (${check})`);
  return parts.join(' ');
}

function alterColumn(
  { table, from, to }: Extract<Change, { kind: 'alter-column' }>,
  schema: string | null,
  before: Table | null,
  dialect: OracleLike,
): string[] {
  const name = qualify(schema, table);
  if (from.native !== to.native && !dialect.modifies(from.native, to.native)) {
    const definition = (column: Column) => columnDefinition(column, dialect);
    return [
      ...remakeColumn(name, from, to, before, { definition, converted: dialect.converted }),
      ...remadeIndexes(schema, table, to.name, before),
      ...columnComments(name, [to]),
    ];
  }
  // `modify` keeps what it is not told, and refuses to be told what is so already (ORA-01442, ORA-01451)
  const parts = [
    ...(from.native === to.native ? [] : [dialect.columnType(to).type]),
    ...(JSON.stringify(from.default) === JSON.stringify(to.default) || to.generated !== null
      ? []
      : [`default ${to.default ? dialect.presetOf(to.default, to.type) : 'null'}`]),
    ...(from.nullable === to.nullable ? [] : [to.nullable ? 'null' : 'not null']),
  ];
  return [
    ...(parts.length > 0 ? [`alter table ${name} modify ${quote(to.name)} ${parts.join(' ')}`] : []),
    ...(from.comment === to.comment
      ? []
      : [`comment on column ${name}.${quote(to.name)} is ${literal(to.comment ?? '')}`]),
  ];
}

/** A column takes its key and its indexes along when it is dropped; foreign keys over it are changes of their own. */
function remadeIndexes(schema: string | null, table: string, column: string, before: Table | null): string[] {
  const key = before?.primaryKey?.columns ?? [];
  const indexes = (before?.indexes ?? []).filter((index) => index.columns.includes(column));
  return [
    ...(key.includes(column) ? [`alter table ${qualify(schema, table)} add primary key (${names(key)})`] : []),
    ...indexes.map((index) => createIndex(schema, table, index)),
  ];
}

function createIndex(schema: string | null, table: string, index: Index): string {
  return index.unique
    ? `alter table ${qualify(schema, table)} add ${uniqueConstraint(index)}`
    : `create index ${qualify(schema, index.name)} on ${qualify(schema, table)} (${names(index.columns)})`;
}

const uniqueConstraint = ({ name, columns }: Index) => `constraint ${quote(name)} unique (${names(columns)})`;

/** No word at all is Oracle's own way to refuse a delete; `check-model` lets nothing through that has none. */
const ON_DELETE: Partial<Record<ReferentialAction, string>> = {
  restrict: '',
  noAction: '',
  cascade: ' on delete cascade',
  setNull: ' on delete set null',
};

function foreignKey(key: ForeignKey, schema: string | null): string {
  const onDelete = ON_DELETE[key.onDelete];
  if (onDelete === undefined || (key.onUpdate !== 'noAction' && key.onUpdate !== 'restrict')) {
    throw new Error(`${key.name}: on delete ${key.onDelete}, on update ${key.onUpdate} can not be spelt here`);
  }
  const target = qualify(key.toSchema ?? schema, key.toTable);
  return (
    `constraint ${quote(key.name)} foreign key (${names(key.columns)}) ` +
    `references ${target} (${names(key.toColumns)})${onDelete}`
  );
}

function columnComments(table: string, columns: Column[]): string[] {
  return columns
    .filter((each) => each.comment !== null)
    .map((each) => `comment on column ${table}.${quote(each.name)} is ${literal(each.comment ?? '')}`);
}

const names = (columns: string[]) => columns.map(quote).join(', ');
