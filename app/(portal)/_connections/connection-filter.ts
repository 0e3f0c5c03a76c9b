import { definitionOfType } from '#elements/database/definitions.ts';
import type { ConnectionRow } from '#lib/http/api.ts';

export const STATES = ['failed', 'warning', 'ok', 'untested'] as const;
export type TestState = (typeof STATES)[number];

const SORTS = ['name', 'type', 'host', 'databases', 'created', 'test'] as const;
export type Sort = (typeof SORTS)[number];

/** What the address asks for. */
export type ConnectionQuery = {
  text: string;
  types: string[];
  states: TestState[];
  unused: boolean;
  sort: Sort;
  down: boolean;
};

export type LastTest = ConnectionRow['tests'][string] & { environment: string };

/** `?find=…&type=a,b&state=failed&unused=1&sort=-created`: what is not understood is left out. */
export function queryOf(search: URLSearchParams): ConnectionQuery {
  const list = (name: string) => (search.get(name) ?? '').split(',').filter(Boolean);
  const sort = search.get('sort') ?? '';
  return {
    text: search.get('find') ?? '',
    types: list('type'),
    states: list('state').filter((each): each is TestState => (STATES as readonly string[]).includes(each)),
    unused: search.get('unused') === '1',
    sort: SORTS.find((each) => each === sort.replace(/^-/, '')) ?? 'name',
    down: sort.startsWith('-'),
  };
}

export const isFiltered = ({ text, types, states, unused }: ConnectionQuery): boolean =>
  text.trim() !== '' || types.length > 0 || states.length > 0 || unused;

/** The last test in one environment; without one, the newest of all. */
export function lastTestOf({ tests }: ConnectionRow, environment: string | null): LastTest | null {
  if (environment !== null) {
    const found = tests[environment];
    return found ? { ...found, environment } : null;
  }
  const all = Object.entries(tests).map(([name, test]) => ({ ...test, environment: name }));
  return all.toSorted((one, other) => other.at.localeCompare(one.at))[0] ?? null;
}

const stateOf = (row: ConnectionRow, environment: string | null): TestState =>
  lastTestOf(row, environment)?.state ?? 'untested';

export const titleOfType = (type: string): string => definitionOfType(type)?.title ?? type;

const order = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** The rows that pass, in the order asked for; equal ones by app and name. */
export function filtered(rows: ConnectionRow[], query: ConnectionQuery, environment: string | null): ConnectionRow[] {
  const wanted = query.text.trim().toLowerCase();
  const passes = (row: ConnectionRow) =>
    (query.types.length === 0 || query.types.includes(row.type)) &&
    (query.states.length === 0 || query.states.includes(stateOf(row, environment))) &&
    (!query.unused || row.databases.length === 0) &&
    hay(row).includes(wanted);
  const key = KEYS[query.sort];
  const sign = query.down ? -1 : 1;
  return rows
    .filter(passes)
    .map((row) => ({ row, key: key(row, environment) }))
    .sort((one, other) => sign * order.compare(one.key, other.key) || byName(one.row, other.row))
    .map(({ row }) => row);
}

const byName = (one: ConnectionRow, other: ConnectionRow): number =>
  order.compare(one.app, other.app) || order.compare(one.fullName, other.fullName);

const hay = ({ app, id, fullName, title, type, text, databases }: ConnectionRow): string =>
  [app, id, fullName, title, titleOfType(type), text, ...databases.flatMap((each) => [each.fullName, each.database])]
    .join(' ')
    .toLowerCase();

const KEYS: Record<Sort, (row: ConnectionRow, environment: string | null) => string> = {
  name: (row) => row.title || row.fullName,
  type: (row) => titleOfType(row.type),
  host: (row) => row.host ?? '',
  databases: (row) => String(row.databases.length),
  created: (row) => row.createdAt,
  test: (row, environment) => lastTestOf(row, environment)?.at ?? '',
};

/** How many rows each filter alone would show; only types that are there. */
export function countsOf(rows: ConnectionRow[], environment: string | null) {
  const types = new Map<string, number>();
  const states: Record<TestState, number> = { failed: 0, warning: 0, ok: 0, untested: 0 };
  for (const row of rows) {
    types.set(row.type, (types.get(row.type) ?? 0) + 1);
    states[stateOf(row, environment)] += 1;
  }
  return { types: [...types], states, unused: rows.filter((row) => row.databases.length === 0).length };
}
