import { z } from 'zod';
import { isReference } from '#elements/connection/fields.ts';
import { flatten } from '#elements/connection/flatten.ts';
import type { Actor } from '#lib/access/actor.ts';
import { holdsRight } from '#lib/access/rights.ts';
import { findApp } from '#lib/apps/find-app.ts';
import { Fault } from '#lib/core/errors.ts';
import type { Reason } from '#lib/core/errors.ts';
import type { Draft, RetestEvent, RetestResult, TestReport } from '#lib/http/api.ts';
import { draftSchema } from '#lib/http/draft-schema.ts';
import type { Source } from '#lib/source/source.ts';
import { readSourceState } from '#lib/source/source-state.ts';
import { store } from '#lib/store/store.ts';
import { loadValues, type EnvironmentPlace } from '#lib/variables/load-values.ts';
import { DEVELOPMENT } from '#lib/variables/resolution.ts';
import { asTheyEnd } from './as-they-end.ts';
import { layDraft } from './draft.ts';
import type { Drafted } from './draft.ts';
import { rememberProof } from './proofs.ts';
import { databasesOn, findConnection } from './reach.ts';
import { testOne } from './test-element.ts';
import { takeTestPlace } from './test-limits.ts';

export const retestInput = z.strictObject({
  app: z.string(),
  fullName: z.string(),
  /** what is on the screen; left out: the connection as saved */
  draft: draftSchema.optional(),
  confirmTargets: z.boolean().optional(),
});

type Input = z.output<typeof retestInput>;
type Trial = { database: string; environment: EnvironmentPlace; now: Drafted; saved: Drafted };

const AT_ONCE = 3;

/**
 * Tests every database on a connection, in every environment where the actor may test, with settings that are not saved
 * yet. What fails is tested with the saved ones too, so that only what works now is said to break. A save of the same
 * settings knows what came out ({@link rememberProof}).
 * @throws Fault `no-right`, `not-found`, `wrong-input`, `too-many`, `sealed`
 */
export async function* retestConnection(actor: Actor, input: Input, signal: AbortSignal): AsyncGenerator<RetestEvent> {
  const app = await findApp(actor, 'element:test', input.app);
  const state = await readSourceState(app);
  const connection = findConnection(state, input.fullName);
  if (input.draft && input.draft.type !== connection.type) {
    throw new Fault('wrong-input', `${connection.fullName} is of type ${connection.type}, which can not be changed.`);
  }
  const environments = await store().environment.findMany({ where: { appId: app.id }, orderBy: { position: 'asc' } });
  const databases = databasesOn(state.source, connection.fullName);
  const trials: Trial[] = [];
  for (const environment of environments) {
    if (!holdsRight(actor, 'element:test', { app: app.name, environment })) continue;
    const { saved, now } = await settings(state.source, environment, connection.fullName, input.draft);
    trials.push(...databases.map((database) => ({ database, environment, saved, now })));
  }
  const leave = await takeTestPlace(actor.userId);
  const failed: Reason[] = [];
  let begun = false;
  try {
    yield {
      event: 'start',
      tests: trials.map(({ database, environment }) => ({ database, environment: environment.name })),
    };
    begun = true;
    for await (const result of asTheyEnd(trials, AT_ONCE, (trial) => tryOne(actor, input, trial), leave, signal)) {
      if (result.outcome === 'breaks' || result.outcome === 'not-tried') failed.push(wouldBreak(result));
      yield { event: 'result', result };
    }
  } finally {
    if (!begun) leave();
  }
  // whoever cancels has proven nothing
  if (input.draft && !signal.aborted)
    rememberProof({ app: app.name, element: connection.fullName }, input.draft, { failed });
  yield { event: 'end' };
}

async function settings(
  source: Source,
  environment: EnvironmentPlace,
  connection: string,
  draft: Draft | undefined,
): Promise<{ saved: Drafted; now: Drafted }> {
  const values = await loadValues(environment, source.variables);
  const saved = { source, values, element: connection, typed: new Set<string>() };
  if (!draft) return { saved, now: saved };
  const known = withTypedVariables(source, draft);
  // what is typed into the form is saved as a value of development alone (rule 3.5)
  const { secrets, ...elsewhere } = draft;
  const here = environment.name === DEVELOPMENT && secrets ? draft : elsewhere;
  return { saved, now: layDraft(known, values, here, connection) };
}

/** The variables that a save would make of typed secrets: without a value outside `development`, but defined. */
function withTypedVariables(source: Source, { body, secrets = {} }: Draft): Source {
  const flat = flatten(body);
  const made = Object.keys(secrets).flatMap((field) => {
    const value = flat[field];
    return value !== undefined && isReference(value) ? [[value.$env, { type: 'secret' as const }] as const] : [];
  });
  return { ...source, variables: { ...Object.fromEntries(made), ...source.variables } };
}

async function tryOne(actor: Actor, input: Input, { database, environment, now, saved }: Trial): Promise<RetestResult> {
  const run = (drafted: Drafted, draft: Draft | undefined) => {
    const request = { ...input, draft, environment: environment.name };
    return testOne(actor, { ...drafted, element: database }, request, environment, () => {});
  };
  const report = await run(now, input.draft);
  const at = { database, environment: environment.name, message: warningOf(report), reasons: report.reasons };
  if (report.state !== 'failed') return { ...at, outcome: 'works' };
  if (report.reasons.every(({ code }) => code === 'secret-target')) return { ...at, outcome: 'not-tried' };
  const works = input.draft !== undefined && (await run(saved, undefined)).state !== 'failed';
  return { ...at, outcome: works ? 'breaks' : 'broken' };
}

const warningOf = ({ stages }: TestReport): string | null =>
  stages.find(({ state }) => state === 'warning')?.message ?? null;

function wouldBreak({ database, environment, outcome, reasons }: RetestResult): Reason {
  const [first] = reasons;
  const found =
    outcome === 'breaks'
      ? `works in ${environment} with what is saved, and does not with this`
      : `was not tried in ${environment}`;
  return {
    element: database,
    environment,
    code: 'would-break',
    message: `${database} ${found}: ${first?.message ?? 'the test failed.'}`,
    next: first?.next ?? 'Correct the settings.',
  };
}
