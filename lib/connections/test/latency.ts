import { warned } from './test-causes.ts';
import { ok } from './trial.ts';
import type { Stage } from './trial.ts';

const ROUNDS = 5;
const PING = { sql: 'select 1', parameters: [] };

/** How long a round trip takes, and whether the server has room for the pool. */
export const latency: Stage = {
  name: 'latency',
  decisive: false,
  async run({ dial, facts, resolved, outcome }) {
    if (!dial?.session || !resolved || !outcome?.ok) throw new Error('latency follows database');
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const started = performance.now();
      await dial.session.run(PING);
      times.push(performance.now() - started);
    }
    times.sort((a, b) => a - b);
    const median = times[Math.floor(ROUNDS / 2)]!;
    facts.latencyMs = Math.round(median * 100) / 100;
    const limit = facts.connectionLimit ?? null;
    const { max } = outcome.pool;
    facts.poolMax = max;
    const message = `A round trip takes ${facts.latencyMs} ms.`;
    if (limit === null || max <= limit) return ok(message);
    const words = { limit: String(limit), max: String(max) };
    return warned(resolved, message, [{ code: 'pool-over-limit', words }]);
  },
};
