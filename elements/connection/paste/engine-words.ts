import type { PasteEngine } from './engine-fields.ts';

const WORDS: [RegExp, PasteEngine][] = [
  [/(?:^|[_./])(?:pg|pgsql|postgres\w*|postgis|timescaledb\w*|cockroach\w*|pgvector)(?:$|[_.:/-])/i, 'postgresql'],
  [/(?:^|[_./])(?:mysql\w*|mariadb\w*|percona\w*)(?:$|[_.:/-])/i, 'mysql'],
  [/(?:^|[_./])(?:mssql\w*|sqlserver|sqlsrv|azure-sql-edge)(?:$|[_.:/-])/i, 'sqlserver'],
  [/(?:^|[_./])(?:oracle\w*)(?:$|[_.:/-])/i, 'oracle'],
  [/(?:^|[_./])(?:dm8?\w*|dameng)(?:$|[_.:/-])/i, 'dm'],
  [/(?:^|[_./])(?:sqlite3?|better-sqlite3)(?:$|[_.:/-])/i, 'sqlite'],
];

/** The engine that a prefix of variables, the name of a driver, or an image means. */
export function engineOfWord(text: string): PasteEngine | undefined {
  return WORDS.find(([pattern]) => pattern.test(text.trim()))?.[1];
}
