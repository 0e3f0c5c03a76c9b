import type { Filter } from '#elements/database/query.ts';
import type { CompiledModel } from './compile-release.ts';
import { notYet, unparsable } from './data-error.ts';
import { parseFilter, parseLogic } from './parse-filter.ts';

export type QueryParts = {
  select: string | null;
  order: string | null;
  limit: string | null;
  offset: string | null;
  columns: string | null;
  filter: Filter | null;
};

const LOGIC = new Set(['and', 'or', 'not.and', 'not.or']);
const MAX_FILTERS = 100;

/** Takes the query of a URL apart; every parameter that is not a known word is a filter on a field. */
export function parseQuery(query: string, model: CompiledModel): QueryParts {
  const parts: QueryParts = { select: null, order: null, limit: null, offset: null, columns: null, filter: null };
  if (query === '') return parts;
  const filters: Filter[] = [];
  for (const [name, value] of parametersOf(query)) {
    if (name === 'select' || name === 'order' || name === 'limit' || name === 'offset' || name === 'columns')
      parts[name] = value;
    else if (LOGIC.has(name)) filters.push(parseLogic(name, value, model));
    else if (name === 'on_conflict') throw notYet('on_conflict');
    else if (/\.(select|order|limit|offset|and|or)$/.test(name)) throw notYet(`The parameter ${name.slice(0, 40)}`);
    else filters.push(parseFilter(name, value, model));
    if (filters.length > MAX_FILTERS) throw unparsable('filter', name, `At most ${MAX_FILTERS} filters.`);
  }
  parts.filter = filters.length > 1 ? { op: 'and', of: filters } : (filters[0] ?? null);
  return parts;
}

/** As URLSearchParams reads it, which costs more than the rest where there is nothing to decode. */
function parametersOf(query: string): Iterable<[string, string]> {
  if (/[%+]/.test(query)) return new URLSearchParams(query);
  const parts = query.split('&').filter((part) => part !== '');
  return parts.map((part) => {
    const mark = part.indexOf('=');
    return mark < 0 ? [part, ''] : [part.slice(0, mark), part.slice(mark + 1)];
  });
}
