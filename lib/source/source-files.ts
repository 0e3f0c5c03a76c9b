import { jsonText } from './json-text.ts';
import { canonicalDefinition } from '#lib/variables/variable-row.ts';
import { compareText } from './compare-text.ts';
import { elementFiles } from './element-files.ts';
import type { Source } from './source.ts';

/** The tree of files that pull writes, path → text (product.md section 2). Never a value of an environment. */
export function sourceFiles(source: Source): Record<string, string> {
  const { name, title, defaultDatabase } = source.app;
  const variables = Object.keys(source.variables)
    .sort(compareText)
    .flatMap((key) => (source.variables[key] ? [[key, canonicalDefinition(source.variables[key])]] : []));
  return {
    'app.json': jsonText({ name, title, ...(defaultDatabase === null ? {} : { defaultDatabase }) }),
    'variables.json': jsonText(Object.fromEntries(variables)),
    ...Object.assign({}, ...source.elements.map(elementFiles)),
  };
}
