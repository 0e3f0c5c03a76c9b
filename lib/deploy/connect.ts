import { Semaphore } from 'async-mutex';
import { ConnectFailure, DatabaseFailure } from '#elements/database/contract.ts';
import { loadEngine } from '#elements/database/engines.ts';
import { checkTargets } from '#lib/connections/secret-targets.ts';
import { makeTarget } from '#lib/connections/target.ts';
import { runStages } from '#lib/connections/test/run-stages.ts';
import { told } from '#lib/connections/test/told.ts';
import type { Reason } from '#lib/core/errors.ts';
import type { TestReport } from '#lib/http/api.ts';
import type { DatabaseElement } from '#lib/source/source.ts';
import type { ResolvedElement } from '#lib/variables/resolution.ts';
import { find } from './find.ts';
import type { Judged } from './policy.ts';
import { identityOf, type Reached } from './reach.ts';
import type { Run } from './run.ts';
import { samePlaces } from './same-place.ts';

export type Connected = Judged & { tests: TestReport[]; reached: Reached[] };

/** As many servers at a time as a portal asks at once. */
const AT_ONCE = 8;

/** The staged test on every database of the release; those that pass stay open for the plan. */
export async function connect(run: Run, judged: Judged): Promise<Connected> {
  const databases = judged.source.elements.filter((each) => each.family === 'databases');
  const limit = new Semaphore(AT_ONCE);
  const outcomes = await Promise.all(
    databases.map((element) => limit.runExclusive(() => reachOne(run, judged, element))),
  );
  const tests = outcomes.map((each) => each.test);
  await run.log.tests(tests);
  for (const each of outcomes) find(run.findings, each);
  const reached = outcomes.flatMap((each) => each.reached ?? []);
  find(run.findings, await samePlaces(run, reached));
  return { ...judged, tests, reached };
}

type Outcome = { test: TestReport; reached: Reached | null; reasons: Reason[]; warnings: Reason[] };

/** Rule 3.7, and the audit row of the use. */
function mayHaveSecrets({ actor, app, environment, confirmTargets, kind }: Run, resolved: ResolvedElement) {
  const use = { app: app.name, environment, confirm: confirmTargets, action: `${kind}.connect` };
  return checkTargets(actor, [resolved], { ...use, subject: resolved.element });
}

async function reachOne(run: Run, judged: Judged, element: DatabaseElement): Promise<Outcome> {
  const place = { app: run.app.name, environment: run.environment.name };
  const test = await runStages({
    source: judged.source,
    values: judged.values,
    element: element.fullName,
    place,
    protected: run.environment.protected,
    checkSecrets: (resolved) => mayHaveSecrets(run, resolved),
  });
  const warnings = test.stages
    .filter((stage) => stage.state === 'warning')
    .map(({ field, variable, code, message, next }): Reason => ({
      element: element.fullName,
      ...(field === undefined ? {} : { field }),
      ...(variable === undefined ? {} : { variable }),
      environment: place.environment,
      code: code ?? 'warning',
      message,
      next: next ?? '',
    }));
  const resolved = judged.resolution.elements.find((each) => each.element === element.fullName);
  if (test.state === 'failed' || !resolved) return { test, reached: null, reasons: test.reasons, warnings };
  const outcome = await makeTarget(resolved, place);
  if (!outcome.ok) return { test, reached: null, reasons: [outcome.reason], warnings };
  const { target } = outcome;
  const engine = await loadEngine(resolved.engine);
  try {
    const session = outcome.exists ? await engine.connect(target) : null;
    if (session) run.sessions.add(session);
    const identity = await identityOf(engine, session, target);
    return { test, reached: { element, resolved, engine, target, identity, session }, reasons: [], warnings };
  } catch (error) {
    if (error instanceof DatabaseFailure)
      return { test, reached: null, reasons: [lost(run, element, error)], warnings };
    if (!(error instanceof ConnectFailure)) throw error;
    const { state: _, ms: _ms, code = error.why, next = '', ...rest } = told(error, target, resolved);
    const reason: Reason = { element: element.fullName, environment: place.environment, code, next, ...rest };
    return { test, reached: null, reasons: [reason], warnings };
  }
}

const lost = (run: Run, { fullName }: DatabaseElement, error: DatabaseFailure): Reason => ({
  element: fullName,
  environment: run.environment.name,
  code: 'not-reached',
  message: `${fullName} passed its test, but did not answer after it: ${error.message}`,
  next: 'Look at the log of the server, and deploy again.',
});
