import { z } from 'zod';
import type { Actor } from '#lib/access/actor.ts';
import { audit } from '#lib/access/audit.ts';
import type { ElementDetail } from '#lib/http/api.ts';
import type { SourceElement } from '#lib/source/source.ts';
import { changeSource } from './change-source.ts';
import { toElement } from './create-element.ts';
import { elementDetail, findElement, requireRevision } from './element-detail.ts';
import { bodyInput, headingInput, revisionInput, typedSecretsInput } from './element-input.ts';
import { reachedChange, type ReachedChange } from './reached-change.ts';
import { requireFittingCertificates } from './require-fitting-certificates.ts';
import { typedSecretsSetter, withReferences, withSecretVariables } from './typed-secrets.ts';

export const saveElementInput = z.strictObject({
  app: z.string(),
  fullName: z.string(),
  revision: revisionInput,
  ...headingInput,
  body: bodyInput,
  secrets: typedSecretsInput,
  /** set typed secrets although what runs in `development` fails with them (rule 3.8) */
  force: z.boolean().optional(),
  /** save although databases are known to break with it, or were not tested on the connection that they move to */
  acknowledged: z.boolean().optional(),
});

/**
 * Saves an element over the revision it was read at; a heading's part left out stays as it is. A change that reaches
 * beyond the element is audited with what was known of it.
 * @throws Fault `conflict`, `confirmation-needed`; `wrong-input` for certificates that do not fit too
 */
export async function saveElement(actor: Actor, input: z.output<typeof saveElementInput>): Promise<ElementDetail> {
  requireFittingCertificates(input.fullName, input.body, input.secrets);
  const body = withReferences(input.body, input.secrets);
  const secrets = await typedSecretsSetter(actor, input.app, input.secrets, input.force);
  let reached: ReachedChange | null = null;
  const state = await changeSource(
    actor,
    input.app,
    (before) => {
      const present = findElement(before, input.fullName);
      requireRevision(before, present, input.revision);
      const { title = present.title, description = present.description, tags = present.tags } = input;
      const { fullName, type, id } = present;
      const saved = { ...toElement({ fullName, type, title, description, tags, body }), id } as SourceElement;
      reached = reachedChange(before, present, saved, input);
      const elements = before.source.elements.map((each) => (each.id === id ? saved : each));
      return withSecretVariables({ ...before.source, elements }, input.secrets);
    },
    async (tx, saved) => {
      if (reached)
        await audit(tx, actor, reached.action, { app: input.app, subject: input.fullName, detail: reached.detail });
      await secrets.write(tx, saved);
    },
  );
  await secrets.apply();
  return elementDetail(state, findElement(state, input.fullName));
}
