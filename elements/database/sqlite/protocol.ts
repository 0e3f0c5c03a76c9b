import type { Parameter } from '../schema.ts';

/** What the portal asks of the process that holds the file open. Requests are answered one by one, in their order. */
export type Request =
  | { op: 'open'; path: string; create: boolean; readOnly: boolean }
  | { op: 'run'; sql: string; parameters: readonly Parameter[] }
  /** a statement of one row of body, rows and total, as `dml.ts` writes it */
  | { op: 'select'; sql: string; parameters: readonly Parameter[] }
  /** each statement once per row of parameters; more than one run is one transaction */
  | { op: 'batch'; statements: BatchStatement[] }
  | { op: 'begin' | 'commit' | 'rollback' | 'unlock' | 'close' }
  | { op: 'lock'; waitMs: number };

export type BatchStatement = { sql: string; rows: readonly (readonly Parameter[])[] };

/** Rows as arrays, because names travel once then. */
export type Answer = { columns: string[]; rows: unknown[][]; affected: number };

export type Message = { id: number; request: Request };
export type Reply = { id: number; answer: Answer } | { id: number; failure: { code: string; message: string } };
