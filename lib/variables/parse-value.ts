import { X509Certificate } from 'node:crypto';
import { Secret } from '#lib/core/secret.ts';
import type { VariableType } from '#lib/source/source.ts';
import type { TypedValue } from './resolution.ts';

const KIB = 1024;
/** bytes of UTF-8 */
const LIMITS: Record<VariableType, number> = {
  text: 64 * KIB,
  number: 64,
  boolean: 8,
  secret: 64 * KIB,
  file: KIB * KIB,
};

export type ParsedValue =
  { ok: true; /** as it is sealed */ text: string; value: TypedValue } | { ok: false; expected: string };

/**
 * Rule 3.4: a value is typed when it is set. A `file` may come as base64 of a DER certificate, which becomes PEM.
 * @returns `expected` in words where the text does not fit; the text itself is never repeated
 */
export function parseValue(type: VariableType, text: string): ParsedValue {
  if (Buffer.byteLength(text) > LIMITS[type]) return { ok: false, expected: `at most ${LIMITS[type]} bytes` };
  if (text === '' && type !== 'text') return { ok: false, expected: 'a value that is not empty' };
  switch (type) {
    case 'text':
      return { ok: true, text, value: text };
    case 'secret':
      return { ok: true, text, value: new Secret(text) };
    case 'number':
      return /^-?\d{1,15}(\.\d{1,15})?$/.test(text)
        ? { ok: true, text, value: Number(text) }
        : { ok: false, expected: 'a number such as 5432' };
    case 'boolean':
      return text === 'true' || text === 'false'
        ? { ok: true, text, value: text === 'true' }
        : { ok: false, expected: 'true or false' };
    case 'file': {
      const pem = text.includes('-----BEGIN ') ? text : pemOfDer(text);
      return pem === null
        ? { ok: false, expected: 'PEM text, or a DER certificate in base64' }
        : { ok: true, text: pem, value: pem };
    }
  }
}

function pemOfDer(text: string): string | null {
  if (!/^[A-Za-z0-9+/=\s]+$/.test(text)) return null;
  try {
    return new X509Certificate(Buffer.from(text, 'base64')).toString();
  } catch {
    return null;
  }
}
