import type { Field } from './model.ts';

const WHOLE = /^-?\d+$/;
const DECIMAL = /^-?\d+(\.\d+)?$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?$/;
const DATETIME = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?Z$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

type Rule = { expected: string; fits(value: string | number | boolean): boolean };

const isText = (value: unknown): value is string => typeof value === 'string';
const like = (pattern: RegExp, word?: string) => (value: unknown) =>
  isText(value) && (value === word || pattern.test(value));

/** What a default of each type may be. Numbers beyond a double are texts, with all their digits. */
const RULES: Record<Exclude<Field['type'], 'choice' | 'text' | 'json' | 'reference'>, Rule | null> = {
  longText: { expected: 'a text', fits: isText },
  integer: { expected: 'a whole number', fits: (value) => Number.isInteger(value) },
  bigint: { expected: 'a whole number', fits: (value) => Number.isSafeInteger(value) || like(WHOLE)(value) },
  decimal: { expected: 'a number', fits: (value) => Number.isFinite(value) || like(DECIMAL)(value) },
  double: { expected: 'a number', fits: (value) => Number.isFinite(value) },
  boolean: { expected: 'true or false', fits: (value) => typeof value === 'boolean' },
  date: { expected: 'now, or a date such as 2026-01-31', fits: like(DATE, 'now') },
  time: { expected: 'now, or a time such as 09:30:00', fits: like(TIME, 'now') },
  datetime: { expected: 'now, or such as 2026-01-31T09:30:00', fits: like(DATETIME, 'now') },
  instant: { expected: 'now, or such as 2026-01-31T09:30:00Z', fits: like(INSTANT, 'now') },
  uuid: { expected: 'uuid, or a UUID', fits: like(UUID, 'uuid') },
  binary: { expected: 'no default', fits: () => false },
  native: null,
};

/** One sentence where a field's default does not fit its type, else null. */
export function checkDefault(field: Field): string | null {
  const value = field.default;
  if (value === undefined) return null;
  const expected = expectation(field, value);
  return expected === null
    ? null
    : `${field.name}: expected ${expected} as the default of ${field.type}, found ${JSON.stringify(value)}.`;
}

function expectation(field: Field, value: string | number | boolean): string | null {
  switch (field.type) {
    case 'text':
      if (!isText(value)) return 'a text';
      return field.length !== undefined && [...value].length > field.length
        ? `a text of at most ${field.length} characters`
        : null;
    case 'choice':
      return field.options.includes(value as string) ? null : `one of ${field.options.join(', ')}`;
    case 'json':
      return isText(value) && isJson(value) ? null : 'JSON text';
    // Its type is the target's, which is not looked at here; the database has the last word.
    case 'reference':
      return null;
    default: {
      const rule = RULES[field.type];
      return rule === null || rule.fits(value) ? null : rule.expected;
    }
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
