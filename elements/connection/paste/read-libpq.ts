import { place, TextRefused, type Found } from './pasted.ts';

/** libpq's `key=value key='quoted value'`, backslash before a quote or a backslash (chapter 32.1.1 of its manual). @throws TextRefused */
export function readLibpq(text: string): Found {
  const settings: Found['settings'] = [];
  let position = 0;
  while (position < text.length) {
    const key = /\s*(?:([A-Za-z_][\w.]*)\s*(=)?\s*)?/y;
    key.lastIndex = position;
    const match = key.exec(text);
    const begin = position + (match?.[0].length ?? 0);
    if (begin >= text.length && match?.[1] === undefined) break;
    if (match?.[1] === undefined || match[2] === undefined) {
      throw new TextRefused(
        `key=value is expected at ${place(text, position)}, several joined by blanks; a value with a blank stands in single quotes.`,
      );
    }
    const read = readValue(text, begin);
    settings.push({ key: match[1], value: read.value });
    position = read.end;
  }
  return {
    form: 'libpq key=value',
    engine: 'postgresql',
    parts: [],
    settings,
    namesHost: true,
    seconds: true,
    refused: [],
    ignored: [],
  };
}

function readValue(text: string, begin: number): { value: string; end: number } {
  const quoted = text[begin] === "'";
  let value = '';
  let position = quoted ? begin + 1 : begin;
  for (; position < text.length; position += 1) {
    const character = text[position] ?? '';
    if (quoted ? character === "'" : /\s/.test(character)) return { value, end: position + 1 };
    if (character === '\\' && position + 1 < text.length) position += 1;
    value += text[position] ?? '';
  }
  if (quoted) throw new TextRefused(`The ' at ${place(text, begin)} is not closed.`);
  return { value, end: position };
}
