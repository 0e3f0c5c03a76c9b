import { statementsFor } from '../sql/oracle-like/statements.ts';
import { dialect } from './dialect.ts';

/** The queries of the data API as statements. Pure. */
export const dml = statementsFor(dialect);
