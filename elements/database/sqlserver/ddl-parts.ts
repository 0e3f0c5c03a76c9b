/** The pieces that DDL is made of: columns, indexes, keys, and dropping what has a name of the server's choice. Pure. */
import type { Column, ForeignKey, Index, ReferentialAction } from '../schema.ts';
import { writeDefault } from './defaults.ts';
import { jsonCheck, spelled } from './json-check.ts';
import { literal, names, qualify, quote } from './quote.ts';

/** `null` is said aloud: without it the database's own settings decide. A computed column keeps its expression as its default. */
export function column({ name, type, native, nullable, default: value, generated }: Column): string {
  if (generated === 'computed' && value) return `${quote(name)} as ${writeDefault(value, type)} persisted`;
  const parts = [quote(name), typeText(native)];
  if (generated === 'increment') parts.push('identity(1,1)');
  parts.push(nullable ? 'null' : 'not null');
  if (native === 'json') parts.push(jsonCheck(name));
  if (value && generated === null) parts.push(`default ${writeDefault(value, type)}`);
  return parts.join(' ');
}

/** A model may name any type of the server, and nothing but a type. */
export function typeText(native: string): string {
  if (!/^[\w ".,()[\]]+$/.test(native)) throw new Error(`${native} is not the name of a type`);
  return spelled(native);
}

/**
 * The server counts nulls as equal in a unique index; a filter leaves them out, as everywhere else (CREATE INDEX,
 * "filtered indexes"). Introspection knows that filter again.
 */
export function createIndex(table: string, { name, columns, unique }: Index, of: Column[]): string {
  const nullable = columns.filter((each) => of.find((known) => known.name === each)?.nullable);
  const filter = unique ? nullable.map((each) => `${quote(each)} is not null`) : [];
  return (
    `create ${unique ? 'unique ' : ''}index ${quote(name)} on ${table} (${names(columns)})` +
    (filter.length > 0 ? ` where ${filter.join(' and ')}` : '')
  );
}

/** A unique index may be that of a constraint, which then has to be dropped instead. */
export function dropIndex(table: string, { name, unique }: Index): string {
  const drop = `drop index ${quote(name)} on ${table}`;
  if (!unique) return drop;
  const where = `parent_object_id = object_id(${literal(table)}) and name = ${literal(name)}`;
  return (
    `if exists (select 1 from sys.key_constraints where ${where})\n` +
    `  alter table ${table} drop constraint ${quote(name)}\nelse\n  ${drop}`
  );
}

const ACTIONS: Record<ReferentialAction, string> = {
  restrict: 'no action',
  cascade: 'cascade',
  setNull: 'set null',
  setDefault: 'set default',
  noAction: 'no action',
};

/** There is no `restrict`; `no action` is checked at the end of the statement, which is as soon. */
export function foreignKey(key: ForeignKey, schema: string | null): string {
  const target = qualify(key.toSchema ?? schema, key.toTable);
  return (
    `constraint ${quote(key.name)} foreign key (${names(key.columns)}) references ${target} (${names(key.toColumns)}) ` +
    `on delete ${ACTIONS[key.onDelete]} on update ${ACTIONS[key.onUpdate]}`
  );
}

/** Runs `alter table … drop constraint` for each name that the query finds; none is fine. */
const dropFound = (table: string, from: string) =>
  `declare @drop nvarchar(max) = N'';\n` +
  `select @drop += ${literal(`alter table ${table} drop constraint `)} + quotename(c.name) + N';' ${from};\n` +
  `exec sys.sp_executesql @drop`;

export function dropDefault(table: string, name: string): string {
  return dropFound(
    table,
    `from sys.default_constraints c join sys.columns k on k.object_id = c.parent_object_id and k.column_id = c.parent_column_id ` +
      `where c.parent_object_id = object_id(${literal(table)}) and k.name = ${literal(name)}`,
  );
}

export function dropJsonCheck(table: string, name: string): string {
  return dropFound(
    table,
    `from sys.check_constraints c where c.parent_object_id = object_id(${literal(table)}) ` +
      `and charindex(N'isjson', c.definition) > 0 and charindex(${literal(quote(name))}, c.definition) > 0`,
  );
}

/** @param name null: not known, so it is looked up */
export function dropPrimaryKey(table: string, name: string | null): string {
  if (name !== null) return `alter table ${table} drop constraint ${quote(name)}`;
  return dropFound(
    table,
    `from sys.key_constraints c where c.parent_object_id = object_id(${literal(table)}) and c.type = 'PK'`,
  );
}
