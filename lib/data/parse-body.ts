import type { ColumnRef, Value } from '#elements/database/query.ts';
import type { CompiledModel } from './compile-release.ts';
import { DataError } from './data-error.ts';
import { fitValue } from './fit-value.ts';
import { parseValue } from './parse-value.ts';

export type ParsedRows = { columns: ColumnRef[]; rows: Value[][] };

const MAX_ROWS = 100_000;

/**
 * The rows of an insert. `columns` (a list of field names) says which fields count; without it all rows must have the
 * same keys. A key that `columns` names and a row lacks is null, as in PostgREST without `missing=default`.
 */
export function parseRows(body: string, columns: string | null, model: CompiledModel): ParsedRows {
  const parsed = parseJson(body);
  const list = Array.isArray(parsed) ? parsed : [parsed];
  if (list.length > MAX_ROWS)
    throw new DataError(413, 'PGRST102', `Expected at most ${MAX_ROWS} rows, found ${list.length}.`);
  const objects = list.map(asObject);
  const names = columns === null ? keysOfAll(objects) : namesOf(columns);
  const { fields, columns: refs } = model.read.columns.get(keyOf(names), () => {
    const found = names.map((name) => writable(name, model));
    return { fields: found, columns: found.map((field) => field.ref) };
  });
  return {
    columns: refs,
    rows: objects.map((object) => fields.map((field) => toValue(own(object, field.name), field.ref, field.name))),
  };
}

/** The new values of an update: one object. */
export function parseChanges(
  body: string,
  columns: string | null,
  model: CompiledModel,
): { column: ColumnRef; value: Value }[] {
  const parsed = parseJson(body);
  const object = asObject(Array.isArray(parsed) && parsed.length === 1 ? parsed[0] : parsed);
  const names = columns === null ? Object.keys(object) : namesOf(columns);
  return names.map((name) => {
    const field = writable(name, model);
    return { column: field.ref, value: toValue(own(object, name), field.ref, name) };
  });
}

/** No field's name holds a NUL, so no other list of known names gives the same text. */
const keyOf = (names: string[]) => `${names.length}\0${names.join('\0')}`;

/** `columns=a,b`; a name that stands twice counts once, as in PostgREST. */
function namesOf(columns: string): string[] {
  return [...new Set(columns.split(',').map((name) => name.trim().replaceAll('"', '')))];
}

/** A field may be called `constructor`; what an object only inherits is not in the row. */
const own = (object: Record<string, unknown>, name: string): unknown =>
  Object.hasOwn(object, name) ? object[name] : undefined;

type RawJson = { rawJSON: string };
declare global {
  interface JSON {
    /** ECMAScript, JSON.parse source text access */
    rawJSON(text: string): RawJson;
    isRawJSON(value: unknown): value is RawJson;
  }
}

/** A number that a double would change is kept as its text, so that no digit is lost on the way to the database. */
function keepDigits(_key: string, value: unknown, context?: { source?: string }): unknown {
  const source = context?.source;
  return typeof value === 'number' && source !== undefined && String(value) !== source ? JSON.rawJSON(source) : value;
}

/** A number behind `:`, `,`, `[` or white space that may not survive as a double: many digits, an exponent, a closing zero. */
const LONG_NUMBER = /[:,[\s]-?(?:[\d.]{16,}|\d[\d.]*[eE]|\d+\.\d*0(?!\d))/;

function parseJson(body: string): unknown {
  try {
    // the reviver makes parsing several times slower, so only texts with such numbers pay for it
    return LONG_NUMBER.test(body)
      ? (JSON.parse(body, keepDigits as (key: string, value: unknown) => unknown) as unknown)
      : (JSON.parse(body) as unknown);
  } catch {
    throw new DataError(400, 'PGRST102', 'Empty or invalid json', { hint: 'Send a JSON object, or an array of them.' });
  }
}

function asObject(value: unknown): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && !JSON.isRawJSON(value))
    return value as Record<string, unknown>;
  throw new DataError(400, 'PGRST102', 'Expected a JSON object or an array of JSON objects');
}

function keysOfAll(objects: Record<string, unknown>[]): string[] {
  const names = Object.keys(objects[0] ?? {});
  if (objects.length === 1) return names;
  const known = new Set(names);
  const same = objects.every((object) => {
    const keys = Object.keys(object);
    return keys.length === names.length && keys.every((key) => known.has(key));
  });
  if (!same)
    throw new DataError(400, 'PGRST102', 'All object keys must match', { hint: 'Name the fields with columns=a,b,c.' });
  return names;
}

function writable(name: string, model: CompiledModel) {
  const field = model.fields.get(name);
  if (!field) {
    throw new DataError(
      400,
      'PGRST204',
      `Could not find the '${name.slice(0, 80)}' column of '${model.name}' in the schema cache`,
    );
  }
  if (field.computed) {
    throw new DataError(400, '428C9', `cannot write to column "${name}"`, {
      details: `Column "${name}" is computed by the database.`,
    });
  }
  return field;
}

/** Writing is recursive where reading is not: what is nested too deeply can be read and not written. */
function jsonText(value: unknown, name: string): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new DataError(400, '54001', `field "${name}" is nested too deeply`);
  }
}

function toValue(value: unknown, column: ColumnRef, name: string): Value {
  if (value === null || value === undefined) return null;
  if (column.type.kind === 'json') return jsonText(value, name);
  if (JSON.isRawJSON(value)) return fitValue(parseValue(value.rawJSON, column.type), column.type);
  if (typeof value === 'object') {
    throw new DataError(
      400,
      '22P02',
      `invalid input syntax for type ${column.type.kind}: field "${name}" holds ${Array.isArray(value) ? 'an array' : 'an object'}`,
    );
  }
  return fitValue(parseValue(String(value), column.type), column.type);
}
