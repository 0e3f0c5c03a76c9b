/**
 * Rows given back by a write. OUTPUT takes no sub-query, and without INTO no table with a trigger (OUTPUT clause,
 * "Remarks"), so they go through a table variable: JSON of columns as it is, columns that embeds are joined on as values. Pure.
 */
import type { ColumnRef, Projection } from '../query.ts';
import { columnJson, embedJsonOn, objectJson } from './json.ts';
import { quote } from './quote.ts';
import { types } from './types.ts';
import { spelled } from './json-check.ts';

/** The widest text that can stand in an index (1,700 bytes), so in a key. */
const KEY_TEXT = 'nvarchar(850)';

/**
 * @param fields null: only how many rows there were, in `n`
 * @param from the OUTPUT clause's own table
 * @param write the statement around the clause, which comes with a space in front
 */
export function collectRows(
  fields: Projection[] | null,
  from: 'inserted' | 'deleted',
  write: (output: string) => string,
): string {
  if (fields === null) return `${write('')};\nselect @@rowcount as n`;
  const slots = slotsOf(fields, from);
  const into = `@rows (${slots.map(({ name }) => name).join(', ')})`;
  const output = ` output ${slots.map(({ value }) => value).join(', ')} into ${into}`;
  return (
    `declare @rows table (${slots.map(({ name, type }) => `${name} ${type} null`).join(', ')});\n` +
    `${write(output)};\n` +
    `select ${objectJson(fields.map(pairOf))} as j from @rows as r`
  );
}

type Slot = { name: string; type: string; value: string };

/** A table has one column at least. */
function slotsOf(fields: Projection[], from: string): Slot[] {
  if (fields.length === 0) return [{ name: 'c', type: 'bit', value: 'null' }];
  return fields.flatMap((field, at): Slot[] =>
    'embed' in field
      ? field.embed.on.map(({ outer }, pair) => ({
          name: `k${at}_${pair}`,
          type: keyType(outer),
          value: `${from}.${quote(outer.column)}`,
        }))
      : [{ name: `c${at}`, type: 'nvarchar(max)', value: columnJson(field.column, from) }],
  );
}

function keyType({ type }: ColumnRef): string {
  return type.kind === 'text' || type.kind === 'choice' ? KEY_TEXT : spelled(types.native(type));
}

function pairOf(field: Projection, at: number): { key: string; value: string } {
  if (!('embed' in field)) return { key: field.as, value: `r.c${at}` };
  const joins = field.embed.on.map(({ inner }, pair) => ({ inner, outer: `r.k${at}_${pair}` }));
  return { key: field.as, value: embedJsonOn(field.embed, joins, at) };
}
