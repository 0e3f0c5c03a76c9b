/**
 * What the server's and the driver's errors mean. Codes: MySQL 8.4 "Server Error Message Reference",
 * MariaDB "Error Codes". Pure.
 */
import type { ConnectCause } from '../connect-causes.ts';
import type { FailureKind } from '../contract.ts';
import { DatabaseFailure } from '../contract.ts';

/** The part of the driver's errors that is read here. */
export type DriverError = Error & {
  errno?: number;
  code?: string;
  sqlState?: string;
  sqlMessage?: string;
  /** nothing goes over the connection any more */
  fatal?: boolean;
};

const KINDS: Partial<Record<FailureKind, number[]>> = {
  unique: [1062, 1169, 1557, 1586, 1859],
  'foreign-key': [1216, 1217, 1451, 1452],
  'not-null': [1048, 1364, 1566],
  check: [3819, 4025],
  value: [1264, 1265, 1292, 1366, 1367, 1406, 1411, 1416, 1525, 1690, 3140, 3141, 3156, 4038],
  permission: [1044, 1045, 1131, 1142, 1143, 1211, 1227, 1370, 1410, 1419, 1698, 3619],
  'missing-object': [1049, 1051, 1054, 1072, 1091, 1146, 1176, 1305, 1360, 1824],
  exists: [1007, 1050, 1060, 1061, 1022, 1068, 1826],
  timeout: [1969, 3024, 3058],
  cancelled: [1317, 3169],
  lock: [1099, 1100, 1205, 3572],
  serialization: [1020, 1213, 1614],
  'too-many-connections': [1040, 1203, 1226],
  'read-only': [1290, 1792, 1836],
  'connection-lost': [1053, 1077, 1078, 1079, 1080, 1152, 1158, 1159, 1160, 1161, 1184, 1927, 2006, 2013, 4031],
};

const kindOf = new Map(
  Object.entries(KINDS).flatMap(([kind, codes]) => codes.map((code) => [code, kind as FailureKind])),
);

const LOST = /^(PROTOCOL_|ECONN|EPIPE|ETIMEDOUT|ENOTCONN|EHOST|ENET|ERR_STREAM|ERR_SSL|ERR_TLS|ERR_SOCKET)/;

/** A failure in words that belong to no engine, with table, columns and constraint as far as the message names them. */
export function statementFailure(error: DriverError): DatabaseFailure {
  const message = error.sqlMessage ?? error.message;
  const kind = error.errno !== undefined && error.sqlState ? kindOf.get(error.errno) : lostKind(error);
  // of wrong values the SQLSTATE says more to others than the number: 22001 too long, 22003 out of range
  const number = error.sqlState?.startsWith('22') ? error.sqlState : String(error.errno);
  const code = error.sqlState ? number : (error.code ?? 'unknown');
  return new DatabaseFailure(kind ?? 'other', code, message, place(kind, message));
}

function lostKind(error: DriverError): FailureKind | undefined {
  return LOST.test(error.code ?? '') || /closed state/.test(error.message) ? 'connection-lost' : undefined;
}

type Place = { table?: string | null; columns?: string[]; constraint?: string | null };

const name = (text: string | undefined) => text?.replaceAll('``', '`') ?? null;

function place(kind: FailureKind | undefined, message: string): Place {
  switch (kind) {
    case 'unique':
      return uniquePlace(message);
    case 'foreign-key':
      return foreignKeyPlace(message);
    case 'not-null':
    case 'value':
      return columns(/(?:Column|Field|column|column:) (?:`[^`]+`\.)*[`']([^'`]+)[`']/.exec(message)?.[1]);
    case 'check':
      return checkPlace(message);
    case 'missing-object':
      return missingPlace(message);
    default:
      return {};
  }
}

const columns = (column: string | undefined): Place => (column === undefined ? {} : { columns: [column] });

/** MySQL names `table.key`, MariaDB the key alone. */
function uniquePlace(message: string): Place {
  const key = /for key '([^']*)'$/.exec(message)?.[1];
  if (key === undefined) return {};
  const dot = key.indexOf('.');
  return dot < 0 ? { constraint: key } : { table: key.slice(0, dot), constraint: key.slice(dot + 1) };
}

function foreignKeyPlace(message: string): Place {
  const found =
    /\(`(?:[^`]|``)+`\.`((?:[^`]|``)+)`, CONSTRAINT `((?:[^`]|``)+)` FOREIGN KEY \(([^)]*)\)/.exec(message) ??
    undefined;
  if (!found) return {};
  const names = [...(found[3] ?? '').matchAll(/`((?:[^`]|``)+)`/g)].map((each) => name(each[1]) ?? '');
  return { table: name(found[1]), constraint: name(found[2]), columns: names };
}

function checkPlace(message: string): Place {
  const mysql = /Check constraint '(.+)' is violated/.exec(message);
  if (mysql) return { constraint: mysql[1] ?? null };
  const mariadb = /CONSTRAINT `(.+)` failed for `.+`\.`(.+)`/.exec(message);
  return mariadb ? { constraint: name(mariadb[1]), table: name(mariadb[2]) } : {};
}

function missingPlace(message: string): Place {
  const table = /Table '[^'.]+\.([^']+)' doesn't exist/.exec(message)?.[1];
  return table === undefined ? columns(/Unknown column '(?:[^'.]+\.)*([^'.]+)'/.exec(message)?.[1]) : { table };
}

const LOGIN_CAUSES: Record<number, ConnectCause> = {
  1040: 'too-many-connections',
  1203: 'too-many-connections',
  1226: 'too-many-connections',
  1044: 'no-database-right',
  1045: 'wrong-login',
  1698: 'wrong-login',
  1049: 'unknown-database',
  1129: 'host-not-allowed',
  1130: 'host-not-allowed',
  1053: 'starting-up',
  3032: 'starting-up',
  1251: 'unsupported-authentication',
  1524: 'unsupported-authentication',
  2059: 'unsupported-authentication',
  2061: 'unsupported-authentication',
  1820: 'account-expired',
  1862: 'account-expired',
  3118: 'account-locked',
  3955: 'account-locked',
  4150: 'account-locked',
  4151: 'account-locked',
  3159: 'tls-required',
};

const CODES: Record<string, ConnectCause> = {
  HANDSHAKE_NO_SSL_SUPPORT: 'tls-refused',
  AUTH_SWITCH_PLUGIN_ERROR: 'unsupported-authentication',
  MYSQL_CLEAR_PASSWORD_NOT_ENABLED: 'unsupported-authentication',
  HANDSHAKE_UNKNOWN_ERROR: 'wrong-protocol',
  PROTOCOL_UNEXPECTED_PACKET: 'wrong-protocol',
  PROTOCOL_CONNECTION_LOST: 'closed',
  ECONNRESET: 'closed',
  EPIPE: 'closed',
};

/** Why a server that has greeted did not let us in. `3159` also came as text from MariaDB before 10.6. */
export function loginCause(error: DriverError): ConnectCause {
  if (error.errno !== undefined && error.errno > 0) {
    return /insecure transport/i.test(error.message) ? 'tls-required' : (LOGIN_CAUSES[error.errno] ?? 'other');
  }
  return CODES[error.code ?? ''] ?? 'other';
}
