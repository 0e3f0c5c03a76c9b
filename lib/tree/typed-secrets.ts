import { flatten, unflatten } from '#elements/connection/flatten.ts';
import type { Actor } from '#lib/access/actor.ts';
import { findEnvironment } from '#lib/apps/find-app.ts';
import { applyValues } from '#lib/connections/apply-values.ts';
import { Fault } from '#lib/core/errors.ts';
import type { FieldTree, Source } from '#lib/source/source.ts';
import type { SourceState } from '#lib/source/source-state.ts';
import type { Tx } from '#lib/store/open.ts';
import { proveTexts } from '#lib/variables/prove-texts.ts';
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

/**
 * Sets typed secrets in `development` (rule 3.5): proved on what runs there before the source is saved, written in its
 * transaction, applied after it. @throws Fault `no-right` for who may not set values there; those of `proveTexts`
 */
export async function typedSecretsSetter(
  actor: Actor,
  appName: string,
  secrets: TypedSecrets,
  force: boolean | undefined,
): Promise<{ write(tx: Tx, saved: SourceState): Promise<void>; apply(): Promise<void> }> {
  const typed = Object.values(secrets ?? {});
  if (typed.length === 0) return { write: async () => {}, apply: async () => {} };
  const { app, environment } = await findEnvironment(actor, 'value:set', appName, DEVELOPMENT);
  const texts = Object.fromEntries(typed.map(({ key, text }) => [key, text]));
  const definitions = Object.fromEntries(typed.map(({ key }) => [key, { type: 'secret' as const }]));
  await proveTexts(actor, appName, environment, definitions, texts, { force });
  return {
    write: (tx, { source }) => commitValues(tx, actor, app, environment, source, texts),
    apply: () => applyValues(appName, environment),
  };
}
