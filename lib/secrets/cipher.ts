import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const FORM = 'v1';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * AES-256-GCM with a fresh 96-bit IV (NIST SP 800-38D, 8.2.2). `associated` is not in the result: whoever opens it must know it,
 * so a sealed text can not be moved to another place.
 * @returns `v1.` and IV, tag and ciphertext in base64url
 */
export function encrypt(key: Buffer, plain: Buffer, associated: readonly string[]): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(aad(associated));
  const text = Buffer.concat([cipher.update(plain), cipher.final()]);
  return `${FORM}.${Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64url')}`;
}

/** The plain text again. @throws Error when the key, the place or the text is another one */
export function decrypt(key: Buffer, sealed: string, associated: readonly string[]): Buffer {
  const [form, body] = sealed.split('.');
  if (form !== FORM || body === undefined) throw new Error('not a sealed text');
  const bytes = Buffer.from(body, 'base64url');
  if (bytes.length < IV_BYTES + TAG_BYTES) throw new Error('not a sealed text');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES));
  decipher.setAAD(aad(associated));
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
}

// JSON keeps the parts apart: ["a","bc"] is not ["ab","c"]
function aad(parts: readonly string[]): Buffer {
  return Buffer.from(JSON.stringify(parts), 'utf8');
}
