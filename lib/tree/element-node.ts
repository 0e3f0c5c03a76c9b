import { definitionOfType } from '#elements/database/definitions.ts';
import type { ElementNode } from '#lib/http/api.ts';
import { databaseOfModel } from '#lib/source/database-of-model.ts';
import type { Source, SourceElement } from '#lib/source/source.ts';
import { store } from '#lib/store/store.ts';

export type Tests = ReadonlyMap<string, ElementNode['tests']>;

/** Last tests of an app's elements, by element id and environment's name. */
export async function lastTests(appId: string, elementId?: string): Promise<Tests> {
  const rows = await store().testResult.findMany({
    where: { environment: { appId }, ...(elementId === undefined ? {} : { elementId }) },
    select: { elementId: true, state: true, at: true, environment: { select: { name: true } } },
  });
  const tests = new Map<string, ElementNode['tests']>();
  for (const row of rows) {
    const state = row.state as ElementNode['tests'][string]['state'];
    const present = tests.get(row.elementId) ?? {};
    tests.set(row.elementId, { ...present, [row.environment.name]: { state, at: row.at.toISOString() } });
  }
  return tests;
}

/** A node of the tree as the API shows it. */
export function elementNode(source: Source, element: SourceElement, revision: number, tests: Tests): ElementNode {
  const { id, fullName, family, type, title } = element;
  return {
    id,
    fullName,
    family,
    type,
    engine: definitionOfType(type)?.engine ?? null,
    title,
    revision,
    on: standsOn(source, element),
    tests: tests.get(id) ?? {},
  };
}

function standsOn(source: Source, element: SourceElement): string | null {
  if (element.family === 'models') return databaseOfModel(source, element.body);
  return element.family === 'databases' ? (element.body.connection ?? null) : null;
}
