import type { Statement, Table } from '../schema.ts';
import { createTable, isNumbered, keptText } from './ddl-table.ts';
import { literal, quote } from './spelling.ts';

/**
 * Makes a table anew, since ALTER TABLE of SQLite can not: manual, ALTER TABLE, section 7. Rows keep their row ids, the counter of
 * numbered keys goes on, triggers and indexes come back. It must run in one transaction, begun by this engine's session: the session
 * lets go of foreign keys until the commit and checks them then. The first statement refuses to go on otherwise,
 * and where the table is not the one that was planned on.
 */
export function rebuild(was: Table, wanted: Table): Statement[] {
  const made = `mooring_rebuild_${was.name}`;
  const text = keptText(was);
  const both = wanted.columns.filter(
    ({ name, generated }) => generated !== 'computed' && was.columns.some((column) => column.name === name),
  );
  const numbered = wanted.columns.some((column) => isNumbered(column, wanted));
  return [
    guard(was),
    // rename neither reads nor rewrites views and triggers then: they name the table that comes back
    'PRAGMA legacy_alter_table = ON',
    createTable(wanted, made, text),
    copy(was, made, [...rowId(was, text?.options), ...both.map(({ name }) => quote(name))]),
    ...(numbered ? keepCounter(was.name, made) : []),
    `DROP TABLE ${quote(was.name)}`,
    `ALTER TABLE ${quote(made)} RENAME TO ${quote(was.name)}`,
    'PRAGMA legacy_alter_table = OFF',
    ...wanted.indexes.map((index) => createIndex(was.name, index)),
    ...(was.kept?.slice(1) ?? []),
  ].map((sql) => ({ sql, parameters: [] }));
}

export function createIndex(table: string, index: Table['indexes'][number]): string {
  const columns = index.columns.map(quote).join(', ');
  return `CREATE ${index.unique ? 'UNIQUE ' : ''}INDEX ${quote(index.name)} ON ${quote(table)} (${columns})`;
}

function guard({ name, columns }: Table): string {
  const names = JSON.stringify(columns.map((column) => column.name));
  return `/* rebuild */ SELECT CASE
  WHEN (SELECT foreign_keys FROM pragma_foreign_keys) THEN mooring_refuse('a table can be made anew only in a transaction that begins with a change of the schema')
  WHEN (SELECT json_group_array(name ORDER BY cid) FROM pragma_table_xinfo(${literal(name)}) WHERE hidden <> 1) <> ${literal(names)} THEN mooring_refuse(${literal(`the columns of ${name} are not those that were planned on`)})
END`;
}

function copy(was: Table, made: string, columns: string[]): string {
  const list = columns.join(', ');
  return `INSERT INTO ${quote(made)} (${list}) SELECT ${list} FROM ${quote(was.name)}`;
}

/** The hidden row id, under a name that no column has; a numbered key is the row id itself. */
function rowId(was: Table, options = ''): string[] {
  if (/without\s+rowid/iu.test(options) || was.columns.some((column) => isNumbered(column, was))) return [];
  const taken = new Set(was.columns.map(({ name }) => name.toLowerCase()));
  const free = ['rowid', '_rowid_', 'oid'].find((name) => !taken.has(name));
  return free ? [free] : [];
}

function keepCounter(table: string, made: string): string[] {
  return [
    `DELETE FROM sqlite_sequence WHERE name = ${literal(made)}`,
    `INSERT INTO sqlite_sequence (name, seq) SELECT ${literal(made)}, seq FROM sqlite_sequence WHERE name = ${literal(table)}`,
  ];
}
