import { Secret } from '#lib/core/secret.ts';
import type { VariableCell, VariableRow } from '#lib/http/api.ts';
import { shown } from '#lib/connections/secret-targets.ts';
import type { SourceState } from '#lib/source/source-state.ts';
import type { VariableDefinition } from '#lib/source/source.ts';
import { store } from '#lib/store/store.ts';
import { emails, valuesOrNone } from '#lib/tree/element-origins.ts';
import { variableUsedBy } from '#lib/tree/where-used.ts';
import { lookUp } from './look-up.ts';
import { DEVELOPMENT, type ValueSet } from './resolution.ts';
import { resolve } from './resolve.ts';

type Environments = Awaited<ReturnType<typeof environmentsWithValues>>;

/** Every variable of an app in every environment: set, default, missing or unset; a secret's text never. */
export async function variableRows({ app, source }: SourceState): Promise<VariableRow[]> {
  const environments = await environmentsWithValues(app.id);
  const people = await emails(environments.flatMap((each) => each.values.flatMap((value) => value.setById ?? [])));
  const columns = await Promise.all(
    environments.map(async (environment) => {
      const values = await valuesOrNone(environment, source.variables);
      const reasons = values ? resolve(source, values).reasons : [];
      const lacking = new Set(reasons.flatMap((reason) => reason.variable ?? []));
      return { environment, values, lacking };
    }),
  );
  return Object.entries(source.variables).map(([key, definition]) => ({
    key,
    definition,
    usedBy: variableUsedBy(source, key),
    cells: Object.fromEntries(
      columns.map(({ environment, values, lacking }) => [
        environment.name,
        cell(key, definition, environment, values, lacking, people),
      ]),
    ),
  }));
}

function environmentsWithValues(appId: string) {
  return store().environment.findMany({
    where: { appId },
    orderBy: { position: 'asc' },
    include: { values: { select: { key: true, setAt: true, setById: true } }, targets: true },
  });
}

function cell(
  key: string,
  definition: VariableDefinition,
  { values: rows, targets }: Environments[number],
  /** null: the portal is sealed, and only what is set can be told */
  values: ValueSet | null,
  lacking: ReadonlySet<string>,
  people: ReadonlyMap<string, string>,
): VariableCell {
  const found = values && lookUp(key, definition, values);
  const row = found?.from === 'value' || !values ? rows.find((each) => each.key === key) : undefined;
  const isOwed = definition.required === true && values !== null && values.environment.name !== DEVELOPMENT;
  const without = lacking.has(key) || isOwed ? 'missing' : 'unset';
  return {
    state: row ? 'set' : found ? 'default' : without,
    value: found && !(found.value instanceof Secret) && definition.type !== 'secret' ? found.value : null,
    setAt: row?.setAt.toISOString() ?? null,
    setBy: people.get(row?.setById ?? '') ?? null,
    targets: targets.filter((each) => each.key === key).map(shown),
  };
}
