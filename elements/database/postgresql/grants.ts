import type { GrantKind, GrantNames } from '../contract.ts';
import { PASSWORD_PLACEHOLDER } from '../grant-kinds.ts';
import { quote } from './quote.ts';

/** Rights on tables and on the sequences behind their counting columns. */
const TABLES: Record<GrantKind, { tables: string; sequences: string }> = {
  'read-only': { tables: 'SELECT', sequences: 'SELECT' },
  'read-write': { tables: 'SELECT, INSERT, UPDATE, DELETE', sequences: 'USAGE, SELECT' },
  'schema-owner': { tables: 'SELECT, INSERT, UPDATE, DELETE', sequences: 'USAGE, SELECT' },
};

/** Pure. Statements for psql, in the database itself; the manual's sections on GRANT and ALTER DEFAULT PRIVILEGES. */
export function grants(kind: GrantKind, { user, database, schema, maker }: GrantNames): string {
  const [who, where] = [quote(user), quote(schema ?? 'public')];
  const owns = kind === 'schema-owner';
  const { tables, sequences } = TABLES[kind];
  const later = `ALTER DEFAULT PRIVILEGES${maker === null ? '' : ` FOR ROLE ${quote(maker)}`} IN SCHEMA ${where} GRANT`;
  return [
    '-- Run as an administrator, connected to the database itself.',
    `CREATE ROLE ${who} LOGIN PASSWORD ${PASSWORD_PLACEHOLDER};`,
    `GRANT CONNECT ON DATABASE ${quote(database)} TO ${who};`,
    `GRANT USAGE${owns ? ', CREATE' : ''} ON SCHEMA ${where} TO ${who};`,
    `GRANT ${tables} ON ALL TABLES IN SCHEMA ${where} TO ${who};`,
    `GRANT ${sequences} ON ALL SEQUENCES IN SCHEMA ${where} TO ${who};`,
    ...(owns
      ? ['-- A table is altered by its owner alone. For those that are there already: ALTER TABLE ... OWNER TO ...;']
      : [
          `-- Tables that are made later, by ${maker === null ? 'the login that runs this' : 'the migration user, who must be there by now'}:`,
          `${later} ${tables} ON TABLES TO ${who};`,
          `${later} ${sequences} ON SEQUENCES TO ${who};`,
        ]),
    '',
  ].join('\n');
}
