import { store } from '#lib/store/store.ts';
import { definitionOf } from '#lib/variables/variable-row.ts';
import { compareText } from './compare-text.ts';
import { elementOf } from './element-row.ts';
import type { Source } from './source.ts';

/** An `App` row, as far as its source needs it. */
export type AppPlace = { id: string; name: string; title: string; defaultDatabase: string | null };

/** The present source together with what saving a change of it needs. */
export type SourceState = {
  app: AppPlace;
  source: Source;
  /** by element id: row id and revision */
  rows: ReadonlyMap<string, { id: string; revision: number }>;
};

/** Reads an app's source from the store; inside a transaction, as that sees it. */
export async function readSourceState(app: AppPlace): Promise<SourceState> {
  const where = { appId: app.id };
  const rows = await store().element.findMany({ where });
  const variables = await store().variable.findMany({ where });
  return {
    app,
    source: {
      app: { name: app.name, title: app.title, defaultDatabase: app.defaultDatabase },
      variables: Object.fromEntries(
        variables.sort((a, b) => compareText(a.key, b.key)).map((row) => [row.key, definitionOf(row)]),
      ),
      elements: rows.map(elementOf).sort((a, b) => compareText(a.fullName, b.fullName)),
    },
    rows: new Map(rows.map((row) => [row.elementId, { id: row.id, revision: row.revision }])),
  };
}
