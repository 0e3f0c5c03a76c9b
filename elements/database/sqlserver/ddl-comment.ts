/** Comments are the extended property MS_Description, which the server's own tools show (sp_addextendedproperty). Pure. */
import type { Column } from '../schema.ts';
import { literal } from './quote.ts';

export type CommentPlace = { schema: string | null; table: string; column: string | null };

export function setComment(place: CommentPlace, from: string | null, to: string | null): string[] {
  if (from === to) return [];
  if (to === null) return [call('sp_dropextendedproperty', place, [])];
  const value = literal(to);
  // a call takes constants and variables, and a text with a backslash before a line's end is neither
  const joined = value.includes("' + N'");
  const sql = call(from === null ? 'sp_addextendedproperty' : 'sp_updateextendedproperty', place, [
    `@value = ${joined ? '@text' : value}`,
  ]);
  return [joined ? `declare @text nvarchar(3750) = ${value};\n${sql}` : sql];
}

function call(procedure: string, { schema, table, column }: CommentPlace, more: string[]): string {
  const places = [
    `@level0type = N'SCHEMA', @level0name = ${schema === null ? '@schema' : literal(schema)}`,
    `@level1type = N'TABLE', @level1name = ${literal(table)}`,
    ...(column === null ? [] : [`@level2type = N'COLUMN', @level2name = ${literal(column)}`]),
  ];
  const sql = `exec sys.${procedure} ${["@name = N'MS_Description'", ...more, ...places].join(', ')}`;
  return schema === null ? `declare @schema sysname = schema_name();\n${sql}` : sql;
}

export function columnComments(schema: string | null, table: string, columns: Column[]): string[] {
  return columns.flatMap(({ name, comment }) => setComment({ schema, table, column: name }, null, comment));
}
