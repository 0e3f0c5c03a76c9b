import type { DatabaseEngine, Session } from '../contract.ts';
import {
  countDuplicates,
  countRows,
  createDatabase,
  facts,
  identity,
  listDatabases,
  lock,
  schemaExists,
} from './catalog.ts';
import { connect } from './client.ts';
import { ddl } from './ddl.ts';
import { mysql } from './definition.ts';
import { grants } from './grants.ts';
import { introspect } from './introspect.ts';
import { rights } from './privileges.ts';
import { select } from './rows.ts';
import type { MysqlSession } from './session.ts';
import { types } from './types.ts';
import { insert, remove, update } from './write.ts';

/** Sessions come back to the engine that made them; a bundle may hold another copy of the class, so it is not asked for. */
const own = (session: Session) => session as MysqlSession;

export const engine: DatabaseEngine = {
  definition: mysql,
  types,
  connect,
  facts,
  identity,
  schemaExists,
  rights,
  grants,
  introspect: (session, scope) => introspect(session, own(session).mariadb, scope),
  ddl,
  countRows,
  countDuplicates,
  lock,
  listDatabases,
  listSchemas: () => Promise.resolve([]),
  createDatabase,
  createSchema: createDatabase,
  select: (session, query, options) => select(own(session), query, options),
  insert: (session, query, options) => insert(own(session), query, options),
  update: (session, query, options) => update(own(session), query, options),
  delete: (session, query, options) => remove(own(session), query, options),
};
