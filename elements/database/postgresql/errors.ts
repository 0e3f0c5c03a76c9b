/** What PostgreSQL's error codes mean (manual, appendix A) in words that belong to no engine. Pure. */
import { DatabaseFailure, type FailureKind } from '../contract.ts';
import type { ConnectCause } from '../connect-causes.ts';
import { tlsCause } from '../tls.ts';

/** The fields of `pg`'s errors that are read; sockets' errors have `code` and `message` alone. */
export type DriverError = {
  message: string;
  code?: string | undefined;
  /** of errors that the server sent: ERROR, FATAL, … */
  severity?: string | undefined;
  detail?: string | undefined;
  table?: string | undefined;
  column?: string | undefined;
  constraint?: string | undefined;
};

const KINDS: Record<string, FailureKind> = {
  '23505': 'unique',
  '23P01': 'unique',
  '23503': 'foreign-key',
  '23001': 'foreign-key',
  '23502': 'not-null',
  '23514': 'check',
  '42501': 'permission',
  '42P01': 'missing-object',
  '42703': 'missing-object',
  '42704': 'missing-object',
  '3F000': 'missing-object',
  '42P07': 'exists',
  '42701': 'exists',
  '42P04': 'exists',
  '42P06': 'exists',
  '42710': 'exists',
  '57014': 'cancelled',
  '55P03': 'lock',
  '40001': 'serialization',
  '40P01': 'serialization',
  '53300': 'too-many-connections',
  '25006': 'read-only',
  '57P01': 'connection-lost',
  '57P02': 'connection-lost',
  '57P03': 'connection-lost',
  '57P05': 'connection-lost',
  '25P03': 'connection-lost', // idle in a transaction for too long
};

/** @param lost the connection ended before the server answered */
export function statementFailure(error: DriverError, lost: boolean): DatabaseFailure {
  const code = error.code ?? '';
  const fromServer = error.severity !== undefined;
  if (!fromServer && lost) return new DatabaseFailure('connection-lost', code || '08006', error.message);
  return new DatabaseFailure(kindOf(code, error.message), code || 'XX000', error.message, {
    table: error.table ?? null,
    columns: error.column === undefined ? keyColumns(error.detail) : [error.column],
    constraint: error.constraint ?? null,
  });
}

function kindOf(code: string, message: string): FailureKind {
  if (code === '57014' && /timeout/.test(message)) return 'timeout';
  if (code.startsWith('08')) return 'connection-lost';
  return KINDS[code] ?? (code.startsWith('22') ? 'value' : 'other');
}

/** `Key (a, "b c")=(1, 2) already exists.` → `a`, `b c` */
function keyColumns(detail: string | undefined): string[] {
  const names = /^Key \((?<names>.+?)\)=\(/.exec(detail ?? '')?.groups?.['names'];
  if (names === undefined || /[()]/.test(names)) return [];
  return names.split(', ').map((name) => name.replace(/^"(.*)"$/, '$1').replaceAll('""', '"'));
}

/** Some servers of this protocol give the code of a wrong password to one that has expired. */
const EXPIRED = /(?:password|account|role).*\bexpired\b/i;

const LOGIN: Record<string, ConnectCause> = {
  '28P01': 'wrong-login',
  '3D000': 'unknown-database',
  '42501': 'no-database-right',
  '53300': 'too-many-connections',
  '57P03': 'starting-up',
  '57P01': 'starting-up',
};

/** Servers and proxies say why in words only; first match wins. Texts of PostgreSQL's libpq/auth.c. */
const LOGIN_TEXTS: [RegExp, ConnectCause][] = [
  [/no encryption|SSL off/, 'tls-required'],
  [/pg_hba\.conf/, 'host-not-allowed'],
  [/requires a valid client certificate/, 'client-certificate-wanted'],
  [/certificate authentication failed/, 'client-certificate-refused'],
  [/not permitted to log in|\blocked\b/i, 'account-locked'],
  [/(?:ident|peer|gss\w*|sspi) authentication failed/i, 'unsupported-authentication'],
  [/authentication failed|role ".*" does not exist/, 'wrong-login'],
  [/client password must be/, 'wrong-login'],
  [/SASL: Only mechanism|unknown authentication/i, 'unsupported-authentication'],
  [/remaining connection slots|too many (?:clients|connections)/i, 'too-many-connections'],
  [/SSL (?:connection )?is required|insecure connection/i, 'tls-required'],
  [/starting up|shutting down/, 'starting-up'],
];

export function loginCause({ code = '', message, severity }: DriverError): ConnectCause {
  if (severity === undefined) {
    const tls = tlsCause(code);
    if (tls) return tls;
  } else if (code.startsWith('28') && EXPIRED.test(message)) return 'account-expired';
  const told = LOGIN[code] ?? LOGIN_TEXTS.find(([pattern]) => pattern.test(message))?.[1];
  if (told) return told;
  return severity === undefined && (SOCKET_ENDED.has(code) || /terminated/.test(message)) ? 'closed' : 'other';
}

const SOCKET_ENDED = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED']);
