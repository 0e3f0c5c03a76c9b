import { resolve } from '#lib/variables/resolve.ts';
import { loadEngine } from '#elements/database/engines.ts';
import type { TlsMode } from '#elements/database/contract.ts';
import { DNS_DEADLINE_MS } from '../look-up.ts';
import { decidedMode, makeTarget } from '../target.ts';
import { ok } from './trial.ts';
import type { Stage, Trial } from './trial.ts';

/**
 * Every reference of the element has a value. Where `tls.mode` is left out the address decides it, and with it which
 * fields are used, so the name is looked up first; the look-up's own result is told by *address* and *dns*.
 */
export const variables: Stage = {
  name: 'variables',
  decisive: true,
  async run(trial) {
    const started = performance.now();
    let found = resolveOnce(trial);
    const first = found.elements[0];
    if (first) {
      trial.outcome = await makeTarget(first, trial.place, {
        ...trial.options,
        dnsDeadlineMs: Math.min(DNS_DEADLINE_MS, trial.deadline.left),
      });
      const ip = trial.outcome.ok && trial.outcome.lookUp?.ip;
      if (ip && (first.fields['tls.mode']?.value ?? null) === null) found = resolveOnce(trial, decidedMode(ip));
    }
    const [resolved] = found.elements;
    if (!resolved) {
      trial.reasons.push(...found.reasons);
      const { field, variable, code, next, message } = found.reasons[0]!;
      const others = found.reasons.length - 1;
      return {
        state: 'failed',
        message: others > 0 ? `${message} And ${others} more.` : message,
        code,
        next,
        ...(field !== undefined && { field }),
        ...(variable !== undefined && { variable }),
      };
    }
    trial.resolved = resolved;
    trial.engine = await loadEngine(resolved.engine);
    const ms = performance.now() - started - (trial.outcome?.lookUp?.dnsMs ?? 0);
    const { length } = resolved.uses;
    return ok(
      length === 0
        ? 'No variable is used.'
        : `${length} variable${length === 1 ? ' has its value' : 's have their values'}.`,
      { ms },
    );
  },
};

function resolveOnce({ source, values, element }: Trial, mode?: TlsMode) {
  return resolve(source, values, { only: [element], ...(mode && { tlsMode: () => mode }) });
}
