import type { Column, ColumnType, Table } from '../../schema.ts';
import { quote } from './quote.ts';

/** Stands beside the old column while its values are carried over. */
const TEMPORARY = 'mooring$new';

type Words = {
  definition(column: Column): string;
  converted(sql: string, from: ColumnType, to: ColumnType): string;
};

/**
 * A type that `modify` refuses while there are rows (ORA-01439, ORA-01440, ORA-22858): a new column beside the old one, the values
 * carried over, the old one dropped. `not null` comes last, since the new column is empty at first. Pure.
 * @param table already qualified and quoted
 */
export function remakeColumn(table: string, from: Column, to: Column, before: Table | null, words: Words): string[] {
  const inKey = before?.primaryKey?.columns.includes(from.name) ?? false;
  const fresh = words.definition({ ...to, name: TEMPORARY, nullable: true });
  return [
    `alter table ${table} add ${fresh}`,
    `update ${table} set ${quote(TEMPORARY)} = ${words.converted(quote(from.name), from.type, to.type)}`,
    `alter table ${table} drop column ${quote(from.name)} cascade constraints`,
    `alter table ${table} rename column ${quote(TEMPORARY)} to ${quote(to.name)}`,
    ...(to.nullable || inKey ? [] : [`alter table ${table} modify ${quote(to.name)} not null`]),
  ];
}
