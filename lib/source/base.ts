import { createHash } from 'node:crypto';
import { z } from 'zod';
import { jsonText } from './json-text.ts';
import { canonicalDefinition } from '#lib/variables/variable-row.ts';
import { compareText } from './compare-text.ts';
import { headingOf } from './element-heading.ts';
import type { Source, SourceElement, VariableDefinition } from './source.ts';

/** What a folder was last equal to: `.mooring/base.json`, content hashes by element id, variable and key of app.json. */
export type Base = {
  /** App.id, so that the folder of one app is no base for another of its name */
  of: string;
  app: Record<string, string>;
  variables: Record<string, string>;
  elements: Record<string, string>;
};

const hashes = z.record(z.string(), z.string());
const baseSchema = z.object({ of: z.string(), app: hashes, variables: hashes, elements: hashes });

/** Hash of an element's place and content. */
export const elementHash = (element: SourceElement): string =>
  hash([element.fullName, headingOf(element), element.body]);

export const definitionHash = (definition: VariableDefinition): string => hash(canonicalDefinition(definition));

export const settingHash = (value: string): string => hash(value);

function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 32);
}

/**
 * Keys of app.json that say something. `name` never changes; a title that is the name is the one an app is made with, so
 * that the first push of a title is no conflict with it.
 */
export function settingsOf({ app }: Pick<Source, 'app'>): Record<string, string> {
  return {
    ...(app.title === app.name ? {} : { title: app.title }),
    ...(app.defaultDatabase === null ? {} : { defaultDatabase: app.defaultDatabase }),
  };
}

export function baseOf(appId: string, source: Source): Base {
  const each = <T>(values: Record<string, T>, of: (value: T) => string) =>
    Object.fromEntries(Object.entries(values).map(([key, value]) => [key, of(value)]));
  return {
    of: appId,
    app: each(settingsOf(source), settingHash),
    variables: each(source.variables, definitionHash),
    elements: Object.fromEntries(source.elements.map((element) => [element.id, elementHash(element)])),
  };
}

export function writeBase(base: Base): string {
  const sorted = (values: Record<string, string>) =>
    Object.fromEntries(Object.entries(values).sort(([one], [other]) => compareText(one, other)));
  return jsonText({
    of: base.of,
    app: sorted(base.app),
    variables: sorted(base.variables),
    elements: sorted(base.elements),
  });
}

/** @returns null for no base, for one of another app, and for a text that is none: the push is then one without a base */
export function readBase(appId: string, text: string | null): Base | null {
  if (text === null) return null;
  try {
    const parsed = baseSchema.safeParse(JSON.parse(text));
    return parsed.success && parsed.data.of === appId ? parsed.data : null;
  } catch {
    return null;
  }
}
