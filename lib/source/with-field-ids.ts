import type { ModelBody } from '#elements/model/model.ts';

type Named = { id?: unknown; name?: unknown };

/**
 * A hand-written model's body with an id for each field and reference that has none: the present one of its name, so that
 * nothing is taken for a drop and an add, else one made of the name.
 */
export function withFieldIds(body: unknown, present: ModelBody | null): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  const { fields, references } = body as { fields?: unknown; references?: unknown };
  return {
    ...body,
    ...(Array.isArray(fields) ? { fields: filled(fields, 'f', present?.fields ?? []) } : {}),
    ...(Array.isArray(references) ? { references: filled(references, 'r', present?.references ?? []) } : {}),
  };
}

function filled(list: unknown[], prefix: string, present: { id: string; name: string }[]): unknown[] {
  const taken = new Set(list.map((item) => (isNamed(item) ? item.id : undefined)));
  return list.map((item) => {
    if (!isNamed(item) || item.id !== undefined || typeof item.name !== 'string') return item;
    const known = present.find((each) => each.name === item.name)?.id;
    const stem = known ?? `${prefix}_${item.name}`.slice(0, 60);
    let id = stem;
    for (let n = 2; taken.has(id); n += 1) id = `${stem}_${n}`;
    taken.add(id);
    return { id, ...item };
  });
}

const isNamed = (item: unknown): item is Named => typeof item === 'object' && item !== null && !Array.isArray(item);
