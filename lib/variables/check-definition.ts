import { VARIABLE_KEY } from '#elements/connection/check-field-value.ts';
import type { Reason } from '#lib/core/errors.ts';
import type { VariableDefinition } from '#lib/source/source.ts';
import { parseValue } from './parse-value.ts';

/** What is wrong with a variable's key or default. A secret has no default. */
export function checkDefinition(key: string, definition: VariableDefinition): Reason[] {
  const reasons: Reason[] = [];
  if (!VARIABLE_KEY.test(key)) {
    reasons.push({
      variable: key,
      code: 'wrong-key',
      message: `${key}: expected a key of capital letters, digits and _, starting with a letter, at most 127 long.`,
      next: 'Choose a key such as SHOP_DB_HOST.',
    });
  }
  const wrong = checkDefault(definition);
  if (wrong !== null) {
    const message = `${key}: expected ${wrong} as its default.`;
    reasons.push({ variable: key, code: 'wrong-default', message, next: 'Correct the default, or leave it out.' });
  }
  return reasons;
}

function checkDefault({ type, default: value }: VariableDefinition): string | null {
  if (value === undefined) return null;
  const kind = type === 'number' || type === 'boolean' ? type : 'string';
  if (type === 'secret') return 'nothing, being a secret,';
  if (typeof value !== kind) return `a ${type === 'file' ? 'text' : type}`;
  const parsed = parseValue(type, String(value));
  return parsed.ok ? null : parsed.expected;
}
