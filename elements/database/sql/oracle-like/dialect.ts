import type { Column, ColumnType, Default } from '../../schema.ts';
import type { Spelling } from '../spelling.ts';

/**
 * What differs between engines whose SQL is that of Oracle. The writers in this folder take it; each engine passes its own.
 * Rows are fetched as texts and put together in the portal, because not each of these engines writes JSON with all digits.
 */
export type OracleLike = {
  /** conditions; `bind` gives what the driver binds, also for what is written */
  spelling: Spelling;
  /** a column as it is fetched, such that `fetchedValue` understands it */
  read(sql: string, type: ColumnType): string;
  /** a placeholder as it is put into a column */
  write(placeholder: string, type: ColumnType): string;
  /** a column as it is sorted by */
  sorted(sql: string, type: ColumnType): string;
  /** the type of a column, and the check that makes it what it is, as DDL spells them */
  columnType(column: Column): { type: string; check: string | null };
  /** what makes the server number a column */
  identity: string;
  /** the default behind `default` */
  presetOf(value: Default, type: ColumnType): string;
  /** `modify` may turn the one native type into the other although there are rows */
  modifies(from: string, to: string): boolean;
  /** an old column's value in the type of a new one */
  converted(sql: string, from: ColumnType, to: ColumnType): string;
};
