import type { DatabaseEngine } from '../contract.ts';
import {
  countDuplicates,
  countRows,
  createDatabase,
  createSchema,
  facts,
  identity,
  listDatabases,
  listSchemas,
  lock,
  schemaExists,
} from './administration.ts';
import { connect } from './connect.ts';
import { ddl } from './ddl.ts';
import { postgresql } from './definition.ts';
import { grants } from './grants.ts';
import { introspect } from './introspect.ts';
import { rights } from './privileges.ts';
import { runDelete, runInsert, runSelect, runUpdate } from './run-queries.ts';
import { types } from './types.ts';

export const engine: DatabaseEngine = {
  definition: postgresql,
  types,
  connect,
  facts,
  identity,
  schemaExists,
  rights,
  grants,
  introspect,
  ddl,
  countRows,
  countDuplicates,
  lock,
  listDatabases,
  listSchemas,
  createDatabase,
  createSchema,
  select: runSelect,
  insert: runInsert,
  update: runUpdate,
  delete: runDelete,
};
