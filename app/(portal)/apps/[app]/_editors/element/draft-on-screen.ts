import type { FieldDefinition } from '#elements/connection/fields.ts';
import { bodyOf, secretsOf } from '#elements/connection/ui/form-values.ts';
import type { FormValues } from '#elements/connection/ui/form-values.ts';
import type { Draft } from '#lib/http/api.ts';

/** The element as it stands on the screen, typed passwords included: for a test, or a look at its server, before it is saved. */
export function draftOnScreen(type: string, fullName: string, fields: FieldDefinition[], values: FormValues): Draft {
  const secrets = Object.fromEntries(
    Object.entries(secretsOf(fields, values, fullName)).map(([field, { text }]) => [field, text]),
  );
  return { type, body: bodyOf(fields, values), ...(Object.keys(secrets).length > 0 ? { secrets } : {}) };
}
