import { openPlain } from '#lib/secrets/open-plain.ts';
import { openValue } from '#lib/secrets/values.ts';
import type { VariableDefinition } from '#lib/source/source.ts';
import { store } from '#lib/store/store.ts';
import { parseValue } from './parse-value.ts';
import type { TypedValue, ValueSet } from './resolution.ts';

/** An `Environment` row, as far as its values need it. */
export type EnvironmentPlace = { id: string; appId: string; name: string; protected: boolean; position: number };

/**
 * All that one environment holds, unsealed and typed by `definitions`: those of the source in the designer, those of the
 * release at run time (rule 3.8). A value that does not fit its definition, or was set as a secret while the
 * definition is none, counts as not set. Whoever uses a secret out of it writes the audit row.
 * @throws Fault `sealed`
 */
export async function loadValues(
  environment: EnvironmentPlace,
  definitions: Record<string, VariableDefinition>,
): Promise<ValueSet> {
  const rows = await store().value.findMany({ where: { environmentId: environment.id } });
  const values = new Map<string, TypedValue>();
  for (const row of rows) {
    const definition = definitions[row.key];
    if (!definition) continue;
    const value = await open(environment, row, definition);
    if (value !== undefined) values.set(row.key, value);
  }
  const { name, position } = environment;
  return {
    environment: { name, protected: environment.protected, position },
    get: (key) => values.get(key),
  };
}

type Row = { key: string; sealed: string; version: number; secret: boolean };

async function open(
  { id, appId }: EnvironmentPlace,
  { key, sealed, version, secret }: Row,
  { type }: VariableDefinition,
): Promise<TypedValue | undefined> {
  const place = { appId, environmentId: id, key, version };
  if (type === 'secret') return openValue(place, sealed);
  if (secret) return undefined;
  const parsed = parseValue(type, await openPlain(place, sealed));
  return parsed.ok ? parsed.value : undefined;
}
