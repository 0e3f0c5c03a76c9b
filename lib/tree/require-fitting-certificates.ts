import type { FieldTree } from '#elements/connection/fields.ts';
import { tlsOfBody } from '#lib/connections/tls-of-body.ts';
import { Fault } from '#lib/core/errors.ts';
import { checkTls } from '#lib/secrets/check-tls.ts';
import type { TypedSecrets } from './element-input.ts';

/**
 * What a save carries itself must fit together: certificates that stand in the body, a key and pass-phrase just typed.
 * What variables hold is looked at on the screen, by a test and at deploy. @throws Fault `wrong-input`
 */
export function requireFittingCertificates(
  element: string,
  body: Record<string, unknown>,
  secrets: TypedSecrets,
): void {
  const typed = Object.fromEntries(Object.entries(secrets ?? {}).map(([field, { text }]) => [field, text]));
  const tls = tlsOfBody(body as FieldTree, typed);
  if (tls === null) return;
  const failed = checkTls(tls).findings.filter(({ state }) => state === 'failed');
  const first = failed[0];
  if (!first) return;
  const reasons = failed.map(({ field, code, message, next }) => ({ element, field, code, message, next }));
  throw new Fault('wrong-input', `${first.message} ${first.next}`, reasons);
}
