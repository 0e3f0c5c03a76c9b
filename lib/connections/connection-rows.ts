import { definitionOfType } from '#elements/database/definitions.ts';
import type { ConnectionRow, TestStage } from '#lib/http/api.ts';
import type { ConnectionElement, DatabaseElement, Source } from '#lib/source/source.ts';
import { readSourceState, type AppPlace } from '#lib/source/source-state.ts';
import { variableUses } from '#lib/source/variable-uses.ts';
import { store } from '#lib/store/store.ts';
import { valuesOrNone } from '#lib/tree/element-origins.ts';
import { DEVELOPMENT, type ValueSet } from '#lib/variables/resolution.ts';
import { resolveElement } from '#lib/variables/resolve-element.ts';
import { maskedText, shownField } from './masked-text.ts';

/** The connections of an app, by full name, with the values of `development`; sealed, every reference stands as its key. */
export async function connectionRows(app: AppPlace): Promise<ConnectionRow[]> {
  const { source, rows } = await readSourceState(app);
  const connections = source.elements.filter((element) => element.family === 'connections');
  const attached = attachedTo(source);
  const values = await developmentValues(app.id, source, [...connections, ...[...attached.values()].flat()]);
  const made = await creationTimes(app.id);
  const tests = await lastTests(app.id);
  return connections.map((element) => ({
    app: app.name,
    id: element.id,
    fullName: element.fullName,
    type: element.type,
    title: element.title,
    revision: rows.get(element.id)?.revision ?? 0,
    createdAt: made.get(element.id) ?? '',
    ...shownSettings(source, element, attached.get(element.fullName) ?? [], values),
    tests: tests.get(element.id) ?? {},
  }));
}

function shownSettings(
  source: Source,
  element: ConnectionElement,
  attached: DatabaseElement[],
  values: ValueSet,
): Pick<ConnectionRow, 'host' | 'databases' | 'text'> {
  const definition = definitionOfType(element.type);
  if (!definition) return { host: null, databases: [], text: '' };
  const { resolved } = resolveElement(source, element, values);
  const databases = attached.map((database) => {
    const { fields } = resolveElement(source, database, values).resolved;
    return {
      fullName: database.fullName,
      database: shownField(fields['database']),
      schema: shownField(fields['schema']),
    };
  });
  // of several databases none is the connection's own
  const only = databases.length === 1 ? (databases[0]?.database ?? null) : null;
  return { host: shownField(resolved.fields['host']), databases, text: maskedText(definition, resolved, only) };
}

/** Databases by the connection that they attach to. */
function attachedTo({ elements }: Source): Map<string, DatabaseElement[]> {
  const attached = new Map<string, DatabaseElement[]>();
  for (const element of elements) {
    if (element.family !== 'databases' || element.body.connection === undefined) continue;
    attached.set(element.body.connection, [...(attached.get(element.body.connection) ?? []), element]);
  }
  return attached;
}

/** Only what the elements use is unsealed. */
async function developmentValues(
  appId: string,
  { variables }: Source,
  elements: (ConnectionElement | DatabaseElement)[],
): Promise<ValueSet> {
  const none: ValueSet = {
    environment: { name: DEVELOPMENT, protected: false, position: 0 },
    get: () => undefined,
  };
  const keys = new Set(elements.flatMap(variableUses).map(({ key }) => key));
  const environment = await store().environment.findUnique({ where: { appId_name: { appId, name: DEVELOPMENT } } });
  if (!environment) return none;
  const used = Object.fromEntries(Object.entries(variables).filter(([key]) => keys.has(key)));
  return (await valuesOrNone(environment, used)) ?? none;
}

async function creationTimes(appId: string): Promise<Map<string, string>> {
  const rows = await store().element.findMany({
    where: { appId, nameKey: { startsWith: 'connections.' } },
    select: { elementId: true, createdAt: true },
  });
  return new Map(rows.map(({ elementId, createdAt }) => [elementId, createdAt.toISOString()]));
}

async function lastTests(appId: string): Promise<Map<string, ConnectionRow['tests']>> {
  const rows = await store().testResult.findMany({
    where: { environment: { appId } },
    select: { elementId: true, state: true, at: true, result: true, environment: { select: { name: true } } },
  });
  const tests = new Map<string, ConnectionRow['tests']>();
  for (const row of rows) {
    const state = row.state as ConnectionRow['tests'][string]['state'];
    const blamed = (JSON.parse(row.result) as TestStage[]).find((stage) => stage.state === state && state !== 'ok');
    const test = { state, at: row.at.toISOString(), message: blamed?.message ?? null };
    tests.set(row.elementId, { ...tests.get(row.elementId), [row.environment.name]: test });
  }
  return tests;
}
