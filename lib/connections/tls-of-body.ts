import { isReference } from '#elements/connection/fields.ts';
import type { FieldTree, FieldValue } from '#elements/connection/fields.ts';
import { flatten } from '#elements/connection/flatten.ts';
import type { TlsMode } from '#elements/database/contract.ts';
import { Secret } from '#lib/core/secret.ts';
import type { SealedTls } from '#lib/secrets/check-tls.ts';
import type { VariableDefinition } from '#lib/source/source.ts';
import { lookUp } from '#lib/variables/look-up.ts';
import type { TypedValue, ValueSet } from '#lib/variables/resolution.ts';

type Known = {
  variables: Record<string, VariableDefinition>;
  values: ValueSet;
  /** false: leave stored ones shut */ secrets: boolean;
};

/**
 * The TLS section of a body that may be half filled in: literals, what was typed, and, where `known` is given, the values
 * of one environment. What is not known here is `undefined`; null where no certificate and no key is named at all.
 */
export function tlsOfBody(body: FieldTree, typed: Record<string, string> = {}, known: Known | null = null) {
  const flat: Record<string, FieldValue | undefined> = flatten(body);
  const value = (field: string): TypedValue | null | undefined => {
    if (typed[field] !== undefined) return new Secret(typed[field]);
    const written = flat[field];
    if (!isReference(written)) return written ?? null;
    const definition = known?.variables[written.$env];
    if (!known || !definition) return undefined;
    const found = lookUp(written.$env, definition, known.values)?.value ?? null;
    return found instanceof Secret && !known.secrets ? undefined : found;
  };
  if (!['tls.ca', 'tls.cert', 'tls.key'].some((field) => typed[field] ?? flat[field])) return null;
  const text = (field: string) => asText(value(field));
  const secret = (field: string) => asSecret(value(field));
  return {
    mode: (text('tls.mode') ?? null) as TlsMode | null,
    host: text('host'),
    serverName: text('tls.serverName'),
    ca: text('tls.ca'),
    cert: text('tls.cert'),
    key: secret('tls.key'),
    passphrase: secret('tls.keyPassphrase'),
  } satisfies SealedTls;
}

const asText = (value: TypedValue | null | undefined) =>
  typeof value === 'string' || value === null ? value : undefined;

const asSecret = (value: TypedValue | null | undefined) =>
  value instanceof Secret || value === null ? value : undefined;
