import type { Field, ModelBody } from '#elements/model/model.ts';

const EXAMPLES: Partial<Record<Field['type'], unknown>> = {
  integer: 1,
  bigint: 1,
  decimal: 1.5,
  double: 1.5,
  boolean: true,
  date: '2026-01-31',
  time: '09:30:00',
  datetime: '2026-01-31T09:30:00',
  instant: '2026-01-31T09:30:00Z',
  uuid: '7f6c2a50-4b5e-4a8e-9a3e-0d2f6f1f9b11',
  json: {},
  binary: String.raw`\x00`,
  reference: 1,
};

/** A row that the model would take, as far as types tell; what the server fills in is left out. */
export function exampleRow({ fields, primaryKey }: ModelBody): Record<string, unknown> {
  const key = new Set(primaryKey ?? []);
  const given = fields.filter((field) => field.generated === undefined && field.default === undefined);
  const needed = given.filter((field) => field.required || field.primaryKey || key.has(field.name));
  return Object.fromEntries(
    (needed.length > 0 ? needed : given.slice(0, 2)).map((field) => [field.name, valueOf(field)]),
  );
}

const valueOf = (field: Field): unknown =>
  field.type === 'choice' ? field.options[0] : (EXAMPLES[field.type] ?? field.name);
