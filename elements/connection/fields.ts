/**
 * A field of a connection or database, as data. From one list of these come the form, the zod schema, the file format,
 * the published JSON Schema, the required variables and the docs.
 */
export type FieldDefinition = {
  /** dotted path in the element's file: `host`, `tls.ca`, `pool.max`, `options.applicationName` */
  name: string;
  label: string;
  kind: 'text' | 'number' | 'boolean' | 'secret' | 'pem' | 'choice';
  group: FieldGroup;
  /** rule 3.1 of product.md: absent when nothing resolves it; every other field is then missing */
  optional: boolean;
  default?: string | number | boolean;
  choices?: { value: string; label: string; help?: string }[];
  /** whole numbers, inclusive */
  min?: number;
  max?: number;
  /** a literal must match; `expected` says it in words */
  pattern?: { source: string; expected: string };
  help: string;
  placeholder?: string;
  /** only the resolved `tls.mode`s listed here use the field */
  onlyForTlsModes?: string[];
  /** the field may be left out, yet a reference in it must resolve: nothing is guessed in its place */
  mustResolve?: true;
};

export type FieldGroup = 'own' | 'server' | 'login' | 'tls' | 'pool' | 'options' | 'migration';

/** `connection`, `tls.mode` and pool figures included: every leaf but `connection` takes a reference. */
export type FieldValue = string | number | boolean | { $env: string };

/** Body of a connection or database: nested as in its file, e.g. `{"host": "…", "tls": {"mode": "require"}}`. */
export type FieldTree = { [name: string]: FieldValue | FieldTree };

export function isReference(value: unknown): value is { $env: string } {
  return typeof value === 'object' && value !== null && typeof (value as { $env?: unknown }).$env === 'string';
}
