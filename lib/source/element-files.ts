import { jsonText } from './json-text.ts';
import { lastName } from '#lib/tree/full-name.ts';
import { headingOf } from './element-heading.ts';
import type { SourceElement } from './source.ts';

/** Paths of an element's two files: `databases/Main/e.json`, `databases/Main/Main.json`. */
export function elementPaths(fullName: string): { heading: string; own: string } {
  const folder = fullName.replaceAll('.', '/');
  return { heading: `${folder}/e.json`, own: `${folder}/${lastName(fullName)}.json` };
}

/** An element's files as pull writes them, path → text. */
export function elementFiles(element: SourceElement): Record<string, string> {
  const { heading, own } = elementPaths(element.fullName);
  return { [heading]: jsonText(headingOf(element)), [own]: jsonText(element.body) };
}
