import type { Value } from '../query.ts';
import type { ColumnType, Parameter } from '../schema.ts';

/** What differs between engines in conditions. Shared writers take it; each engine passes its own. */
export type Spelling = {
  quote(name: string): string;
  /** @param position counted from 1 */
  placeholder(position: number): string;
  /** what the driver binds for a checked value of that type */
  bind(value: Exclude<Value, null>, type: ColumnType): Parameter;
  /** the column as it is compared; most types need no cast */
  column(sql: string, type: ColumnType): string;
  /** the placeholder as it is compared with a column of that type */
  operand(placeholder: string, type: ColumnType): string;
  /** the whole comparison, for types that have no operators; null: `column operator operand` */
  compare?(column: string, operator: string, placeholder: string, type: ColumnType): string | null;
  /** `column` and `pattern` are SQL; wildcards `%` and `_`, escape `\` */
  like(column: string, pattern: string, type: ColumnType, caseSensitive: boolean): string;
  /** the pattern as it is bound, where the engine's own wildcards differ; left out: as it is */
  pattern?(text: string, caseSensitive: boolean): string;
  /** one parameter for the whole list, where the engine can; null: `in (…)` with one placeholder per value */
  list: ((values: Exclude<Value, null>[], type: ColumnType) => Parameter | null) | null;
  /** most values between the parentheses of one `in`; left out: any number */
  longestList?: number;
  /** `column = any(placeholder)`, used with {@link Spelling.list} */
  within(column: string, placeholder: string, type: ColumnType): string;
  /** `column is true`, `column is false` */
  isBoolean(column: string, value: boolean): string;
};
