import { z } from 'zod';
import { bodyFields } from '#elements/connection/body-fields.ts';
import { flatten, unflatten } from '#elements/connection/flatten.ts';
import { definitionOfType } from '#elements/database/definitions.ts';
import type { Actor } from '#lib/access/actor.ts';
import { Fault } from '#lib/core/errors.ts';
import type { ElementDetail } from '#lib/http/api.ts';
import { checkForm } from '#lib/source/check-form.ts';
import type { FieldTree, Source, SourceElement } from '#lib/source/source.ts';
import { newId } from '#lib/store/new-id.ts';
import { changeSource } from './change-source.ts';
import { elementDetail, findElement } from './element-detail.ts';
import { bodyInput, headingInput, typedSecretsInput } from './element-input.ts';
import { familyOf, isFullName, lastName, nameKey } from './full-name.ts';
import { requireFittingCertificates } from './require-fitting-certificates.ts';
import { typedSecretsSetter, withReferences, withSecretVariables } from './typed-secrets.ts';

export const createElementInput = z.strictObject({
  app: z.string(),
  fullName: z.string(),
  type: z.string(),
  ...headingInput,
  body: bodyInput,
  secrets: typedSecretsInput,
  /** set typed secrets although what runs in `development` fails with them (rule 3.8) */
  force: z.boolean().optional(),
  /** moves the fields that a connection shares into a new connection of this name, which the database then uses */
  makeConnection: z.strictObject({ fullName: z.string() }).optional(),
});

type Input = z.output<typeof createElementInput>;

/**
 * Makes an element, and its connection with it where asked; the first database becomes the app's default.
 * @returns the elements made, the one asked for first
 */
export async function createElement(actor: Actor, input: Input): Promise<{ elements: ElementDetail[] }> {
  requireFittingCertificates(input.fullName, input.body, input.secrets);
  const drafts = draftsOf({ ...input, body: withReferences(input.body, input.secrets) });
  const secrets = await typedSecretsSetter(actor, input.app, input.secrets, input.force);
  const state = await changeSource(
    actor,
    input.app,
    ({ source }) => withSecretVariables(withElements(source, drafts.map(toElement)), input.secrets),
    secrets.write,
  );
  await secrets.apply();
  const elements = [];
  for (const { fullName } of drafts) elements.push(await elementDetail(state, findElement(state, fullName)));
  return { elements };
}

type Draft = Pick<Input, 'fullName' | 'type' | 'body' | 'title' | 'description' | 'tags'>;

function draftsOf({ makeConnection, ...input }: Input): Draft[] {
  if (!makeConnection) return [input];
  const definition = definitionOfType(input.type);
  if (!definition?.connectionType || familyOf(input.fullName) !== 'databases') {
    throw new Fault(
      'wrong-input',
      `A connection can be made with a database on a server only, not with ${input.type}.`,
    );
  }
  const flat = flatten(input.body as FieldTree);
  const shared = new Set(bodyFields(definition, 'connections').map((field) => field.name));
  const [own, common] = [false, true].map((isShared) =>
    unflatten(Object.fromEntries(Object.entries(flat).filter(([name]) => shared.has(name) === isShared))),
  );
  return [
    { ...input, body: { connection: makeConnection.fullName, ...own } },
    { fullName: makeConnection.fullName, type: definition.connectionType, body: common ?? {} },
  ];
}

/** @throws Fault `wrong-input` with every fault of the form */
export function toElement({ fullName, type, title, description, tags, body }: Draft): SourceElement {
  if (!isFullName(fullName)) {
    throw new Fault(
      'wrong-input',
      `${fullName}: expected a name such as databases.Main: the family, folders and a name of letters, digits and _, each starting with a letter.`,
    );
  }
  const family = familyOf(fullName);
  const form = checkForm(fullName, family, type, body);
  if (!form.ok) {
    const more = form.reasons.length > 1 ? ` (and ${form.reasons.length - 1} more)` : '';
    throw new Fault('wrong-input', `${form.reasons[0]?.message}${more} ${form.reasons[0]?.next}`, form.reasons);
  }
  return {
    id: newId('e'),
    fullName,
    type,
    title: title || lastName(fullName),
    ...(description ? { description } : {}),
    ...(tags && tags.length > 0 ? { tags } : {}),
    family,
    body: form.body,
  } as SourceElement;
}

/** @throws Fault `exists` */
export function withElements(source: Source, added: SourceElement[]): Source {
  const taken = new Set(source.elements.map((element) => nameKey(element.fullName)));
  const twice = added.find((element) => taken.has(nameKey(element.fullName)));
  if (twice) throw new Fault('exists', `There is an element ${twice.fullName} already. Choose another name.`);
  const database = added.find((element) => element.family === 'databases');
  const defaultDatabase = source.app.defaultDatabase ?? database?.fullName ?? null;
  return { ...source, app: { ...source.app, defaultDatabase }, elements: [...source.elements, ...added] };
}
