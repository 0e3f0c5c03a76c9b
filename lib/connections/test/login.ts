import { told } from './told.ts';
import { ok, skipped } from './trial.ts';
import type { Stage } from './trial.ts';

/** The server lets the user in. */
export const login: Stage = {
  name: 'login',
  decisive: true,
  async run({ dial, resolved, facts }) {
    if (!dial || !resolved) throw new Error('login follows tcp');
    const { target } = dial;
    if (target.endpoint.kind === 'file') return skipped('A file has no login.');
    const reached = await dial.reached('login');
    if (reached.state === 'failed') return told(reached.failure, target, resolved, facts.from);
    return ok(`${target.user} is let in.`, reached.step ? { ms: reached.step.ms } : {});
  },
};
