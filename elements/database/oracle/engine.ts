import type { DatabaseEngine, Session } from '../contract.ts';
import { readRows } from '../sql/oracle-like/read-rows.ts';
import { changeRows, removeRows, writeNewRows } from '../sql/oracle-like/write-rows.ts';
import { countDuplicates, countRows, facts, identity, listSchemas, lock, schemaExists } from './catalog.ts';
import { connect } from './client.ts';
import { ddl } from './ddl.ts';
import { oracle } from './definition.ts';
import { dml } from './dml.ts';
import { introspect } from './introspect.ts';
import { rights } from './privileges.ts';
import type { OracleSession } from './session.ts';
import { types } from './types.ts';

/** Sessions come back to the engine that made them; a bundle may hold another copy of the class, so it is not asked for. */
const own = (session: Session) => session as OracleSession;

export const engine: DatabaseEngine = {
  definition: oracle,
  types,
  connect,
  facts,
  identity,
  schemaExists,
  rights,
  introspect,
  ddl,
  countRows,
  countDuplicates,
  lock: (session, name, waitMs) => lock(own(session), name, waitMs),
  listDatabases: () => Promise.resolve([]),
  listSchemas,
  // a schema is a user, which only an administrator of the server makes
  createDatabase: () => [],
  createSchema: () => [],
  select: (session, query, options) => readRows(session, query, dml, options),
  insert: (session, query, options) => writeNewRows(own(session), query, dml, options),
  update: (session, query, options) => changeRows(own(session), query, dml, options),
  delete: (session, query, options) => removeRows(own(session), query, dml, options),
};
