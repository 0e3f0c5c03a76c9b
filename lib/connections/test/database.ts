import { blame } from './blame.ts';
import { told } from './told.ts';
import { ok } from './trial.ts';
import type { Stage, Trial, Verdict } from './trial.ts';

/** The database or file is there and opens; what the server says of itself. */
export const database: Stage = {
  name: 'database',
  decisive: true,
  async run(trial) {
    const { dial, engine, resolved, facts } = trial;
    if (!dial || !engine || !resolved) throw new Error('database follows login');
    const reached = await dial.reached('database');
    if (reached.state === 'failed') {
      const verdict = told(reached.failure, dial.target, resolved);
      return reached.failure.why === 'missing-file' && !dial.target.readOnly ? notYet(verdict) : verdict;
    }
    const { session, target } = dial;
    if (!session) throw new Error('a connect that passed has a session');
    const asked = Date.now();
    const found = await engine.facts(session);
    // The server's clock was read half a round trip before its answer is here.
    const skew = Date.parse(found.now) - (asked + Date.now()) / 2;
    if (target.endpoint.kind === 'server' && Number.isFinite(skew)) facts.timeSkewMs = Math.round(skew);
    trial.databaseFacts = found;
    Object.assign(facts, {
      server: session.server.product,
      version: session.server.version,
      user: found.user,
      encoding: found.encoding,
      connectionLimit: found.connectionLimit,
    });
    return judged(trial, target.database);
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

function judged({ databaseFacts, resolved, facts }: Trial, name: string | null): Verdict {
  const { encoding, unicode } = databaseFacts!;
  const what = name === null ? 'The server' : `Database ${name}`;
  if (unicode) return ok(`${what} answers: ${facts.server} ${facts.version}, ${encoding}.`);
  return {
    state: 'warning',
    message: `${what} answers, but its encoding ${encoding} can not hold every character.`,
    ...blame(resolved!, 'database'),
    code: 'not-unicode',
    next: 'Create the database with a Unicode encoding.',
  };
}
