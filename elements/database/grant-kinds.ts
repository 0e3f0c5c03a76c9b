import type { GrantKind } from './contract.ts';

/** The choices of scripts for a login, as they are offered. */
export const GRANT_KINDS: { kind: GrantKind; title: string; help: string }[] = [
  { kind: 'read-only', title: 'Read-only', help: 'Reads every table. For a database that is marked read-only.' },
  {
    kind: 'read-write',
    title: 'Read-write',
    help: 'Reads and writes every table, and changes no schema. For the application, beside a migration user.',
  },
  {
    kind: 'schema-owner',
    title: 'Schema owner',
    help: 'Makes and alters tables too. For the migration user, or for the one user of a simple setup.',
  },
];

/** What stands for the password; as a value it is known for a placeholder, so that a deploy tells of it. */
export const PASSWORD_PLACEHOLDER = "'<password>'";
