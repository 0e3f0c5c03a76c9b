import type { Embed, Projection } from '#elements/database/query.ts';
import type { CompiledModel, Relation } from './compile-release.ts';
import { DataError, notYet, unknownColumn, unparsable } from './data-error.ts';
import { splitList } from './split-list.ts';

/**
 * `select=*,title,name:title,artist(name),who:artist!artist_id(name)`: fields of the model, renamed or not, and one
 * level of related rows. Unaliased, an embed hides a field of its name.
 * @throws DataError PGRST100, 42703, PGRST200, PGRST201 or not-yet
 */
export function parseSelect(text: string | null, model: CompiledModel): Projection[] {
  if (text === null || text === '' || text === '*') return model.all;
  return model.read.selects.get(text, () => projections(text, model, true));
}

function projections(text: string, model: CompiledModel, mayEmbed: boolean): Projection[] {
  const items = splitList(text);
  const fields: Projection[] = [];
  const embeds: Projection[] = [];
  for (const item of items) {
    if (item === '*') fields.push(...model.all);
    else if (item.endsWith(')')) embeds.push(embed(item, model, mayEmbed));
    else fields.push(field(item, model));
  }
  const taken = new Set(embeds.map((each) => each.as));
  const byKey = new Map(fields.filter((each) => !taken.has(each.as)).map((each) => [each.as, each]));
  return [...byKey.values(), ...embeds];
}

const FIELD = /^(?:([^:()!,.]+):)?([^:()!,.]+)$/;

function field(item: string, model: CompiledModel): Projection {
  if (item.includes('->')) throw notYet('A JSON arrow in select');
  if (item.includes('::'))
    throw unparsable('select parameter', item, 'A cast is not supported: select the field as it is.');
  const parts = FIELD.exec(item);
  if (!parts) throw unparsable('select parameter', item, 'Write field, alias:field, or relation(field,field).');
  const name = (parts[2] ?? '').trim();
  const found = model.fields.get(name);
  if (!found) throw unknownColumn(model.name, name);
  return parts[1] === undefined ? found.projection : { as: aliasOf(parts[1]), column: found.ref };
}

/** as long as PostgreSQL takes a name for a column, the shortest limit of all */
const LONGEST_ALIAS_BYTES = 63;

/** An alias becomes part of a statement, so it must be a name that every engine can write. */
function aliasOf(text: string): string {
  const alias = text.trim();
  if (Buffer.byteLength(alias) <= LONGEST_ALIAS_BYTES && !/\p{Cc}/u.test(alias)) return alias;
  throw unparsable(
    'select parameter',
    alias,
    `An alias has at most ${LONGEST_ALIAS_BYTES} bytes and no control characters.`,
  );
}

const EMBED = /^(?:([^:()!,.]+):)?([^:()!,.]+)(?:!([^:()!,.]+))?(?:!([^:()!,.]+))?\((.*)\)$/s;

function embed(item: string, model: CompiledModel, mayEmbed: boolean): Projection {
  if (item.startsWith('...')) throw notYet('Spreading a related row');
  if (/(^|[:.])(count|sum|avg|min|max)\(\)$/.test(item)) throw notYet('An aggregate');
  const parts = EMBED.exec(item);
  if (!parts) throw unparsable('select parameter', item, 'Write relation(field,field) or alias:relation!field(field).');
  if (!mayEmbed) throw notYet('A related row within a related row');
  const [, alias, name = '', hint, more, inner = ''] = parts;
  for (const word of [hint, more]) if (word === 'inner' || word === 'left') throw notYet(`!${word}`);
  if (more !== undefined) throw unparsable('select parameter', item, 'One hint after ! is enough.');
  const relation = findRelation(model, name, hint);
  return { as: alias === undefined ? name : aliasOf(alias), embed: embedded(relation, inner) };
}

function embedded(relation: Relation, inner: string): Embed {
  const { target } = relation;
  return {
    kind: relation.kind,
    from: target.table,
    on: relation.on,
    fields: inner === '' || inner === '*' ? target.all : projections(inner, target, false),
    order: target.key,
  };
}

/** By reference field, by target model, or by both (`model!field`). A reference field's name wins over a model's. */
function findRelation(model: CompiledModel, name: string, hint: string | undefined): Relation {
  const byField = model.relations.filter((each) => each.forward && each.field === name);
  const byModel = model.relations.filter((each) => each.target.name === name);
  let found = hint === undefined && byField.length > 0 ? byField : byModel;
  if (hint !== undefined) {
    found = byModel.filter((each) => each.field === hint);
    // a model that refers to itself: the field's own name gives the one, model!field the many
    if (found.length > 1) found = found.filter((each) => !each.forward);
  }
  const [first, second] = found;
  if (!first) {
    throw new DataError(
      400,
      'PGRST200',
      `Could not find a relationship between '${model.name}' and '${name}' in the schema cache`,
      {
        details: `Searched for a reference between '${model.name}' and '${name}'${hint ? ` using the hint '${hint}'` : ''}, but no matches were found.`,
      },
    );
  }
  if (second) {
    throw new DataError(
      300,
      'PGRST201',
      `Could not embed because more than one relationship was found for '${model.name}' and '${name}'`,
      {
        hint: `Try one of the following: ${found.map((each) => `'${name}!${each.field}'`).join(', ')}.`,
      },
    );
  }
  return first;
}
