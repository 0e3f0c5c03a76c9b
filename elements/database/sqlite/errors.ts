import { DatabaseFailure } from '../contract.ts';
import type { FailureKind } from '../contract.ts';

/** Result codes of SQLite (manual, "Result and Error Codes"); an extended code is looked up before its primary one. */
const KINDS: Record<string, FailureKind> = {
  SQLITE_CONSTRAINT_UNIQUE: 'unique',
  SQLITE_CONSTRAINT_PRIMARYKEY: 'unique',
  SQLITE_CONSTRAINT_ROWID: 'unique',
  SQLITE_CONSTRAINT_FOREIGNKEY: 'foreign-key',
  SQLITE_CONSTRAINT_NOTNULL: 'not-null',
  SQLITE_CONSTRAINT_DATATYPE: 'value',
  SQLITE_CONSTRAINT: 'check',
  SQLITE_MISMATCH: 'value',
  SQLITE_TOOBIG: 'value',
  SQLITE_RANGE: 'value',
  SQLITE_PERM: 'permission',
  SQLITE_AUTH: 'permission',
  SQLITE_READONLY: 'read-only',
  SQLITE_BUSY_SNAPSHOT: 'serialization',
  SQLITE_BUSY: 'lock',
  SQLITE_LOCKED: 'lock',
  SQLITE_INTERRUPT: 'cancelled',
};

/** Where the code is only SQLITE_ERROR, the message tells. */
const BY_MESSAGE: [RegExp, FailureKind][] = [
  [/^no such (?:table|column|view|index)|has no column named|^no such function/iu, 'missing-object'],
  [/already exists|^duplicate column name/iu, 'exists'],
  [/malformed JSON|JSON cannot hold|integer overflow|datatype mismatch|too complex/iu, 'value'],
];

/** @param code SQLite's name of the code, or a name of our own such as `REFUSED` */
export function failureOf(code: string, message: string): DatabaseFailure {
  const primary = code.split('_').slice(0, 2).join('_');
  const kind =
    ofForeignKey(code, message) ??
    KINDS[code] ??
    KINDS[primary] ??
    BY_MESSAGE.find(([pattern]) => pattern.test(message))?.[1] ??
    ('other' as const);
  return new DatabaseFailure(kind, code, message, placeOf(message));
}

/** `on delete restrict` fails as a trigger does. */
function ofForeignKey(code: string, message: string): FailureKind | undefined {
  return code.startsWith('SQLITE_CONSTRAINT') && message.startsWith('FOREIGN KEY') ? 'foreign-key' : undefined;
}

/** `UNIQUE constraint failed: Album.Title, Album.ArtistId`, `CHECK constraint failed: positive`. */
function placeOf(message: string): { table?: string; columns?: string[]; constraint?: string } {
  const [, rule, at] = /^(UNIQUE|NOT NULL|CHECK) constraint failed: (.+)$/su.exec(message) ?? [];
  if (!rule || !at) return {};
  if (rule === 'CHECK') return { constraint: at };
  const index = /^index '(.+)'$/u.exec(at);
  if (index) return { constraint: index[1]! };
  const places = at.split(', ').map((place) => place.split('.'));
  return { table: places[0]![0]!, columns: places.map((place) => place.slice(1).join('.')) };
}
