import type { Parameter } from '../schema.ts';

/** What the portal asks of the process that holds the file open. Requests are answered one by one, in their order. */
export type Request =
  | { op: 'open'; path: string; create: boolean; readOnly: boolean }
  | { op: 'run'; sql: string; parameters: readonly Parameter[] }
  /** a statement of one row of body, rows and total, as `dml.ts` writes it */
  | { op: 'select'; sql: SentText; parameters: readonly Parameter[] }
  /** one statement that may give back one JSON text per row */
  | { op: 'write'; sql: SentText; parameters: readonly Parameter[] }
  /** each statement once per row of parameters; more than one run is one transaction */
  | { op: 'batch'; statements: BatchStatement[] }
  | { op: 'begin' | 'commit' | 'rollback' | 'unlock' | 'close' }
  | { op: 'lock'; waitMs: number };

/** The statements of the data API are few and long: each travels once, with the number by which it is named from then on. */
export type SentText = number | { text: string; number: number | null };

/** Answered with a {@link Body}. */
export type Asked = Extract<Request, { op: 'select' | 'write' }>;

export type BatchStatement = { sql: string; rows: readonly (readonly Parameter[])[] };

/** `body` is a JSON array, made by SQLite; of a write that gives nothing back it is `[]`, and `rows` counts the changed ones. */
export type Body = { body: string; rows: number; total: number | null };

/** Rows as arrays, because names travel once then. */
export type Answer = { columns: string[]; rows: unknown[][]; affected: number };

export type Message = { id: number; request: Request };
export type Reply = { id: number; answer: Answer } | { id: number; failure: { code: string; message: string } };
