type Flat = Record<string, string>;

/** A model's body as a flat table of texts, its fields by name, so that two of them can be compared line by line. */
export function byField(body: Record<string, unknown>): Flat {
  const flat: Flat = {};
  for (const [key, value] of Object.entries(body)) {
    if (!Array.isArray(value) || !value.every(isNamed)) flat[key] = textOf(value);
    else for (const { name, ...rest } of value) flat[`${key} ${name}`] = textOf(rest);
  }
  return flat;
}

const isNamed = (value: unknown): value is { name: string } =>
  typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string';

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
