import { CONNECT_CAUSES } from '#elements/database/connect-causes.ts';
import type { ConnectCause } from '#elements/database/connect-causes.ts';
import { ConnectFailure } from '#elements/database/contract.ts';
import type { Target } from '#elements/database/contract.ts';
import type { ResolvedElement } from '#lib/variables/resolution.ts';
import { blame } from './blame.ts';
import { causeWords, fillIn, sentence } from './cause-words.ts';
import type { Verdict } from './trial.ts';

/**
 * A failed connect as a person reads it: one sentence, the field at fault, the next step.
 * @param from the portal's own address on its way to the server, where it is known
 */
export function told(failure: ConnectFailure, target: Target, resolved: ResolvedElement, from?: string): Verdict {
  const { why, detail } = failure;
  const { found, field, next } = CONNECT_CAUSES[why];
  const words = causeWords(target, resolved.engine, detail, from);
  const offers = why === 'wrong-protocol' ? otherPort(words) : failure.offers;
  return {
    state: 'failed',
    message: sentence(fillIn(found, words)),
    ...blame(resolved, field),
    code: why,
    next: fillIn(next, words),
    ...(offers.length > 0 && { offers }),
  };
}

/** As {@link told}, for what was found without a failed connect. */
export function toldCause(why: ConnectCause, target: Target, resolved: ResolvedElement, from?: string): Verdict {
  return told(new ConnectFailure(why, ''), target, resolved, from);
}

const otherPort = (words: Record<string, string>): string[] => {
  const { port, 'usual port': usual = '' } = words;
  return usual === port ? [] : [usual];
};
