import { outgoingAddress } from '../outgoing-address.ts';
import { Dial } from './dial.ts';
import { told } from './told.ts';
import { ok, skipped } from './trial.ts';
import type { Stage } from './trial.ts';

/** Left for what follows the connection, however long its own deadline is. */
const AFTER_CONNECT_MS = 1_500;
const STATEMENT_MS = 3_000;

/** Something takes connections there. Starts the one connection of the test; the stages up to *database* watch it. */
export const tcp: Stage = {
  name: 'tcp',
  decisive: true,
  async run(trial) {
    const { outcome, resolved, engine, deadline } = trial;
    if (!outcome?.ok || !resolved || !engine) throw new Error('tcp follows dns');
    const target = {
      ...outcome.target,
      connectTimeoutMs: Math.max(100, Math.min(outcome.target.connectTimeoutMs, deadline.left - AFTER_CONNECT_MS)),
      statementTimeoutMs: Math.min(outcome.target.statementTimeoutMs, STATEMENT_MS),
    };
    const dial = new Dial(engine, target);
    trial.dial = dial;
    if (target.endpoint.kind === 'file') return skipped('A file is opened without a network.');
    const { ip, port, instance } = target.endpoint;
    const from = await outgoingAddress(ip);
    if (from !== null) trial.facts.from = from;
    const reached = await dial.reached('tcp');
    if (reached.state === 'failed') return told(reached.failure, target, resolved, trial.facts.from);
    return ok(
      `${ip}:${instance ?? port} takes connections${from === null ? '' : `, from ${from}`}.`,
      reached.step ? { ms: reached.step.ms } : {},
    );
  },
};
