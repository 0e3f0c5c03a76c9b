/**
 * One column from what it is to what it shall be. ALTER COLUMN refuses a column that an index, a key, a check or a default
 * holds on to (ALTER TABLE, "The modified column can't be …"), so those of the table go first and come back after it. Pure.
 */
import type { Column, Index, Table } from '../schema.ts';
import { setComment } from './ddl-comment.ts';
import {
  createIndex,
  dropDefault,
  dropIndex,
  dropJsonCheck,
  dropPrimaryKey,
  foreignKey,
  typeText,
} from './ddl-parts.ts';
import { writeDefault } from './defaults.ts';
import { jsonCheck } from './json-check.ts';
import { names, qualify, quote } from './quote.ts';

export function alterColumn(
  schema: string | null,
  bare: string,
  from: Column,
  to: Column,
  before: Table | null,
): string[] {
  const table = qualify(schema, bare);
  const rewritten = from.native !== to.native || from.nullable !== to.nullable;
  const defaultChanged = JSON.stringify(from.default) !== JSON.stringify(to.default);
  const hasDefault = (each: Column) => each.default !== null && each.generated === null;
  const held = rewritten && before ? holders(table, schema, before, from, to) : { off: [], on: [] };
  return [
    ...held.off,
    ...(hasDefault(from) && (rewritten || defaultChanged) ? [dropDefault(table, from.name)] : []),
    ...(rewritten && from.native === 'json' ? [dropJsonCheck(table, from.name)] : []),
    ...(rewritten
      ? [
          `alter table ${table} alter column ${quote(from.name)} ${typeText(to.native)} ${to.nullable ? 'null' : 'not null'}`,
        ]
      : []),
    ...(rewritten && to.native === 'json' ? [`alter table ${table} add ${jsonCheck(from.name)}`] : []),
    ...(hasDefault(to) && (rewritten || defaultChanged)
      ? [`alter table ${table} add default ${writeDefault(to.default!, to.type)} for ${quote(from.name)}`]
      : []),
    ...held.on,
    ...setComment({ schema, table: bare, column: from.name }, from.comment, to.comment),
  ];
}

/** What of the table stands on the column, as it is taken off and put back. */
function holders(table: string, schema: string | null, before: Table, from: Column, to: Column) {
  const has = (columns: string[]) => columns.includes(from.name);
  const key = before.primaryKey && has(before.primaryKey.columns) ? before.primaryKey : null;
  const indexes: Index[] = grows(from, to) ? [] : before.indexes.filter((index) => has(index.columns));
  const keys = before.foreignKeys.filter(
    (each) => has(each.columns) || (each.toTable === before.name && has(each.toColumns)),
  );
  const columns = before.columns.map((each) => (each.name === from.name ? { ...to, name: from.name } : each));
  return {
    off: [
      ...keys.map((each) => `alter table ${table} drop constraint ${quote(each.name)}`),
      ...indexes.map((index) => dropIndex(table, index)),
      ...(key ? [dropPrimaryKey(table, key.name)] : []),
    ],
    on: [
      ...(key
        ? [
            `alter table ${table} add ${key.name === null ? '' : `constraint ${quote(key.name)} `}primary key (${names(key.columns)})`,
          ]
        : []),
      ...indexes.map((index) => createIndex(table, index, columns)),
      ...keys.map((each) => `alter table ${table} add ${foreignKey(each, schema)}`),
    ],
  };
}

const VARIABLE = /^(?<name>varchar|nvarchar|varbinary)\((?<length>\d+)\)$/;

/** A text or binary that only gets longer: an index may stay. */
function grows(from: Column, to: Column): boolean {
  const [old, wanted] = [VARIABLE.exec(from.native)?.groups, VARIABLE.exec(to.native)?.groups];
  if (!old || !wanted || from.nullable !== to.nullable) return false;
  return old['name'] === wanted['name'] && Number(old['length']) <= Number(wanted['length']);
}
