import { bodySchema } from '#elements/connection/body-schema.ts';
import { flatten, unflatten } from '#elements/connection/flatten.ts';
import { definitionOfType } from '#elements/database/definitions.ts';
import { Fault } from '#lib/core/errors.ts';
import { Secret } from '#lib/core/secret.ts';
import type { Draft } from '#lib/http/api.ts';
import type { ConnectionElement, DatabaseElement, Source } from '#lib/source/source.ts';
import type { ValueSet } from '#lib/variables/resolution.ts';

/** What is on the screen, put in place of what is saved. `typed`: keys that hold what was typed and stand in no store. */
export type Drafted = { source: Source; values: ValueSet; element: string; typed: ReadonlySet<string> };

/** no element can have this name, so it meets none that is saved */
const NEW = '(new)';

/**
 * Lays an unsaved element over the source, and the secrets typed with it over the values. Nothing is kept.
 * @param element fullName where the element is saved, or has its name already
 * @throws Fault `wrong-input`: a body that could not be saved either, every fault named
 */
export function layDraft(source: Source, values: ValueSet, draft: Draft, element?: string): Drafted {
  const definition = definitionOfType(draft.type);
  if (!definition) throw new Fault('wrong-input', `${draft.type} is not a type of connection or database.`);
  const family = draft.type === definition.connectionType ? 'connections' : 'databases';
  const typed = new Map(
    Object.entries(draft.secrets ?? {}).map(([field, text]) => [typedKey(field), new Secret(text)]),
  );
  const references = Object.keys(draft.secrets ?? {}).map((field) => [field, { $env: PLACEHOLDER }] as const);
  const parsed = bodySchema(definition, family).safeParse(
    unflatten({ ...flatten(draft.body), ...Object.fromEntries(references) }),
  );
  const fullName = element ?? `${family}.${NEW}`;
  if (!parsed.success) throw wrongBody(fullName, parsed.error.issues);
  // The placeholder satisfies the check of a reference's form; the real keys can not collide with any variable.
  const fields = flatten(parsed.data);
  for (const field of Object.keys(draft.secrets ?? {})) fields[field] = { $env: typedKey(field) };
  const saved = source.elements.find((each) => each.fullName === fullName);
  const laid = { id: saved?.id ?? 'draft', fullName, type: draft.type, title: '', family, body: unflatten(fields) };
  const definitions = Object.fromEntries([...typed.keys()].map((key) => [key, { type: 'secret' as const }]));
  return {
    source: {
      ...source,
      variables: { ...source.variables, ...definitions },
      elements: [
        ...source.elements.filter((each) => each.fullName !== fullName),
        laid as ConnectionElement | DatabaseElement,
      ],
    },
    values: { environment: values.environment, get: (key) => typed.get(key) ?? values.get(key) },
    element: fullName,
    typed: new Set(typed.keys()),
  };
}

const PLACEHOLDER = 'TYPED';
const typedKey = (field: string) => `typed ${field}`;

function wrongBody(element: string, issues: { path: PropertyKey[]; message: string }[]): Fault {
  const reasons = issues.map(({ path, message }) => ({
    element,
    field: path.join('.'),
    code: 'wrong-input',
    message,
    next: 'Correct the field and test again.',
  }));
  return new Fault('wrong-input', `${reasons[0]?.message}. Correct it and test again.`, reasons);
}
