import type { Spelling } from '../sql/spelling.ts';
import { bindValue } from './bind-value.ts';

/** Double quotes inside a name are doubled (SQLite manual, "SQLite Keywords"). */
export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text as an SQL literal, for names in look-ups and for defaults; never for values of a request. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

export const spelling: Spelling = {
  quote,
  placeholder: () => '?',
  bind: bindValue,
  // the column's affinity turns a bound text into a number where the column holds numbers
  column: (sql) => sql,
  operand: (placeholder) => placeholder,
  // LIKE folds the case of ASCII letters, GLOB folds nothing
  like: (column, pattern, _type, caseSensitive) =>
    caseSensitive ? `${column} glob ${pattern}` : `${column} like ${pattern} escape '\\'`,
  pattern: (text, caseSensitive) => (caseSensitive ? globOf(text) : text),
  list: null,
  within: (column, placeholder) => `${column} in (${placeholder})`,
  isBoolean: (column, value) => `${column} is ${value}`,
};

/** `%` and `_` with escape `\`, as GLOB spells them; its own signs become one-letter sets. */
export function globOf(like: string): string {
  return like.replaceAll(/\\(.)|[%_*?[]/gsu, (sign: string, escaped: string | undefined) => {
    if (escaped !== undefined) return '*?['.includes(escaped) ? `[${escaped}]` : escaped;
    if (sign === '%') return '*';
    return sign === '_' ? '?' : `[${sign}]`;
  });
}
