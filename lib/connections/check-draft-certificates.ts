import { isReference } from '#elements/connection/fields.ts';
import type { FieldTree, FieldValue } from '#elements/connection/fields.ts';
import { flatten } from '#elements/connection/flatten.ts';
import type { CertificateCheck } from '#elements/database/check-certificates.ts';
import type { Actor } from '#lib/access/actor.ts';
import { audit } from '#lib/access/audit.ts';
import { holdsRight } from '#lib/access/rights.ts';
import { findEnvironment } from '#lib/apps/find-app.ts';
import { checkTls } from '#lib/secrets/check-tls.ts';
import { readSource } from '#lib/source/read-source.ts';
import { transaction } from '#lib/store/store.ts';
import { loadValues } from '#lib/variables/load-values.ts';
import { takeTestPlace } from './test-limits.ts';
import { tlsOfBody } from './tls-of-body.ts';

type Input = { app: string; env: string; body: FieldTree; secrets?: Record<string, string> | undefined };

/**
 * Certificates and key of what is on the screen, with the values of one environment. A stored key takes part only for who
 * may use secrets there: whether it fits tells something of it, so each such look is limited and audited.
 * @throws Fault `no-right`, `not-found`, `too-many`, `sealed`
 */
export async function checkDraftCertificates(
  actor: Actor,
  { app: name, env, body, secrets }: Input,
): Promise<CertificateCheck> {
  const { app, environment } = await findEnvironment(actor, 'element:test', name, env);
  const { variables } = await readSource(app);
  const values = await loadValues(environment, variables);
  const may = holdsRight(actor, 'secret:use', { app: name, environment });
  const tls = tlsOfBody(body, secrets, { variables, values, secrets: may });
  if (tls === null) return { certificates: {}, findings: [] };
  const stored = may ? storedSecrets(body, secrets) : [];
  if (stored.length === 0) return checkTls(tls);
  const leave = await takeTestPlace(actor.userId, 'look');
  try {
    await transaction((tx) =>
      audit(tx, actor, 'certificate.check', { app: name, environment: env, detail: { secrets: stored } }),
    );
    return checkTls(tls);
  } finally {
    leave();
  }
}

/** Keys of the variables whose stored secret is looked at. */
function storedSecrets(body: FieldTree, typed: Record<string, string> = {}): string[] {
  const flat: Record<string, FieldValue | undefined> = flatten(body);
  return ['tls.key', 'tls.keyPassphrase'].flatMap((field) => {
    const written = flat[field];
    return isReference(written) && typed[field] === undefined ? [written.$env] : [];
  });
}
