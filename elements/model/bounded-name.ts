import type { Capabilities } from '../database/contract.ts';

const encoder = new TextEncoder();

/**
 * `name` where the engine takes one so long, else its beginning and a hash of the whole: the same name always gives
 * the same text, and different names different ones.
 */
export function boundedName(name: string, limit: Capabilities['nameLength']): string {
  const size = (text: string) => (limit.unit === 'bytes' ? encoder.encode(text).length : [...text].length);
  if (size(name) <= limit.max) return name;
  const tail = `_${hash(name)}`;
  const kept: string[] = [];
  for (const character of name) {
    if (size(kept.join('') + character) + tail.length > limit.max) break;
    kept.push(character);
  }
  return kept.join('') + tail;
}

/** FNV-1a over UTF-8, 32 bits, as eight hexadecimal digits: stable, and the same in the browser. */
function hash(text: string): string {
  let state = 0x811c9dc5;
  for (const byte of encoder.encode(text)) state = Math.imul(state ^ byte, 0x01000193) >>> 0;
  return state.toString(16).padStart(8, '0');
}

/** Name of the index behind a field's `unique`. */
export const uniqueName = (table: string, column: string, limit: Capabilities['nameLength']): string =>
  boundedName(`${table}_${column}_key`, limit);

export const foreignKeyName = (table: string, columns: string[], limit: Capabilities['nameLength']): string =>
  boundedName(`${table}_${columns.join('_')}_fkey`, limit);
