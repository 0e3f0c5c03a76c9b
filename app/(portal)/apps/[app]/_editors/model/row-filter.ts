/** One condition of the filter builder. */
export type RowFilter = { field: string; operator: RowOperator; value: string };

/** Operators as people read them; those that end in null take no value. */
export const OPERATORS = {
  eq: '=',
  neq: '≠',
  gt: '>',
  gte: '≥',
  lt: '<',
  lte: '≤',
  contains: 'contains',
  like: 'is like',
  in: 'is one of',
  'is.null': 'is null',
  'not.is.null': 'is not null',
} as const;
export type RowOperator = keyof typeof OPERATORS;

export const takesValue = (operator: RowOperator): boolean => !operator.endsWith('null');

/** Filters as parameters of the data API: `type=eq.tug&name=ilike.*a*`. */
export function filterQuery(filters: RowFilter[]): string {
  const parameters = new URLSearchParams();
  for (const { field, operator, value } of filters) if (field) parameters.append(field, spelt(operator, value));
  return parameters.toString();
}

function spelt(operator: RowOperator, value: string): string {
  if (!takesValue(operator)) return operator;
  if (operator === 'contains') return `ilike.*${value}*`;
  if (operator === 'in')
    return `in.(${value
      .split(',')
      .map((each) => `"${each.trim().replaceAll(/(["\\])/g, String.raw`\$1`)}"`)
      .join(',')})`;
  return `${operator}.${value}`;
}

/** The reverse of {@link filterQuery}; what it could not have written is left out. */
export function filtersOf(query: string): RowFilter[] {
  return [...new URLSearchParams(query)].flatMap(([field, text]): RowFilter[] => {
    if (text === 'is.null' || text === 'not.is.null') return [{ field, operator: text, value: '' }];
    const contains = /^ilike\.\*(.*)\*$/s.exec(text);
    if (contains) return [{ field, operator: 'contains', value: contains[1] ?? '' }];
    const list = /^in\.\((.*)\)$/s.exec(text);
    if (list) {
      const items = [...(list[1] ?? '').matchAll(/"((?:\\.|[^"\\])*)"/gs)].map((each) =>
        (each[1] ?? '').replaceAll(/\\(.)/gs, '$1'),
      );
      return [{ field, operator: 'in', value: items.join(', ') }];
    }
    const [operator = '', ...rest] = text.split('.');
    return operator in OPERATORS ? [{ field, operator: operator as RowOperator, value: rest.join('.') }] : [];
  });
}
