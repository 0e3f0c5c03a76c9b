export type ParsedJson = { ok: true; value: unknown } | { ok: false; message: string };

const MERGE_MARKER = /^(<{7}|={7}|>{7})( |$)/m;
const MAX_DEPTH = 64;

/** JSON of a source file: strict, no key twice in one object, at most 64 levels. The message says where. */
export function parseJson(text: string): ParsedJson {
  if (MERGE_MARKER.test(text)) {
    return { ok: false, message: 'holds the markers of an unfinished merge; settle it and remove them' };
  }
  try {
    const value: unknown = JSON.parse(text);
    const wrong = checkKeys(text);
    return wrong === null ? { ok: true, value } : { ok: false, message: wrong };
  } catch (error) {
    return { ok: false, message: `expected JSON: ${withoutText(text, (error as Error).message)}` };
  }
}

/**
 * The parser's own words with the place in the file. Where it repeats some of the file (`"…": hunter2}" is not valid JSON`) that goes:
 * it may be a password on its way to a log.
 */
function withoutText(text: string, message: string): string {
  const [whole, dots, excerpt = ''] = /, (\.\.\.)?"(.*)"(?:\.\.\.)? is not valid JSON$/s.exec(message) ?? [];
  if (whole === undefined) return message.slice(0, 200);
  const at = text.indexOf(excerpt) + (dots === undefined ? 0 : excerpt.length / 2);
  return `unexpected text in line ${text.slice(0, at).split('\n').length}`;
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g;

/** What `JSON.parse` lets pass: a key that stands twice (the last would win) and endless nesting. `text` is JSON. */
function checkKeys(text: string): string | null {
  const open: (Set<string> | null)[] = [];
  let isKey = false;
  for (const [token] of text.matchAll(TOKEN)) {
    const keys = open.at(-1);
    if (token === '{' || token === '[') {
      open.push(token === '{' ? new Set() : null);
      if (open.length > MAX_DEPTH) return `expected at most ${MAX_DEPTH} levels, found more`;
      isKey = token === '{';
    } else if (token === '}' || token === ']') {
      open.pop();
    } else if (token === ',') {
      isKey = keys !== null;
    } else if (token !== ':' && isKey && keys) {
      const key = JSON.parse(token) as string;
      if (keys.has(key) || key === '__proto__') {
        return keys.has(key) ? `the key ${token} stands twice in one object` : `the key ${token} is not allowed`;
      }
      keys.add(key);
      isKey = false;
    }
  }
  return null;
}
