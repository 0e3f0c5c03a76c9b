import { Fault } from '#lib/core/errors.ts';
import { Secret } from '#lib/core/secret.ts';
import type { ElementDetail } from '#lib/http/api.ts';
import type { SourceElement, Source } from '#lib/source/source.ts';
import { variableUses } from '#lib/source/variable-uses.ts';
import { store } from '#lib/store/store.ts';
import { loadValues } from '#lib/variables/load-values.ts';
import type { ValueSet } from '#lib/variables/resolution.ts';
import { resolveElement } from '#lib/variables/resolve-element.ts';

/** Where each field's value comes from in each environment; a secret has no `display`. Models have none. */
export async function elementOrigins(
  appId: string,
  source: Source,
  element: SourceElement,
): Promise<ElementDetail['origins']> {
  if (element.family === 'models') return {};
  const keys = new Set(
    source.elements
      .filter((each) => isSeen(element, each))
      .flatMap(variableUses)
      .map((use) => use.key),
  );
  const environments = await store().environment.findMany({
    where: { appId },
    orderBy: { position: 'asc' },
    include: {
      values: { where: { key: { in: [...keys] } }, select: { key: true, setAt: true, setById: true } },
    },
  });
  const people = await emails(environments.flatMap((each) => each.values.flatMap((value) => value.setById ?? [])));
  const only = Object.fromEntries(Object.entries(source.variables).filter(([key]) => keys.has(key)));
  const origins: ElementDetail['origins'] = {};
  for (const environment of environments) {
    const values = await valuesOrNone(environment, only);
    if (!values) continue;
    const { fields } = resolveElement(source, element, values).resolved;
    const set = new Map(environment.values.map((value) => [value.key, value]));
    origins[environment.name] = Object.fromEntries(
      Object.entries(fields).map(([name, { value, origin }]) => {
        const by = origin.from === 'value' ? set.get(origin.variable) : undefined;
        return [
          name,
          {
            origin,
            display: value === null || value instanceof Secret ? null : String(value),
            setAt: by?.setAt.toISOString() ?? null,
            setBy: people.get(by?.setById ?? '') ?? null,
          },
        ];
      }),
    );
  }
  return origins;
}

/** A sealed portal still shows structure, without values: then there are none. */
export async function valuesOrNone(
  ...[environment, definitions]: Parameters<typeof loadValues>
): Promise<ValueSet | null> {
  try {
    return await loadValues(environment, definitions);
  } catch (error) {
    if (error instanceof Fault && error.code === 'sealed') return null;
    throw error;
  }
}

/** The element itself, and the connection it attaches to. */
function isSeen(element: SourceElement, other: SourceElement): boolean {
  if (other.id === element.id) return true;
  return element.family === 'databases' && other.fullName === element.body.connection;
}

/** E-mail addresses by user id. */
export async function emails(userIds: string[]): Promise<Map<string, string>> {
  const users = await store().user.findMany({
    where: { id: { in: [...new Set(userIds)] } },
    select: { id: true, email: true },
  });
  return new Map(users.map((user) => [user.id, user.email]));
}
