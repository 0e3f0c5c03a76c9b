import type { FieldDefinition, FieldTree, FieldValue } from '../fields.ts';
import { flatten, unflatten } from '../flatten.ts';

/** A secret typed on the screen: saving makes the variable `key` and sets it in development (rule 3.5). */
export type TypedSecret = { key: string; text: string };

/**
 * What the form holds. Inputs are keyed by the field's name with `/` for the dot, because react-hook-form reads a dot as a path.
 * A text stands as typed; '' is "left out".
 */
export type FormValues = {
  title: string;
  description: string;
  /** fullName; '' when the element carries its own fields */
  connection: string;
  fields: Record<string, FieldValue>;
  secrets: Record<string, TypedSecret | null>;
};

export const slot = (field: string): string => field.replaceAll('.', '/');

export function valuesOf(
  fields: FieldDefinition[],
  heading: { title: string; description: string },
  body: Record<string, unknown>,
): FormValues {
  const { connection, ...rest } = body as FieldTree;
  const flat = flatten(rest);
  return {
    ...heading,
    connection: typeof connection === 'string' ? connection : '',
    fields: Object.fromEntries(fields.map(({ name }) => [slot(name), flat[name] ?? ''])),
    secrets: Object.fromEntries(fields.filter(({ kind }) => kind === 'secret').map(({ name }) => [slot(name), null])),
  };
}

/** The body as it would be saved: what is empty is left out, a typed secret stands as its reference. */
export function bodyOf(allowed: FieldDefinition[], values: FormValues): FieldTree {
  const flat: Record<string, FieldValue> = values.connection ? { connection: values.connection } : {};
  for (const { name } of allowed) {
    const typed = values.secrets[slot(name)];
    const value = typed?.text ? { $env: typed.key } : values.fields[slot(name)];
    if (value !== undefined && value !== '') flat[name] = value;
  }
  return unflatten(flat);
}

/** The typed secrets of the fields that count, for save and test; `name` is what the variable will be called. */
export function secretsOf(
  allowed: FieldDefinition[],
  values: FormValues,
  fullName: string,
): Record<string, TypedSecret & { name: string }> {
  return Object.fromEntries(
    allowed.flatMap(({ name, label }) => {
      const typed = values.secrets[slot(name)];
      return typed?.text ? [[name, { ...typed, name: `${fullName.split('.').at(-1)} ${label.toLowerCase()}` }]] : [];
    }),
  );
}

/** Key that a value of `field` would have as a variable: `databases.shop.Main`, `tls.ca` → `MAIN_TLS_CA`. */
export function proposedKey(fullName: string, field: string): string {
  return `${constantCase(fullName.split('.').at(-1) ?? '')}_${field.split('.').map(constantCase).join('_')}`.slice(
    0,
    127,
  );
}

function constantCase(text: string): string {
  return text.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase();
}

/** Reads what was typed into a field of this kind; what does not fit stays as typed, for the check to name. */
export function parsed(field: FieldDefinition, text: string): FieldValue {
  if (field.kind === 'number' && /^-?\d+$/.test(text.trim())) return Number(text);
  if (field.kind === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}
