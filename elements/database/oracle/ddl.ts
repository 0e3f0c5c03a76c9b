import type { DdlContext } from '../contract.ts';
import type { Change, Statement } from '../schema.ts';
import { writeDdl } from '../sql/oracle-like/ddl.ts';
import { dialect } from './dialect.ts';

/** One change as SQL. A schema is a user here, so tables are named with it where it is not the session's own. Pure. */
export const ddl = (change: Change, context: DdlContext): Statement[] => writeDdl(change, context, dialect);
