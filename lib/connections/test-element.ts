import type { Actor } from '#lib/access/actor.ts';
import { findEnvironment } from '#lib/apps/find-app.ts';
import { Fault } from '#lib/core/errors.ts';
import type { Draft, TestEvent, TestReport, TestStage } from '#lib/http/api.ts';
import type { Source } from '#lib/source/source.ts';
import { readSource } from '#lib/source/read-source.ts';
import { newId } from '#lib/store/new-id.ts';
import { store, transaction } from '#lib/store/store.ts';
import { audit } from '#lib/access/audit.ts';
import { loadValues } from '#lib/variables/load-values.ts';
import { layDraft } from './draft.ts';
import type { Drafted } from './draft.ts';
import { rememberProof } from './proofs.ts';
import { checkTargets } from './secret-targets.ts';
import { takeTestPlace } from './test-limits.ts';
import { runStages } from './test/run-stages.ts';
import { streamInOrder } from './test/stream-in-order.ts';

export type TestRequest = {
  app: string;
  environment: string;
  /** fullName; left out, and no draft: every connection and database */
  element?: string | undefined;
  /** what is on the screen, in place of what is saved */
  draft?: Draft | undefined;
  confirmTargets?: boolean | undefined;
};

/**
 * Product.md section 5: tests what is on the screen or saved, and tells each stage as it finishes. Several elements are tested
 * a few at a time and told one after the other. Keeps the audit row, a bound target and, for what is saved, the result.
 * @throws Fault `no-right`, `not-found`, `wrong-input`, `too-many`, `sealed`
 */
export async function* testElements(actor: Actor, request: TestRequest): AsyncGenerator<TestEvent> {
  const { app, environment } = await findEnvironment(actor, 'element:test', request.app, request.environment);
  const source = await readSource(app);
  const laid = await laidOut(source, await loadValues(environment, source.variables), request);
  const names = request.element !== undefined || request.draft ? [laid.element] : testable(source);
  const leave = await takeTestPlace(actor.userId);
  const one = (element: string, emit: (stage: TestStage) => void) =>
    testOne(actor, { ...laid, element }, request, environment, emit);
  yield* streamInOrder(names, one, leave);
}

/** Full names of all that can be tested. */
export const testable = (source: Source): string[] =>
  source.elements.filter(({ family }) => family !== 'models').map(({ fullName }) => fullName);

async function laidOut(
  source: Source,
  values: Drafted['values'],
  { element, draft, app }: TestRequest,
): Promise<Drafted> {
  if (draft) return layDraft(source, values, draft, element);
  if (element !== undefined && !testable(source).includes(element)) {
    throw new Fault('not-found', `There is no connection or database ${element} in ${app}.`);
  }
  return { source, values, element: element ?? '', typed: new Set() };
}

type Row = { id: string; name: string; protected: boolean };

/** One test of {@link testElements}, with settings that lie over the source; each stage is told as it finishes. */
export async function testOne(
  actor: Actor,
  { source, values, element, typed }: Drafted,
  { app, draft, confirmTargets }: TestRequest,
  environment: Row,
  emit: (stage: TestStage) => void,
): Promise<TestReport> {
  const action = draft ? 'element.test-draft' : 'element.test';
  const use = { environment, app, confirm: confirmTargets === true, except: typed, action, subject: element };
  let audited = false;
  const report = await runStages(
    {
      source,
      values,
      element,
      place: { app, environment: environment.name },
      protected: environment.protected,
      checkSecrets(resolved) {
        audited = true;
        return checkTargets(actor, [resolved], use);
      },
    },
    emit,
  );
  const tested = source.elements.find(({ fullName }) => fullName === element);
  const saved = draft ? undefined : tested;
  // of a connection only a re-test of all that attaches to it says what would break
  if (draft && tested?.family === 'databases' && tested.type === draft.type) {
    rememberProof({ app, element }, draft, { failed: report.state === 'failed' ? report.reasons : [] });
  }
  await transaction(async (tx) => {
    if (!audited) {
      const facts = { app, environment: environment.name, subject: element, detail: { secrets: [] } };
      await audit(tx, actor, action, facts);
    }
    if (saved) await keepResult(environment.id, saved.id, report);
  });
  return report;
}

async function keepResult(environmentId: string, elementId: string, { state, stages, ms }: TestReport): Promise<void> {
  const kept = { state, result: JSON.stringify(stages), ms: Math.round(ms), at: new Date() };
  await store().testResult.upsert({
    where: { environmentId_elementId: { environmentId, elementId } },
    create: { id: newId('t'), environmentId, elementId, ...kept },
    update: kept,
  });
}
