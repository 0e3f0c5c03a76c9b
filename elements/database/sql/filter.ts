import { assertNever } from '#lib/core/assert-never.ts';
import type { ColumnRef, Filter } from '../query.ts';
import type { ParameterList } from './parameter-list.ts';
import type { Spelling } from './spelling.ts';

const COMPARISONS = { eq: '=', neq: '<>', gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;

/**
 * A filter as an SQL condition, without `where`. Values go to `parameters` in the order of their placeholders;
 * filters of the same shape give the same text.
 * @param alias already quoted alias of the table, or null to name columns bare
 */
export function writeFilter(
  filter: Filter,
  spelling: Spelling,
  parameters: ParameterList,
  alias: string | null = null,
): string {
  const name = ({ column }: ColumnRef) => (alias ? `${alias}.${spelling.quote(column)}` : spelling.quote(column));

  const comparison = (column: ColumnRef, operator: string, placeholder: string) =>
    spelling.compare?.(name(column), operator, placeholder, column.type) ??
    `${spelling.column(name(column), column.type)} ${operator} ${spelling.operand(placeholder, column.type)}`;

  const write = (each: Filter): string => {
    switch (each.op) {
      case 'and':
      case 'or':
        return junction(each.op, each.of.map(write));
      case 'not':
        return `not (${write(each.of)})`;
      case 'eq':
      case 'neq':
      case 'gt':
      case 'gte':
      case 'lt':
      case 'lte':
        return comparison(
          each.column,
          COMPARISONS[each.op],
          parameters.add(spelling.bind(each.value, each.column.type)),
        );
      case 'like':
      case 'ilike':
        return match(each);
      case 'in':
        return membership(each);
      case 'is':
        return each.value === null ? `${name(each.column)} is null` : spelling.isBoolean(name(each.column), each.value);
      default:
        return assertNever(each);
    }
  };

  const match = ({ op, column, pattern }: Extract<Filter, { op: 'like' | 'ilike' }>): string => {
    const placeholder = parameters.add(spelling.pattern?.(pattern, op === 'like') ?? pattern);
    return spelling.like(name(column), placeholder, column.type, op === 'like');
  };

  const membership = ({ column, values }: Extract<Filter, { op: 'in' }>): string => {
    const left = spelling.column(name(column), column.type);
    const list = spelling.list?.(values, column.type) ?? null;
    if (list !== null) return spelling.within(left, parameters.add(list), column.type);
    if (values.length === 0) return '1 = 0';
    if (spelling.compare?.(left, '=', '', column.type)) {
      return junction(
        'or',
        values.map((value) => comparison(column, '=', parameters.add(spelling.bind(value, column.type)))),
      );
    }
    const items = values.map((value) =>
      spelling.operand(parameters.add(spelling.bind(value, column.type)), column.type),
    );
    const most = spelling.longestList ?? items.length;
    const lists = Array.from({ length: Math.ceil(items.length / most) }, (_, at) =>
      items.slice(at * most, (at + 1) * most),
    );
    return junction(
      'or',
      lists.map((list) => `${left} in (${list.join(', ')})`),
    );
  };

  return write(filter);
}

/** An empty `and` holds, an empty `or` does not. */
function junction(op: 'and' | 'or', parts: string[]): string {
  if (parts.length === 0) return op === 'and' ? '1 = 1' : '1 = 0';
  return parts.length === 1 ? parts[0]! : `(${parts.join(` ${op} `)})`;
}
