import type { TestStageName } from '#lib/http/api.ts';
import type { ResolvedElement } from '#lib/variables/resolution.ts';
import { blame } from './blame.ts';
import { fillIn, sentence } from './cause-words.ts';
import type { CauseWords } from './cause-words.ts';
import type { Verdict } from './trial.ts';

type CauseRow = { stage: TestStageName; field: string; found: string; next: string; ask?: string };

/** Rights that are needed and missing. */
export const MISSING_RIGHTS = {
  'no-read-right': {
    stage: 'read',
    field: 'user',
    found: '{user} may not read: {detail}',
    next: 'Grant the user the right to read its tables.',
    ask: 'Grant {user} the right to read the tables of {place}.',
  },
  'no-write-right': {
    stage: 'write',
    field: 'user',
    found: '{user} may not write: {detail}',
    next: 'Grant the user the right to write its tables, or mark the element read-only.',
    ask: 'Grant {user} the right to insert, update and delete in the tables of {place}.',
  },
  'no-ddl-right': {
    stage: 'ddl',
    field: 'user',
    found: '{user} may not change the schema: {detail}',
    next: 'Grant the user the right to create and alter tables, or fill in a migration user.',
    ask: 'Grant {user} the right to create, alter and drop tables in {place}.',
  },
} as const satisfies Record<string, CauseRow>;

/** What works, and is told all the same. */
export const TEST_WARNINGS = {
  'public-address': {
    stage: 'address',
    field: 'host',
    found: '{host} is on the open internet ({address}), and {environment} is protected',
    next: 'Reach the database by a private network, or let only {from} in and set the TLS mode to verify-full.',
  },
  'not-encrypted': {
    stage: 'tls',
    field: 'tls.mode',
    found: 'not encrypted: the password and the data can be read and changed on their way',
    next: 'Set the TLS mode to verify-full, unless the network is trusted.',
  },
  'not-verified': {
    stage: 'tls',
    field: 'tls.mode',
    found: 'encrypted with {protocol}, not verified: whoever answers is believed',
    next: 'Set the TLS mode to verify-full, with the CA of the server.',
  },
  'certificate-ends-soon': {
    stage: 'tls',
    field: 'tls.mode',
    found: 'encrypted with {protocol} and verified, but the certificate ends in {days} days',
    next: 'Renew the certificate on the server.',
    ask: 'Renew the certificate of the server before it ends.',
  },
  'not-unicode': {
    stage: 'database',
    field: 'database',
    found: 'the encoding {encoding} of the database can not hold every character',
    next: 'Create the database with a Unicode encoding.',
    ask: 'Create the database {database} anew with a Unicode encoding.',
  },
  'clock-off': {
    stage: 'database',
    field: 'host',
    found: 'the clocks of portal and server differ: that of the server is {skew}',
    next: 'Set both machines by a time server (NTP): times written by one are wrong for the other.',
    ask: 'Check that the clock of the server is set by a time server (NTP).',
  },
  'excess-rights': {
    stage: 'read',
    field: 'user',
    found: '{user} may do much more than it needs: {excess}',
    next: 'Use a login that may do no more; Scripts, below the login, makes one.',
    ask: 'Give {user} no more rights than it needs.',
  },
  'pool-over-limit': {
    stage: 'latency',
    field: 'pool.max',
    found: 'the server takes {limit} connections, fewer than the {max} of the pool',
    next: 'Lower pool.max, or raise the limit of the server.',
    ask: 'Tell me how many connections {user} may have, or raise the limit of the server.',
  },
} as const satisfies Record<string, CauseRow>;

export type TestWarning = keyof typeof TEST_WARNINGS;

/** One or several warnings of a stage as its result: code and field of the first, the sentences and next steps of all. */
export function warned(
  resolved: ResolvedElement,
  before: string,
  warnings: { code: TestWarning; words: CauseWords }[],
): Verdict {
  const rows = warnings.map(({ code, words }) => ({ ...TEST_WARNINGS[code], code, words }));
  const [first] = rows;
  if (!first) throw new Error('a warning is wanted');
  return {
    state: 'warning',
    message: [
      ...(before === '' ? [] : [before]),
      ...rows.map(({ found, words }) => sentence(fillIn(found, words))),
    ].join(' '),
    ...blame(resolved, first.field),
    code: first.code,
    next: rows.map(({ next, words }) => fillIn(next, words)).join(' '),
  };
}
