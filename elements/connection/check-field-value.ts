import { isReference, type FieldDefinition } from './fields.ts';

/** Key of a variable (product.md section 2). */
export const VARIABLE_KEY = /^[A-Z][A-Z0-9_]{0,126}$/;

/** The head of a private key in PEM (RFC 7468), of any kind. */
export const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;

/**
 * Checks a literal or a reference for one field of a body.
 * @returns null when it fits, else one sentence: expected, found. A value in a secret field is never repeated.
 */
export function checkFieldValue(field: FieldDefinition, value: unknown): string | null {
  if (typeof value === 'object' && value !== null) return checkReference(field, value);
  if (field.kind === 'secret') {
    return `${field.name}: expected a reference to a secret variable such as {"$env": "MAIN_PASSWORD"}, found a literal`;
  }
  if (field.kind === 'pem' && PRIVATE_KEY.test(String(value))) {
    return `${field.name}: expected certificates alone, found a private key, which the source must not keep`;
  }
  return checkLiteral(field, value);
}

/** The checks of a literal, also made on a variable's value once it is resolved. */
export function checkLiteral(field: FieldDefinition, value: unknown): string | null {
  const expected = expectation(field, value);
  return expected === null ? null : `${field.name}: expected ${expected}, found ${described(value)}`;
}

function checkReference(field: FieldDefinition, value: object): string | null {
  if (!isReference(value)) return `${field.name}: expected a value or {"$env": KEY}, found an object`;
  if (Object.keys(value).length > 1) return `${field.name}: expected "$env" alone, found other keys beside it`;
  if (VARIABLE_KEY.test(value.$env)) return null;
  return `${field.name}: expected a variable's key of capital letters, digits and _, found ${described(value.$env)}`;
}

/** What is expected, in words, where `value` is not that. */
function expectation(field: FieldDefinition, value: unknown): string | null {
  switch (field.kind) {
    case 'boolean':
      return typeof value === 'boolean' ? null : 'true or false';
    case 'number':
      return isWithin(field, value) ? null : numberWords(field);
    case 'choice': {
      const choices = (field.choices ?? []).map((each) => each.value);
      return choices.includes(value as string) ? null : `one of ${choices.join(', ')}`;
    }
    case 'pem':
      return typeof value === 'string' && value.includes('-----BEGIN ') ? null : 'PEM text (-----BEGIN …-----)';
    case 'secret':
    case 'text':
      return textExpectation(field, value);
  }
}

function isWithin({ min = -Infinity, max = Infinity }: FieldDefinition, value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max;
}

function numberWords({ min, max }: FieldDefinition): string {
  if (min === undefined || max === undefined) return 'a whole number';
  return `a whole number from ${min} to ${max}`;
}

const CONTROL_CHARACTERS = /\p{Cc}/u;

function textExpectation(field: FieldDefinition, value: unknown): string | null {
  if (typeof value !== 'string') return 'a text';
  // An option may be emptied on purpose; anything else that is not meant is left out of the file.
  if (value === '' && field.group !== 'options') return 'a text that is not empty';
  if (CONTROL_CHARACTERS.test(value)) return 'a text of one line';
  if (field.pattern && !new RegExp(field.pattern.source).test(value)) return field.pattern.expected;
  return null;
}

function described(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === '') return 'an empty text';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = JSON.stringify(value) ?? typeof value;
  return typeof value === 'string' ? `the text ${text.length > 60 ? `${text.slice(0, 60)}…"` : text}` : text;
}
