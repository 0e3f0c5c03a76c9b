/**
 * What the server's and the driver's errors mean. Numbers: SQL Server documentation, "Database Engine events and errors";
 * those from 10900 on and from 40000 on are of Azure SQL ("Resource governance", "Troubleshoot common connection issues"). Pure.
 */
import type { ConnectCause } from '../connect-causes.ts';
import { DatabaseFailure, type FailureKind } from '../contract.ts';

/** The part of the driver's errors that is read here. */
export type DriverError = Error & {
  /** the driver's own: `EREQUEST` for errors of the server, `ESOCKET`, `ECANCEL`, … */
  code?: string | undefined;
  /** of errors that the server sent */
  number?: number | undefined;
};

const KINDS: Partial<Record<FailureKind, number[]>> = {
  unique: [2601, 2627],
  'foreign-key': [547, 1785],
  'not-null': [515, 339],
  value: [
    220, 232, 241, 242, 244, 245, 248, 295, 517, 535, 1007, 2628, 6522, 8114, 8115, 8134, 8152, 8169, 9400, 9420, 9455,
    13609, 16902,
  ],
  permission: [229, 230, 262, 297, 300, 916, 5011, 8189, 15151, 15247, 15622],
  'missing-object': [207, 208, 911, 1088, 1911, 2760, 2812, 3701, 3728, 4902, 4924, 15225, 15248],
  exists: [1779, 1781, 1801, 1913, 2705, 2714, 15233, 15335],
  lock: [1222],
  serialization: [1205, 3960, 3961],
  'too-many-connections': [10928, 10929, 17809],
  'read-only': [3906, 3908],
  'connection-lost': [596, 6005, 40197, 40613],
};

const kindOf = new Map(
  Object.entries(KINDS).flatMap(([kind, numbers]) => numbers.map((number) => [number, kind as FailureKind])),
);

/** PostgreSQL's class 22 says more of a wrong value than a number does. */
const SQLSTATES: Record<number, string> = {
  2628: '22001',
  8152: '22001',
  220: '22003',
  232: '22003',
  244: '22003',
  248: '22003',
  8115: '22003',
  241: '22007',
  242: '22008',
  517: '22008',
  8134: '22012',
  245: '22P02',
  295: '22007',
  8114: '22P02',
  8169: '22P02',
  13609: '22P02',
};

const LOST = new Set(['ESOCKET', 'ECLOSE', 'EINVALIDSTATE', 'ETIMEOUT', 'ECONNRESET', 'EPIPE']);

/** A failure in words that belong to no engine, with table, columns and constraint as far as the message names them. */
export function statementFailure(error: DriverError | AggregateError): DatabaseFailure {
  const { message, code, number } = firstOf(error);
  if (number === undefined) {
    const kind = code === 'ECANCEL' ? 'cancelled' : LOST.has(code ?? '') ? 'connection-lost' : 'other';
    return new DatabaseFailure(kind, code ?? 'unknown', message);
  }
  const kind = number === 547 && /CHECK constraint/.test(message) ? 'check' : (kindOf.get(number) ?? 'other');
  return new DatabaseFailure(kind, SQLSTATES[number] ?? String(number), message, placeOf(kind, message));
}

/** The server often tells the cause first, and then that the statement failed. */
function firstOf(error: DriverError | AggregateError): DriverError {
  return error instanceof AggregateError ? ((error.errors as DriverError[])[0] ?? error) : error;
}

type Place = { table?: string | null; columns?: string[]; constraint?: string | null };

function placeOf(kind: FailureKind, message: string): Place {
  switch (kind) {
    case 'unique':
      return uniquePlace(message);
    case 'foreign-key':
    case 'check':
      return conflictPlace(message);
    case 'not-null':
    case 'value':
      return columnPlace(message);
    case 'missing-object':
      return missingPlace(message);
    default:
      return {};
  }
}

/** The last part of `database.schema.table`. */
const bare = (name: string | undefined) => name?.split('.').at(-1) ?? null;

/** `Violation of UNIQUE KEY constraint 'u'. Cannot insert duplicate key in object 'dbo.t'.` and `… in object 'dbo.t' with unique index 'u'.` */
function uniquePlace(message: string): Place {
  return {
    table: bare(/in object '([^']+)'/.exec(message)?.[1]),
    constraint: /(?:constraint|unique index) '([^']+)'/.exec(message)?.[1] ?? null,
  };
}

/** `The INSERT statement conflicted with the FOREIGN KEY constraint "k". The conflict occurred in database "d", table "dbo.t", column 'c'.` */
function conflictPlace(message: string): Place {
  const column = /column '([^']+)'/.exec(message)?.[1];
  return {
    constraint: /constraint "([^"]+)"/.exec(message)?.[1] ?? null,
    table: bare(/table "([^"]+)"/.exec(message)?.[1]),
    columns: column === undefined ? [] : [column],
  };
}

/** `Cannot insert the value NULL into column 'c', table 'd.dbo.t'`, `… would be truncated in table 'd.dbo.t', column 'c'.` */
function columnPlace(message: string): Place {
  const column = /column '([^']+)'/.exec(message)?.[1];
  return { table: bare(/table '([^']+)'/.exec(message)?.[1]), columns: column === undefined ? [] : [column] };
}

/** `Invalid object name 'dbo.t'.`, `Invalid column name 'c'.` */
function missingPlace(message: string): Place {
  const column = /Invalid column name '([^']+)'/.exec(message)?.[1];
  return column === undefined
    ? { table: bare(/Invalid object name '([^']+)'/.exec(message)?.[1]) }
    : { columns: [column] };
}

const LOGIN_CAUSES: Record<number, ConnectCause> = {
  18456: 'wrong-login',
  18486: 'account-locked',
  18487: 'account-locked',
  18488: 'account-locked',
  18470: 'account-locked',
  18450: 'unsupported-authentication',
  18452: 'unsupported-authentication',
  4060: 'unknown-database',
  4064: 'unknown-database',
  911: 'unknown-database',
  916: 'no-database-right',
  17892: 'host-not-allowed',
  40615: 'host-not-allowed',
  40914: 'host-not-allowed',
  10928: 'too-many-connections',
  10929: 'too-many-connections',
  17809: 'too-many-connections',
  18461: 'too-many-connections',
  921: 'starting-up',
  922: 'starting-up',
  927: 'starting-up',
  17142: 'starting-up',
  17187: 'starting-up',
  18401: 'starting-up',
  18451: 'starting-up',
  40197: 'starting-up',
  40501: 'starting-up',
  40613: 'starting-up',
};

/** Why a server did not let us in, from the errors that it sent; the first that is known says more than `Login failed`, which follows it. */
export function loginCause(numbers: readonly number[]): ConnectCause {
  const known = numbers.flatMap((number) => LOGIN_CAUSES[number] ?? []);
  return known.find((cause) => cause !== 'wrong-login') ?? known[0] ?? 'other';
}
