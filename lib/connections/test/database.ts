import { causeWords } from './cause-words.ts';
import { warned } from './test-causes.ts';
import type { TestWarning } from './test-causes.ts';
import { told } from './told.ts';
import { ok } from './trial.ts';
import type { Stage, Trial, Verdict } from './trial.ts';

/** Times that two machines write are taken for equal up to this; sure of it, whatever half of the round trip was the longer one. */
const CLOCK_OFF_MS = 5_000;

/** The database or file is there and opens; what the server says of itself. */
export const database: Stage = {
  name: 'database',
  decisive: true,
  async run(trial) {
    const { dial, engine, resolved, facts } = trial;
    if (!dial || !engine || !resolved) throw new Error('database follows login');
    const reached = await dial.reached('database');
    if (reached.state === 'failed') {
      const verdict = told(reached.failure, dial.target, resolved, facts.from);
      return reached.failure.why === 'missing-file' && !dial.target.readOnly ? notYet(verdict) : verdict;
    }
    const { session, target } = dial;
    if (!session) throw new Error('a connect that passed has a session');
    const asked = Date.now();
    const found = await engine.facts(session);
    const answered = Date.now();
    // The server's clock was read half a round trip before its answer is here.
    const skew = Date.parse(found.now) - (asked + answered) / 2;
    if (target.endpoint.kind === 'server' && Number.isFinite(skew)) facts.timeSkewMs = Math.round(skew);
    trial.databaseFacts = found;
    Object.assign(facts, {
      server: session.server.product,
      version: session.server.version,
      user: found.user,
      encoding: found.encoding,
      connectionLimit: found.connectionLimit,
      ...(found.seenFrom && found.seenFrom !== facts.from && { seenFrom: found.seenFrom }),
    });
    return judged(trial, Math.abs(skew) - (answered - asked) / 2 > CLOCK_OFF_MS);
  },
};

/** product.md section 2: a deploy makes a missing file, a test never does. */
function notYet(verdict: Verdict): Verdict {
  return {
    ...verdict,
    state: 'warning',
    message: 'The file is not there yet: a deploy will make it.',
    next: 'Deploy, or create the file now.',
  };
}

function judged({ dial, databaseFacts, resolved, facts }: Trial, clockIsOff: boolean): Verdict {
  const { target } = dial!;
  const { encoding, unicode } = databaseFacts!;
  const { timeSkewMs = 0 } = facts;
  const warnings: TestWarning[] = [
    ...(unicode ? [] : ['not-unicode' as const]),
    ...(clockIsOff ? ['clock-off' as const] : []),
  ];
  const who = target.database === null ? 'The server' : `Database ${target.database}`;
  const answer = `${who} answers: ${facts.server} ${facts.version}, ${encoding}.`;
  if (warnings.length === 0) return ok(answer);
  const words = {
    ...causeWords(target, resolved!.engine),
    encoding,
    skew: `${Math.round(Math.abs(timeSkewMs) / 1000)} s ${timeSkewMs < 0 ? 'behind' : 'ahead'}`,
  };
  return warned(
    resolved!,
    answer,
    warnings.map((code) => ({ code, words })),
  );
}
