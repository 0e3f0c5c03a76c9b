import { blame } from './blame.ts';
import { ok } from './trial.ts';
import type { Stage } from './trial.ts';

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
    return outcome.lookUp
      ? ok(`${outcome.lookUp.addresses.join(', ')} ${outcome.lookUp.addresses.length === 1 ? 'is' : 'are'} allowed.`)
      : ok('The file lies in the folder of this environment.');
  },
};
