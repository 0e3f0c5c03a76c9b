import { ConnectFailure } from '../contract.ts';
import { whoAnswers } from '../who-answers.ts';

/** Ways to sign in that the driver knows: none, password, MD5, SASL (manual, section 54.7, Authentication…). */
const SUPPORTED = new Set([0, 3, 5, 10]);
const NAMES: Record<number, string> = { 2: 'Kerberos V5', 7: 'GSSAPI', 8: 'GSSAPI', 9: 'SSPI' };
/** Longer first answers are sent by no server. */
const LONGEST = 65_536;

/**
 * What is wrong with the first bytes after the start-up message; null: they are PostgreSQL's. Its answer is an
 * authentication request (`R`), an error (`E`), a notice (`N`) or a negotiation of the protocol's version (`v`).
 */
export function firstAnswerFault(chunk: Buffer): ConnectFailure | null {
  const kind = String.fromCharCode(chunk[0] ?? 0);
  const length = chunk.length >= 5 ? chunk.readUInt32BE(1) : 8;
  if (!'RENv'.includes(kind) || length < 4 || length > LONGEST) {
    return new ConnectFailure('wrong-protocol', whoAnswers(chunk));
  }
  const way = kind === 'R' && chunk.length >= 9 ? chunk.readUInt32BE(5) : 0;
  return SUPPORTED.has(way) ? null : new ConnectFailure('unsupported-authentication', NAMES[way] ?? `method ${way}`);
}
