import { flatten, unflatten } from '#elements/connection/flatten.ts';
import type { Actor } from '#lib/access/actor.ts';
import { requireRight } from '#lib/access/rights.ts';
import { applyValues } from '#lib/connections/apply-values.ts';
import { Fault } from '#lib/core/errors.ts';
import type { FieldTree, Source } from '#lib/source/source.ts';
import type { Tx } from '#lib/store/open.ts';
import { store } from '#lib/store/store.ts';
import { DEVELOPMENT } from '#lib/variables/resolution.ts';
import { commitValues } from '#lib/variables/commit-values.ts';
import type { TypedSecrets } from './element-input.ts';

/** The body with a reference in each field that a secret was typed into. */
export function withReferences(body: Record<string, unknown>, secrets: TypedSecrets): Record<string, unknown> {
  if (secrets === undefined || Object.keys(secrets).length === 0) return body;
  const flat = flatten(body as FieldTree);
  for (const [field, { key }] of Object.entries(secrets)) flat[field] = { $env: key };
  return unflatten(flat);
}

/**
 * The source with a secret variable for each typed secret that has none yet.
 * @throws Fault `wrong-input` when the key belongs to a variable that is no secret
 */
export function withSecretVariables(source: Source, secrets: TypedSecrets): Source {
  const variables = { ...source.variables };
  for (const [field, { key, name }] of Object.entries(secrets ?? {})) {
    const present = variables[key];
    if (present && present.type !== 'secret') {
      const message = `${field}: ${key} is a variable of type ${present.type}. Choose another key for the secret.`;
      throw new Fault('wrong-input', message, [
        { field, variable: key, code: 'wrong-variable-type', message, next: 'Choose another key.' },
      ]);
    }
    variables[key] ??= { ...(name ? { name } : {}), type: 'secret' };
  }
  return { ...source, variables };
}

/** Sets the typed secrets in `development`, after the source that uses them was saved. */
export async function setTypedSecrets(
  tx: Tx,
  actor: Actor,
  app: { id: string; name: string },
  source: Source,
  secrets: TypedSecrets,
): Promise<void> {
  const texts = Object.fromEntries(Object.values(secrets ?? {}).map(({ key, text }) => [key, text]));
  if (Object.keys(texts).length === 0) return;
  const where = { appId_name: { appId: app.id, name: DEVELOPMENT } };
  const environment = await tx.environment.findUniqueOrThrow({ where });
  requireRight(actor, 'value:set', { app: app.name, environment });
  await commitValues(tx, actor, app, environment, source, texts);
}

/** After the transaction: what runs in `development` takes the typed secrets. */
export async function typedSecretsChanged(app: { id: string; name: string }, secrets: TypedSecrets): Promise<void> {
  if (Object.keys(secrets ?? {}).length === 0) return;
  const where = { appId_name: { appId: app.id, name: DEVELOPMENT } };
  await applyValues(app.name, await store().environment.findUniqueOrThrow({ where }));
}
