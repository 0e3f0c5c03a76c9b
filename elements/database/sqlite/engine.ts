import { realpath } from 'node:fs/promises';
import { userInfo } from 'node:os';
import type { DatabaseEngine, RunOptions, Session, Target } from '../contract.ts';
import type { Insert, JsonRows } from '../query.ts';
import { connect } from './client.ts';
import type { SqliteSession } from './client.ts';
import { ddl } from './ddl.ts';
import { sqlite } from './definition.ts';
import { deleteStatement, insertStatements, selectStatement, updateStatement } from './dml.ts';
import { introspect } from './introspect.ts';
import { rights } from './privileges.ts';
import { quote } from './spelling.ts';
import { types } from './types.ts';

export const engine: DatabaseEngine = {
  definition: sqlite,
  types,
  connect: (target) => connect(target),

  async facts(session) {
    const now = await one(session, "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')");
    const encoding = await one(session, '(select encoding from pragma_encoding)');
    return {
      user: userInfo().username,
      now: String(now),
      encoding: String(encoding),
      unicode: true,
      connectionLimit: null,
    };
  },

  /** The real path of the file: two ways to one file are one place. */
  identity: (_session, target) => realpath(pathOf(target)),
  schemaExists: async () => true,
  rights,
  introspect: (session, { tables }) => introspect(session, tables ?? null),
  ddl,

  async countRows(session, _schema, table, whereNull) {
    const condition = whereNull === undefined ? '' : ` where ${quote(whereNull)} is null`;
    return Number(await one(session, `(select count(*) from ${quote(table)}${condition})`));
  },

  async countDuplicates(session, _schema, table, columns) {
    const list = columns.map(quote).join(', ');
    // nulls are no duplicates of each other, as in a unique index
    const filled = columns.map((name) => `${quote(name)} is not null`).join(' and ');
    const groups = `select 1 from ${quote(table)} where ${filled} group by ${list} having count(*) > 1`;
    return Number(await one(session, `(select count(*) from (${groups}))`));
  },

  /** One lock per file, whatever its name: a second file beside it (`main.db-lock`) is held while the session lives. */
  async lock(session, _name, waitMs) {
    const own = session as SqliteSession;
    const { affected } = await own.ask({ op: 'lock', waitMs }, waitMs + 1_000);
    if (!affected) return null;
    return async () => {
      if (own.usable) await own.ask({ op: 'unlock' });
    };
  },

  listDatabases: async () => [],
  listSchemas: async () => [],
  createDatabase: () => [],
  createSchema: () => [],

  select: (session, query, options) => (session as SqliteSession).select(selectStatement(query), options),
  insert: (session, query, options) => insert(session as SqliteSession, query, options),
  update: (session, query, options) => (session as SqliteSession).write(updateStatement(query), options),
  delete: (session, query, options) => (session as SqliteSession).write(deleteStatement(query), options),
};

async function insert(session: SqliteSession, query: Insert, options?: RunOptions): Promise<JsonRows> {
  const groups = insertStatements(query);
  const [first, ...others] = groups;
  if (!first) return { body: '[]', rows: 0, total: null };
  const [row, ...more] = first.rows;
  if (row && more.length + others.length === 0) return session.write({ sql: first.sql, parameters: row }, options);
  const { rows, affected } = await session.batch(groups, options);
  if (!query.returning) return { body: '[]', rows: affected, total: null };
  const inOrder: string[] = [];
  groups.flatMap(({ places }) => places).forEach((place, index) => (inOrder[place] = String(rows[index]![0])));
  return { body: `[${inOrder.join(',')}]`, rows: inOrder.length, total: null };
}

async function one(session: Session, expression: string): Promise<unknown> {
  const [row] = (await session.run({ sql: `select ${expression} as value`, parameters: [] })).rows;
  return row?.value;
}

function pathOf({ endpoint }: Target): string {
  if (endpoint.kind !== 'file') throw new Error('a file is expected, not a server');
  return endpoint.path;
}
