import type { Order } from '#elements/database/query.ts';
import type { CompiledModel } from './compile-release.ts';
import { notYet, unknownColumn, unparsable } from './data-error.ts';
import { splitList } from './split-list.ts';

/** `title.desc.nullslast,id`: nulls last for asc and first for desc, unless said otherwise. */
export function parseOrder(text: string | null, model: CompiledModel): Order[] {
  if (text === null || text === '') return [];
  return model.read.orders.get(text, () => splitList(text).map((item) => term(item.trim(), model)));
}

const TERM = /^([^.()]+)(?:\.(asc|desc))?(?:\.(nullsfirst|nullslast))?$/;

function term(item: string, model: CompiledModel): Order {
  if (/^[^.(]+\([^)]*\)/.test(item)) throw notYet('Ordering by a related row');
  const parts = TERM.exec(item);
  if (!parts) throw unparsable('order', item, 'Write field, field.desc or field.asc.nullsfirst.');
  const [, name = '', direction = 'asc', nulls] = parts;
  const field = model.fields.get(name);
  if (!field) throw name.includes('->') ? notYet('A JSON arrow in order') : unknownColumn(model.name, name);
  if (field.notNull) return { column: field.ref, direction: direction === 'desc' ? 'desc' : 'asc', nulls: null };
  const byDefault = direction === 'asc' ? 'last' : 'first';
  return {
    column: field.ref,
    direction: direction === 'desc' ? 'desc' : 'asc',
    nulls: nulls === undefined ? byDefault : nulls === 'nullsfirst' ? 'first' : 'last',
  };
}
