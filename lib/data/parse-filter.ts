import type { Filter } from '#elements/database/query.ts';
import type { CompiledField, CompiledModel } from './compile-release.ts';
import { DataError, notYet, unknownColumn, unparsable } from './data-error.ts';
import { parseValue } from './parse-value.ts';
import { splitList, unquote } from './split-list.ts';

const MAX_DEPTH = 10;
const MAX_VALUES = 1000;
const COMPARISONS = new Set(['eq', 'neq', 'gt', 'gte', 'lt', 'lte'] as const);
type Comparison = typeof COMPARISONS extends Set<infer T> ? T : never;

const OPERATORS = 'eq, neq, gt, gte, lt, lte, like, ilike, in, is, each perhaps after not.';

/** `field=op.value` as one filter. @throws DataError PGRST100, 42703, 22P02, not-yet, … */
export function parseFilter(name: string, text: string, model: CompiledModel): Filter {
  return condition(fieldOf(name, model), text, model.name, false);
}

/** `and=(…)`, `or=(…)`, `not.and=(…)`, `not.or=(…)`: `name` is the part before `=`. */
export function parseLogic(name: string, text: string, model: CompiledModel, depth = 0): Filter {
  if (depth > MAX_DEPTH) throw unparsable('logic tree', text, `At most ${MAX_DEPTH} levels of and/or.`);
  const negated = name.startsWith('not.');
  const op = negated ? name.slice(4) : name;
  if ((op !== 'and' && op !== 'or') || !text.startsWith('(') || !text.endsWith(')')) {
    throw unparsable('logic tree', `${name}${text}`, 'Write or=(a.eq.1,b.eq.2).');
  }
  const of = splitList(text.slice(1, -1)).map((item) => logicItem(item.trim(), model, depth));
  return negated ? { op: 'not', of: { op, of } } : { op, of };
}

const GROUP = /^((?:not\.)?(?:and|or))(\(.*\))$/s;

function logicItem(item: string, model: CompiledModel, depth: number): Filter {
  const group = GROUP.exec(item);
  if (group) return parseLogic(group[1] ?? '', group[2] ?? '', model, depth + 1);
  const dot = item.startsWith('"') ? item.indexOf('"', 1) + 1 : item.indexOf('.');
  if (dot <= 0) throw unparsable('logic tree', item, 'Write field.operator.value.');
  return condition(fieldOf(unquote(item.slice(0, dot)), model), item.slice(dot + 1), model.name, true);
}

function fieldOf(name: string, model: CompiledModel): CompiledField {
  const field = model.fields.get(name);
  if (field) return field;
  if (name.includes('->')) throw notYet('A JSON arrow in a filter');
  const relation =
    name.includes('.') &&
    model.relations.some((each) => [each.field, each.target.name].includes(name.split('.')[0] ?? ''));
  if (relation) throw notYet('A filter on a related row');
  throw unknownColumn(model.name, name);
}

function condition(field: CompiledField, text: string, model: string, inLogic: boolean): Filter {
  if (text.startsWith('not.not.')) throw unparsable('filter', text, 'One not. is enough.');
  if (text.startsWith('not.')) return { op: 'not', of: condition(field, text.slice(4), model, inLogic) };
  const dot = text.indexOf('.');
  const op = dot < 0 ? text : text.slice(0, dot);
  const raw = dot < 0 ? '' : text.slice(dot + 1);
  if (dot < 0) throw unparsable('filter', `${field.name}=${text}`, `Operators: ${OPERATORS}`);
  const value = inLogic ? unquote(raw) : raw;
  if (COMPARISONS.has(op as Comparison)) return compare(field, op as Comparison, value);
  if (op === 'like' || op === 'ilike') return { op, column: field.ref, pattern: value.replaceAll('*', '%') };
  if (op === 'in') return anyOf(field, raw);
  if (op === 'is') return is(field, value);
  throw unparsable('filter', text, `The operator ${op.slice(0, 40)} is not supported. Operators: ${OPERATORS}`);
}

function compare(field: CompiledField, op: Comparison, value: string): Filter {
  if (field.ref.type.kind === 'json') {
    throw new DataError(400, '42883', `operator does not exist: json ${op}`, {
      hint: 'A json field can only be tested with is.null.',
    });
  }
  return { op, column: field.ref, value: parseFilterValue(value, field) };
}

/** A choice is compared as text: a value that is not an option simply matches nothing. */
function parseFilterValue(value: string, field: CompiledField): string | number | boolean {
  return field.ref.type.kind === 'choice' ? value : parseValue(value, field.ref.type);
}

function anyOf(field: CompiledField, raw: string): Filter {
  if (!raw.startsWith('(') || !raw.endsWith(')')) throw unparsable('filter', raw, 'Write in.(a,b,"c,d").');
  const inner = raw.slice(1, -1);
  const items = inner === '' ? [] : splitList(inner);
  if (items.length > MAX_VALUES)
    throw unparsable('filter', `in.(${items.length} values)`, `At most ${MAX_VALUES} values.`);
  return { op: 'in', column: field.ref, values: items.map((item) => parseFilterValue(unquote(item), field)) };
}

function is(field: CompiledField, value: string): Filter {
  const word = value.toLowerCase();
  if (word === 'null' || word === 'unknown') return { op: 'is', column: field.ref, value: null };
  if (word === 'not_null') return { op: 'not', of: { op: 'is', column: field.ref, value: null } };
  if (word !== 'true' && word !== 'false')
    throw unparsable('filter', `is.${value}`, 'Write is.null, is.true or is.false.');
  if (field.ref.type.kind !== 'boolean') {
    throw new DataError(
      400,
      '42804',
      `argument of IS ${word.toUpperCase()} must be type boolean, not type ${field.ref.type.kind}`,
    );
  }
  return { op: 'is', column: field.ref, value: word === 'true' };
}
