/**
 * What the server's and the driver's errors mean. Codes: Oracle Database "Database Error Messages" (ORA-), node-oracledb
 * "Error Handling" and its `lib/errors.js` (NJS-). Pure.
 */
import type { ConnectCause } from '../connect-causes.ts';
import type { FailureKind } from '../contract.ts';
import { ConnectFailure, DatabaseFailure } from '../contract.ts';

/** The part of the driver's errors that is read here. */
export type DriverError = Error & { code?: string; errorNum?: number };

const KINDS: Partial<Record<FailureKind, number[]>> = {
  unique: [1],
  'foreign-key': [2291, 2292],
  'not-null': [1400, 1407],
  check: [2290],
  value: [
    910, 1426, 1438, 1439, 1440, 1441, 1722, 1830, 1841, 1843, 1847, 1858, 1861, 1867, 1874, 6502, 12899, 22835, 40441,
  ],
  permission: [1031, 1720, 1749, 1950, 41900],
  'missing-object': [904, 942, 1418, 2289, 2443, 4043],
  exists: [955, 1430, 1408, 2260, 2261, 2264, 2275],
  cancelled: [1013],
  lock: [54, 4021, 30006],
  serialization: [60, 8177],
  'too-many-connections': [18, 20, 2391, 12516, 12519, 12520],
  'read-only': [1456, 16000, 16426, 28190],
  'connection-lost': [28, 600, 1012, 1033, 1034, 1089, 1092, 2396, 3113, 3114, 3135, 12537, 12547, 12570, 12571],
};

const kindOf = new Map(
  Object.entries(KINDS).flatMap(([kind, codes]) => codes.map((code) => [code, kind as FailureKind])),
);

const DRIVER_KINDS: Record<string, FailureKind> = {
  'NJS-003': 'connection-lost',
  'NJS-123': 'timeout',
  'NJS-500': 'connection-lost',
  'NJS-501': 'connection-lost',
  'NJS-513': 'connection-lost',
  'NJS-521': 'connection-lost',
  'NJS-105': 'value',
  'NJS-115': 'value',
};

export function statementFailure(error: DriverError): DatabaseFailure {
  const code = codeOf(error);
  const number = /^ORA-0*(\d+)$/.exec(code)?.[1];
  const kind = number === undefined ? DRIVER_KINDS[code] : kindOf.get(Number(number));
  return new DatabaseFailure(
    kind ?? 'other',
    number === undefined ? code : (SQLSTATES[Number(number)] ?? code),
    firstLine(error),
    place(error.message),
  );
}

/** Of wrong values the SQLSTATE says more to others than the number: too long, out of range. */
const SQLSTATES: Record<number, string> = { 12899: '22001', 1438: '22003', 1426: '22003' };

/** `ORA-12899` or `NJS-500`; of a PL/SQL block the error inside counts (`ORA-06550 … PLS-00201`). */
function codeOf(error: DriverError): string {
  const inner = /\b(PLS-\d{5})\b/.exec(error.message)?.[1];
  if (inner !== undefined) return inner;
  return /^(?:[A-Z]{3}-\d+)/.exec(error.message)?.[0] ?? error.code ?? 'unknown';
}

const firstLine = (error: Error) => error.message.split('\n')[0] ?? '';

/** `unique constraint (SHOP.customer_email) violated`, `"SHOP"."customer"."email"` */
function place(message: string): { table?: string; columns?: string[]; constraint?: string } {
  const column = /"([^"]+)"\."([^"]+)"\."([^"]+)"/.exec(message);
  if (column) return { table: column[2] ?? '', columns: [column[3] ?? ''] };
  const constraint = /constraint \((?:[^.()]+\.)?([^()]+)\)/.exec(message)?.[1];
  return constraint === undefined ? {} : { constraint };
}

const LOGIN_CAUSES: Record<number, ConnectCause> = {
  18: 'too-many-connections',
  20: 'too-many-connections',
  2391: 'too-many-connections',
  12516: 'too-many-connections',
  12518: 'too-many-connections',
  12519: 'too-many-connections',
  12520: 'too-many-connections',
  1005: 'wrong-login',
  1017: 'wrong-login',
  1045: 'no-database-right',
  12505: 'unknown-service',
  12514: 'unknown-service',
  12521: 'unknown-service',
  1033: 'starting-up',
  1034: 'starting-up',
  1089: 'starting-up',
  1109: 'starting-up',
  12526: 'starting-up',
  12528: 'starting-up',
  12527: 'starting-up',
  28000: 'account-locked',
  28001: 'account-expired',
  28002: 'account-expired',
  28040: 'unsupported-authentication',
  12660: 'unsupported-authentication',
  12529: 'host-not-allowed',
  12546: 'host-not-allowed',
  12572: 'host-not-allowed',
};

const DRIVER_CAUSES: Record<string, ConnectCause> = {
  'NJS-116': 'unsupported-authentication',
  'NJS-138': 'server-too-old',
  'NJS-173': 'wrong-protocol',
  'NJS-500': 'closed',
  'NJS-501': 'closed',
  'NJS-503': 'refused',
  'NJS-509': 'wrong-protocol',
  'NJS-510': 'login-timed-out',
  'NJS-518': 'unknown-service',
  'NJS-519': 'unknown-service',
  'NJS-521': 'closed',
  'NJS-531': 'wrong-protocol',
  'NJS-533': 'unsupported-authentication',
  'NJS-103': 'wrong-protocol',
};

/** Why a listener or a server did not let us in; of a refusal the reason that the listener gave counts. */
export function loginFailure(error: DriverError): ConnectFailure {
  const number = /\bORA-0*(\d+)/.exec(error.message)?.[1] ?? (error.errorNum ? String(error.errorNum) : undefined);
  const code = /^NJS-\d+/.exec(error.message)?.[0] ?? error.code ?? '';
  const why = (number === undefined ? undefined : LOGIN_CAUSES[Number(number)]) ?? DRIVER_CAUSES[code] ?? 'other';
  return new ConnectFailure(why, firstLine(error));
}
