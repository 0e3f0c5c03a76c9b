import type { DatabaseFailure, FailureKind } from '#elements/database/contract.ts';
import { DataError } from './data-error.ts';

/** PostgreSQL's SQLSTATE and PostgREST's status for each way a statement fails, alike on every engine. */
const ANSWERS: Record<FailureKind, { status: number; code: string; message: (failure: DatabaseFailure) => string }> = {
  unique: {
    status: 409,
    code: '23505',
    message: (failure) => `duplicate key value violates unique constraint${named(failure)}`,
  },
  'foreign-key': {
    status: 409,
    code: '23503',
    message: (failure) => `the row violates foreign key constraint${named(failure)}`,
  },
  'not-null': {
    status: 400,
    code: '23502',
    message: (failure) => `null value${ofColumn(failure)} violates not-null constraint`,
  },
  check: { status: 400, code: '23514', message: (failure) => `the row violates check constraint${named(failure)}` },
  value: { status: 400, code: '22000', message: (failure) => failure.message },
  permission: { status: 403, code: '42501', message: () => 'the login of this environment may not do that' },
  'missing-object': {
    status: 404,
    code: '42P01',
    message: () => 'the table or a column of it is not there any more; deploy again',
  },
  exists: { status: 409, code: '42P07', message: () => 'it exists already' },
  timeout: { status: 500, code: '57014', message: () => 'canceling statement due to statement timeout' },
  cancelled: { status: 500, code: '57014', message: () => 'canceling statement due to user request' },
  lock: { status: 500, code: '55P03', message: () => 'the row is locked by another transaction' },
  serialization: {
    status: 500,
    code: '40001',
    message: () => 'could not serialize access due to a concurrent change; try again',
  },
  'too-many-connections': { status: 503, code: '53300', message: () => 'the database has no free connection left' },
  'read-only': { status: 405, code: '25006', message: () => 'the database is read-only in this environment' },
  'connection-lost': {
    status: 503,
    code: '08006',
    message: () => 'the connection to the database was lost; whether a running write was kept is unknown',
  },
  other: { status: 500, code: 'XX000', message: () => 'the database could not run the statement' },
};

const SQLSTATE = /^[0-9A-Z]{5}$/;

export function toDataError(failure: DatabaseFailure): DataError {
  const answer = ANSWERS[failure.kind];
  // of a wrong value the server's own SQLSTATE is finer (22001 too long, 22003 out of range, …)
  const code =
    failure.kind === 'value' && SQLSTATE.test(failure.code) && failure.code.startsWith('22')
      ? failure.code
      : answer.code;
  return new DataError(answer.status, code, answer.message(failure), {
    details: failure.columns.length > 0 ? `Columns: ${failure.columns.join(', ')}.` : null,
    headers: answer.status === 503 ? { 'retry-after': '1' } : {},
  });
}

function named(failure: DatabaseFailure): string {
  return failure.constraint === null ? '' : ` "${failure.constraint}"`;
}

function ofColumn(failure: DatabaseFailure): string {
  return failure.columns[0] === undefined ? '' : ` in column "${failure.columns[0]}"`;
}
