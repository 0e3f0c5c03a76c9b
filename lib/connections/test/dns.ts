import { blame } from './blame.ts';
import { ok, skipped } from './trial.ts';
import type { Stage } from './trial.ts';

/** The name is known. It was looked up once, before *address*; the milliseconds are those of the look-up. */
export const dns: Stage = {
  name: 'dns',
  decisive: true,
  async run({ outcome, resolved }) {
    if (!outcome || !resolved) throw new Error('dns follows address');
    const ms = outcome.lookUp?.dnsMs ?? 0;
    if (!outcome.ok) {
      const { code, message, next } = outcome.reason;
      return { state: 'failed', message, ...blame(resolved, 'host'), code, next, ms };
    }
    const { endpoint } = outcome.target;
    if (endpoint.kind === 'file') return skipped('A file has no name to look up.');
    if (outcome.lookUp?.dnsMs == null) return skipped('The host is an address: there is no name to look up.');
    return ok(`${endpoint.host} is ${endpoint.ip}.`, { ms });
  },
};
