import type { ColumnType, Default } from '../schema.ts';
import { literal } from './quote.ts';

/** Spellings of the present moment that `pg_get_expr` gives, lower-cased, casts taken off. */
const NOW = new Set([
  'now()',
  'current_timestamp',
  'localtimestamp',
  'current_date',
  'localtime',
  'current_time',
  "timezone('utc', now())",
  "now() at time zone 'utc'",
]);
const UUID = /^(?:[a-z_"]+\.)?(?:gen_random_uuid|uuid_generate_v4|uuidv4)\(\)$/;
const CAST = /::(?:"[^"]+"|[a-z_ .])+(?:\(\d+(?:,\s?\d+)?\))?(?:\[\])*/gi;
const STRING = /^'(?<text>(?:[^']|'')*)'$/;
const NUMBER = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;

/** SQL after `default`. */
export function spellDefault(value: Default, type: ColumnType): string {
  if (value.kind === 'expression') return value.sql;
  if (value.kind === 'uuid') return 'gen_random_uuid()';
  if (value.kind === 'now') return MOMENT[type.kind] ?? 'CURRENT_TIMESTAMP';
  return literal(String(value.value));
}

const MOMENT: Partial<Record<ColumnType['kind'], string>> = {
  date: 'CURRENT_DATE',
  time: 'LOCALTIME',
  datetime: 'LOCALTIMESTAMP',
};

/** A default as `pg_get_expr` spells it. Null where it is only the null that stands without one. */
export function readDefault(sql: string, type: ColumnType): Default | null {
  const bare = stripCasts(sql);
  if (/^null$/i.test(bare)) return null;
  if (NOW.has(bare.toLowerCase())) return { kind: 'now' };
  if (UUID.test(bare.toLowerCase())) return { kind: 'uuid' };
  const text = STRING.exec(bare)?.groups?.['text']?.replaceAll("''", "'");
  const value = text ?? (NUMBER.test(bare) || /^(?:true|false)$/.test(bare) ? bare : null);
  if (value === null) return { kind: 'expression', sql };
  return settleDefault({ kind: 'literal', value }, type);
}

/** `('abc'::character varying)::text` → `'abc'`; casts inside quotes stay */
function stripCasts(sql: string): string {
  const pieces = sql.split(/('(?:[^']|'')*')/);
  let bare = pieces
    .map((piece, index) => (index % 2 === 1 ? piece : piece.replaceAll(CAST, '')))
    .join('')
    .trim();
  while (/^\((?:[^()]|\([^()]*\))*\)$/.test(bare)) bare = bare.slice(1, -1).trim();
  return bare;
}

/** One form for equal literals, whether they come from a model or from the server. */
export function settleDefault(value: Default, type: ColumnType): Default {
  if (value.kind !== 'literal') return value;
  const text = String(value.value);
  switch (type.kind) {
    case 'integer':
    case 'double':
      return Number.isNaN(Number(text)) ? value : { kind: 'literal', value: Number(text) };
    case 'boolean':
      return { kind: 'literal', value: /^(?:true|t|1|yes|on)$/i.test(text) };
    case 'json':
      return { kind: 'literal', value: settleJson(text) };
    case 'datetime':
    case 'time':
      return { kind: 'literal', value: settleTime(text) };
    case 'instant':
      return { kind: 'literal', value: `${settleTime(text.replace(/(?:Z|\+00(?::?00)?)$/, ''))}Z` };
    case 'uuid':
    case 'binary':
      return { kind: 'literal', value: text.toLowerCase() };
    default:
      return { kind: 'literal', value: text };
  }
}

/** `2026-01-31 13:45:00.500` → `2026-01-31T13:45:00.5`, as the server drops closing zeros */
function settleTime(text: string): string {
  return text
    .replace(' ', 'T')
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
}

/** jsonb keeps no order of keys and no white space. */
function settleJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), (_key, value: unknown) =>
      value !== null && typeof value === 'object' && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
        : value,
    );
  } catch {
    return text;
  }
}
