import type { Value } from '../query.ts';
import type { ColumnType } from '../schema.ts';
import type { Spelling } from '../sql/spelling.ts';
import { quote } from './quote.ts';

const TEXTS = new Set<ColumnType['kind']>(['text', 'longText', 'choice']);

/** How PostgreSQL spells conditions. The server takes each parameter's type from the column it is compared with. */
export const spelling: Spelling = {
  quote,
  placeholder: (position) => `$${position}`,
  bind: (value) => value,
  // `json` has no equality, `jsonb` has; on a jsonb column the cast costs nothing
  column: (sql, type) => (type.kind === 'json' ? `${sql}::jsonb` : sql),
  operand: (placeholder) => placeholder,
  like: (column, pattern, type, caseSensitive) =>
    `${TEXTS.has(type.kind) ? column : `${column}::text`} ${caseSensitive ? 'like' : 'ilike'} ${pattern}`,
  // there is no array of arrays
  list: (values, type) => (type.kind === 'native' && type.native.endsWith('[]') ? null : arrayLiteral(values)),
  within: (column, placeholder) => `${column} = any(${placeholder})`,
  isBoolean: (column, value) => `${column} is ${value}`,
};

/** One parameter for a list of any length, so that the statement's text stays the same (manual, section 8.15.2). */
function arrayLiteral(values: readonly Exclude<Value, null>[]): string {
  return `{${values.map((value) => `"${String(value).replaceAll(/["\\]/g, '\\$&')}"`).join(',')}}`;
}
