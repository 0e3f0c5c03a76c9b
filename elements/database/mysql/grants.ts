import type { GrantKind, GrantNames } from '../contract.ts';
import { PASSWORD_PLACEHOLDER } from '../grant-kinds.ts';
import { quoteName, quoteText } from './spelling.ts';

const RIGHTS: Record<GrantKind, string> = {
  'read-only': 'SELECT',
  'read-write': 'SELECT, INSERT, UPDATE, DELETE',
  'schema-owner': 'SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES',
};

/** Pure. The database of a grant is a pattern, in which `_` and `%` stand for others unless escaped (manual, GRANT). */
export function grants(kind: GrantKind, { user, database }: GrantNames): string {
  const account = `${quoteText(user)}@'%'`;
  const here = quoteName(database.replaceAll(/[\\_%]/g, String.raw`\$&`));
  return [
    "-- Run as an administrator. '%' lets the user in from every address: put the portal's address in its place.",
    `CREATE USER ${account} IDENTIFIED BY ${PASSWORD_PLACEHOLDER};`,
    `GRANT ${RIGHTS[kind]} ON ${here}.* TO ${account};`,
    '',
  ].join('\n');
}
