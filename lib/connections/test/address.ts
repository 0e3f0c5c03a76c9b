import { classOfAddress } from '../address-class.ts';
import { outgoingAddress } from '../outgoing-address.ts';
import { blame } from './blame.ts';
import { causeWords } from './cause-words.ts';
import { warned } from './test-causes.ts';
import { ok } from './trial.ts';
import type { Stage, Trial, Verdict } from './trial.ts';

/** The policy allows every address that the host stands for, or the file lies where it may; secrets may go there. */
export const address: Stage = {
  name: 'address',
  decisive: true,
  async run(trial) {
    const { outcome, resolved } = trial;
    if (!outcome || !resolved) throw new Error('address follows variables');
    if (!outcome.ok && outcome.stage === 'address') {
      const { field = 'host', code, message, next } = outcome.reason;
      return { state: 'failed', message, ...blame(resolved, field), code, next };
    }
    if (!outcome.ok) return ok('The name is allowed.');
    const [wrong, ...others] = (await trial.checkSecrets?.(resolved)) ?? [];
    if (wrong) {
      trial.reasons.push(wrong, ...others);
      const { field, variable, code, message, next } = wrong;
      return {
        state: 'failed',
        message,
        code,
        next,
        ...(field !== undefined && { field }),
        ...(variable !== undefined && { variable }),
      };
    }
    const { lookUp } = outcome;
    if (!lookUp) return ok('The file lies in the folder of this environment.');
    const open = lookUp.addresses.find((each) => classOfAddress(each).class === 'public');
    if (trial.protected && open !== undefined) return onOpenInternet(trial, open);
    return ok(`${lookUp.addresses.join(', ')} ${lookUp.addresses.length === 1 ? 'is' : 'are'} allowed.`);
  },
};

async function onOpenInternet({ outcome, resolved, place }: Trial, open: string): Promise<Verdict> {
  if (!outcome?.ok || !resolved) throw new Error('only an address that is allowed is warned of');
  const from = (await outgoingAddress(open)) ?? undefined;
  const words = {
    ...causeWords(outcome.target, resolved.engine, '', from),
    address: open,
    environment: place.environment,
  };
  return warned(resolved, '', [{ code: 'public-address', words }]);
}
