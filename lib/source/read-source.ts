import { store } from '#lib/store/store.ts';
import { definitionOf } from '#lib/variables/variable-row.ts';
import { compareText } from './compare-text.ts';
import { elementOf } from './element-row.ts';
import type { Source } from './source.ts';

/** The present source of an app, from the store; inside a transaction, as that sees it. */
export async function readSource(app: {
  id: string;
  name: string;
  title: string;
  defaultDatabase: string | null;
}): Promise<Source> {
  const where = { appId: app.id };
  const rows = await store().element.findMany({ where });
  const variables = await store().variable.findMany({ where });
  return {
    app: { name: app.name, title: app.title, defaultDatabase: app.defaultDatabase },
    variables: Object.fromEntries(
      variables.sort((a, b) => compareText(a.key, b.key)).map((row) => [row.key, definitionOf(row)]),
    ),
    elements: rows.map(elementOf).sort((a, b) => compareText(a.fullName, b.fullName)),
  };
}
