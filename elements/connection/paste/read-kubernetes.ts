import { engineOfWord } from './engine-words.ts';
import type { PasteEngine } from './engine-fields.ts';
import { TextRefused, type Found, type Refusal } from './pasted.ts';
import { readVariables, type ReadText } from './read-env.ts';
import { isMap, readYaml, textOf, type YamlMap } from './yaml-documents.ts';

/** A Secret (`data` in base64, `stringData` as it is) or a ConfigMap of Kubernetes. @throws TextRefused */
export function readKubernetes(text: string, hint: PasteEngine | undefined, read: ReadText): Found {
  const objects = readYaml(text).flatMap((document) =>
    Array.isArray(document.items) ? document.items.filter(isMap) : [document],
  );
  const kept = objects.filter(({ kind }) => /^(?:Secret|ConfigMap)$/.test(textOf(kind)));
  if (kept.length === 0)
    throw new TextRefused('A Secret of Kubernetes is expected: kind: Secret with data or stringData.');
  const refused: Refusal[] = [];
  const variables = new Map(kept.flatMap((object) => entriesOf(object, refused)));
  const pairs = [...variables].map(([key, value]) => ({ key, value }));
  const word = engineOfWord(variables.get('type') ?? variables.get('engine') ?? variables.get('provider') ?? '');
  const found = readVariables('Kubernetes Secret', pairs, { hint: word ?? hint, read, bare: true });
  found.refused.push(...refused);
  return found;
}

function entriesOf(object: YamlMap, refused: Refusal[]): [string, string][] {
  const encoded = textOf(object.kind) === 'Secret';
  const data = isMap(object.data) ? Object.entries(object.data) : [];
  const plain = isMap(object.stringData) ? Object.entries(object.stringData) : [];
  const decoded = data.flatMap(([key, value]): [string, string][] => {
    const text = encoded ? fromBase64(textOf(value)) : textOf(value);
    if (text === null) refused.push({ key, why: 'no text in base64' });
    return text === null ? [] : [[key, text]];
  });
  return [...decoded, ...plain.map(([key, value]): [string, string] => [key, textOf(value)])];
}

function fromBase64(text: string): string | null {
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll(/\s/g, '')), (character) => character.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\r?\n$/, '');
  } catch {
    return null;
  }
}
