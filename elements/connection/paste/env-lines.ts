import { place, TextRefused } from './pasted.ts';

/**
 * The variables of a `.env` block, as dotenv reads them (a test compares the two); dotenv itself opens files, which a
 * browser can not. Unlike it, a line that can not be read is named.
 * @throws TextRefused
 */
export function readEnvLines(text: string): { key: string; value: string }[] {
  const variables = new Map<string, string>();
  let position = 0;
  while (position < text.length) {
    const skip = /(?:\s+|#[^\n]*)*/y;
    skip.lastIndex = position;
    position += skip.exec(text)?.[0].length ?? 0;
    if (position >= text.length) break;
    const key = /(?:export[ \t]+)?([\w.-]+)[ \t]*(?:=|:[ \t])[ \t]*/y;
    key.lastIndex = position;
    const name = key.exec(text)?.[1];
    if (name === undefined) throw new TextRefused(`KEY=value is expected at ${place(text, position)}.`);
    const read = readValue(text, key.lastIndex);
    variables.set(name, read.value);
    position = read.end;
  }
  return [...variables].map(([key, value]) => ({ key, value }));
}

function readValue(text: string, begin: number): { value: string; end: number } {
  const quote = text[begin] ?? '';
  if (quote !== '' && `"'\``.includes(quote)) {
    const quoted = new RegExp(`${quote}((?:\\\\${quote}|[^${quote}])*)${quote}[ \\t]*(?:#[^\\n]*)?(?=\\r?\\n|$)`, 'y');
    quoted.lastIndex = begin;
    const inside = quoted.exec(text)?.[1];
    if (inside === undefined) throw new TextRefused(`The ${quote} at ${place(text, begin)} is not closed.`);
    return {
      value: quote === '"' ? inside.replaceAll('\\n', '\n').replaceAll('\\r', '\r') : inside,
      end: quoted.lastIndex,
    };
  }
  const end = text.indexOf('\n', begin);
  const stop = end < 0 ? text.length : end;
  return { value: text.slice(begin, stop).replace(/#.*$/, '').trim(), end: stop };
}
