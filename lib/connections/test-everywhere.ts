import { z } from 'zod';
import type { Actor } from '#lib/access/actor.ts';
import { holdsRight } from '#lib/access/rights.ts';
import { findApp } from '#lib/apps/find-app.ts';
import type { TestEverywhereEvent } from '#lib/http/api.ts';
import { readSource } from '#lib/source/read-source.ts';
import { store } from '#lib/store/store.ts';
import { loadValues, type EnvironmentPlace } from '#lib/variables/load-values.ts';
import { asTheyEnd } from './as-they-end.ts';
import type { Drafted } from './draft.ts';
import { testable, testOne } from './test-element.ts';
import { takeTestPlace } from './test-limits.ts';

export const testEverywhereInput = z.strictObject({
  app: z.string(),
  /** these tests alone, as far as they are still there; left out: all */
  only: z.array(z.strictObject({ element: z.string(), environment: z.string() })).optional(),
  confirmTargets: z.boolean().optional(),
});

type Input = z.output<typeof testEverywhereInput>;
type Trial = { environment: EnvironmentPlace; drafted: Drafted };

const AT_ONCE = 3;

/**
 * Tests every connection and database as saved, in every environment where the actor may test, a few at a time, and gives
 * each report as it is there. It counts as one test. Once the caller has gone, what has begun ends and nothing more begins.
 * @throws Fault `no-right`, `not-found`, `too-many`, `sealed`
 */
export async function* testEverywhere(
  actor: Actor,
  { app: name, only, confirmTargets }: Input,
  signal: AbortSignal,
): AsyncGenerator<TestEverywhereEvent> {
  const app = await findApp(actor, 'element:test', name);
  const source = await readSource(app);
  const wanted = only && new Set(only.map(({ element, environment }) => key(element, environment)));
  const rows = await store().environment.findMany({ where: { appId: app.id }, orderBy: { position: 'asc' } });
  const environments = rows.filter((environment) => holdsRight(actor, 'element:test', { app: app.name, environment }));
  const trials: Trial[] = [];
  for (const environment of environments) {
    const names = testable(source).filter((element) => wanted?.has(key(element, environment.name)) ?? true);
    if (names.length === 0) continue;
    const values = await loadValues(environment, source.variables);
    trials.push(
      ...names.map((element) => ({ environment, drafted: { source, values, element, typed: new Set<string>() } })),
    );
  }
  const leave = await takeTestPlace(actor.userId);
  const run = ({ environment, drafted }: Trial) =>
    testOne(actor, drafted, { app: app.name, environment: environment.name, confirmTargets }, environment, () => {});
  let begun = false;
  try {
    yield {
      event: 'start',
      environments: environments.map(({ name: of, protected: guarded }) => ({ name: of, protected: guarded })),
      tests: trials.map(({ environment, drafted }) => ({ element: drafted.element, environment: environment.name })),
    };
    begun = true;
    for await (const report of asTheyEnd(trials, AT_ONCE, run, leave, signal)) yield { event: 'report', report };
  } finally {
    if (!begun) leave();
  }
  yield { event: 'end' };
}

const key = (element: string, environment: string): string => `${element} ${environment}`;
