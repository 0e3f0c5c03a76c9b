import type { Secret } from '#lib/core/secret.ts';

/** What people write where a password is still to come, or never change: lower case, letters and digits only. */
const PLACEHOLDERS = new Set([
  '',
  'admin',
  'changeit',
  'changeme',
  'default',
  'example',
  'guest',
  'letmein',
  'mariadb',
  'mypassword',
  'mysql',
  'none',
  'null',
  'pass',
  'passw0rd',
  'password',
  'password1',
  'password123',
  'placeholder',
  'postgres',
  'qwerty',
  'replaceme',
  'root',
  'secret',
  'test',
  'tbd',
  'todo',
  'undefined',
  'xxx',
  'xxxx',
  'xxxxxxxx',
  'yourpassword',
  'yourpasswordhere',
  '123',
  '1234',
  '12345',
  '123456',
  '12345678',
  '123456789',
]);

/** A secret that is none: a word that stands for a password, `<…>`, or the user's own name. */
export function isPlaceholder(secret: Secret, user: string | null): boolean {
  const text = secret.reveal().trim().toLowerCase();
  if (user !== null && text === user.trim().toLowerCase()) return true;
  return /^<.*>$|^\{\{.*\}\}$|^\$\{.*\}$/.test(text) || PLACEHOLDERS.has(text.replaceAll(/[^a-z0-9]/g, ''));
}
