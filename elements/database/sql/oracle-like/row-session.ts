import type { RunOptions, Session } from '../../contract.ts';
import type { Parameter, Statement } from '../../schema.ts';

/** What writes of this family need beyond a {@link Session}. */
export interface RowSession extends Session {
  /** Runs one text once per set of parameters, in one round trip; gives the addresses (`rowid`) of the rows, in their order. */
  runMany(sql: string, rows: Parameter[][], addresses: boolean, options: RunOptions): Promise<Changed>;
  /** Runs an `update`; gives the addresses of the rows it changed. */
  runForAddresses(statement: Statement, options: RunOptions): Promise<Changed>;
}

export type Changed = { affected: number; addresses: string[] };
