import { parseAllDocuments, type Document } from 'yaml';
import { TextRefused } from './pasted.ts';

export type YamlMap = { [key: string]: YamlValue };
export type YamlValue = string | YamlValue[] | YamlMap;

const DEEPEST = 24;
const TOO_DEEP = 'The text is nested too deep.';

/** The mappings of a YAML (or JSON) text, every scalar as its text. Aliases are not followed: a few of them make gigabytes. @throws TextRefused */
export function readYaml(text: string): YamlMap[] {
  if (/(?:[[{][ \t]*){40}|(?:[-?] +){40}/.test(text)) throw new TextRefused(TOO_DEEP);
  const documents = parsed(text);
  return documents.flatMap((document) => {
    const [error] = document.errors;
    if (error) {
      const { line, col } = error.linePos?.[0] ?? { line: 1, col: 1 };
      throw new TextRefused(`The YAML can not be read from line ${line}, character ${col} on.`);
    }
    const value = toValue(document);
    return typeof value === 'string' || Array.isArray(value) ? [] : [value];
  });
}

function parsed(text: string): Document.Parsed[] {
  try {
    const documents = parseAllDocuments(text, { schema: 'failsafe', logLevel: 'silent' });
    return 'empty' in documents ? [] : documents;
  } catch {
    // it calls itself for every level
    throw new TextRefused(TOO_DEEP);
  }
}

function toValue(document: { toJS: (options: { maxAliasCount: number }) => unknown }): YamlValue {
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 0 });
  } catch {
    throw new TextRefused('Anchors and aliases (& and *) are not followed; write the values out.');
  }
  return copied(value, 0);
}

/** Own keys only, into objects without a prototype. */
function copied(value: unknown, depth: number): YamlValue {
  if (depth > DEEPEST) throw new TextRefused(TOO_DEEP);
  if (Array.isArray(value)) return value.map((each) => copied(each, depth + 1));
  if (typeof value !== 'object' || value === null) return typeof value === 'string' ? value : String(value ?? '');
  const map = Object.create(null) as YamlMap;
  for (const [key, each] of Object.entries(value)) map[key] = copied(each, depth + 1);
  return map;
}

export function isMap(value: YamlValue | undefined): value is YamlMap {
  return typeof value === 'object' && !Array.isArray(value);
}

export function textOf(value: YamlValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
