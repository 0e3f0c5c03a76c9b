import { place, TextRefused } from './pasted.ts';

type Style = 'quotes' | 'braces';
type Pair = { key: string; value: string };

/**
 * `key=value;key=value` from `start` of `whole` on. Values in braces are ODBC's and JDBC's, `}}` being a `}`; those in
 * quotes ADO.NET's (`quotes`), a doubled quote being one. A reader of its own: the one at hand for SQL Server takes
 * `Password=;Server=…` for a password of `;Server=…`, and passes over what it can not read.
 * @throws TextRefused
 */
export function readSemicolons(whole: string, start: number, style: Style): Pair[] {
  const pairs: Pair[] = [];
  let position = start;
  while (position < whole.length) {
    const piece = /[\s;]*/y;
    piece.lastIndex = position;
    position += piece.exec(whole)?.[0].length ?? 0;
    if (position >= whole.length) break;
    const key = readKey(whole, position);
    const read = readValue(whole, key.end, style);
    pairs.push({ key: key.text, value: read.value });
    position = read.end;
  }
  return pairs;
}

/** Up to a `=`; `==` in a key is one. */
function readKey(whole: string, from: number): { text: string; end: number } {
  const key = /((?:==|[^=;])*)(=?)/y;
  key.lastIndex = from;
  const [all = '', text = '', sign] = key.exec(whole) ?? [];
  if (sign !== '=' || text.trim() === '')
    throw new TextRefused(`key=value is expected at ${place(whole, from)}, several joined by ;.`);
  return { text: text.replaceAll('==', '=').trim(), end: from + all.length };
}

function readValue(whole: string, from: number, style: Style): { value: string; end: number } {
  const blank = /\s*/y;
  blank.lastIndex = from;
  const begin = from + (blank.exec(whole)?.[0].length ?? 0);
  const open = whole[begin] ?? '';
  const close = open === '{' ? '}' : style === 'quotes' && (open === '"' || open === "'") ? open : null;
  if (close === null) {
    const end = whole.indexOf(';', begin);
    const stop = end < 0 ? whole.length : end;
    return { value: whole.slice(begin, stop).trim(), end: stop };
  }
  let value = '';
  for (let position = begin + 1; position < whole.length; position += 1) {
    const character = whole[position] ?? '';
    if (character !== close) value += character;
    else if (whole[position + 1] === close) {
      value += close;
      position += 1;
    } else {
      const rest = /\s*(;|$)/y;
      rest.lastIndex = position + 1;
      if (!rest.test(whole))
        throw new TextRefused(
          `A ; is expected behind the ${close} at ${place(whole, position)}; a ${close} inside is written twice.`,
        );
      return { value, end: rest.lastIndex };
    }
  }
  throw new TextRefused(`The ${open} at ${place(whole, begin)} is not closed.`);
}
