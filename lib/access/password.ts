import { Fault } from '#lib/core/errors.ts';

export const MIN_PASSWORD_CHARS = 8;
export const MAX_PASSWORD_CHARS = 128;

/** Long enough to pass the length, and among the first guesses all the same; compared without case, digits at the end and signs. */
const COMMON_CORES = new Set([
  'password',
  'passwordpassword',
  'passw0rd',
  'qwertyuiop',
  'qwertyuiopasdfgh',
  'qwertyqwerty',
  'qwertzuiop',
  'asdfghjkl',
  'asdfghjklasdf',
  'administrator',
  'adminadmin',
  'adminadminadmin',
  'letmein',
  'letmeinletmein',
  'welcome',
  'welcomewelcome',
  'changeme',
  'changemenow',
  'changemechangeme',
  'iloveyou',
  'iloveyouiloveyou',
  'trustno',
  'mooring',
  'mooringmooring',
  'abcdefghijkl',
  'abcdefghijklm',
  'abcdefghijklmnop',
  'onetwothreefour',
  'unbelievable',
  'superman',
  'football',
  'baseball',
  'princess',
  'sunshine',
  'defaultpassword',
  'testtesttest',
  'secretsecret',
]);

/**
 * Refuses a password that is too short or easily guessed (OWASP ASVS 5.0, 6.2: length, and a list of common ones; no rules of composition).
 * @throws Fault `wrong-input`, naming `password`
 */
export function checkPassword(password: string, email: string): void {
  const why = weakness(password, email);
  if (why === null) return;
  const message = `The password ${why}. Choose another of at least ${MIN_PASSWORD_CHARS} characters, such as four unrelated words.`;
  throw new Fault('wrong-input', message, [
    { field: 'password', code: 'weak-password', message, next: 'Choose another password.' },
  ]);
}

function weakness(password: string, email: string): string | null {
  if ([...password].length < MIN_PASSWORD_CHARS) return `has fewer than ${MIN_PASSWORD_CHARS} characters`;
  if (password.length > MAX_PASSWORD_CHARS) return `has more than ${MAX_PASSWORD_CHARS} characters`;
  const lower = password.toLowerCase();
  if (new Set(lower).size < 5 || isSequence(lower)) return 'is a repetition or a sequence';
  const core = lower.replaceAll(/[^a-z]+$|^[^a-z]+/g, '').replaceAll(/[^a-z0-9]/g, '');
  if (COMMON_CORES.has(core) || COMMON_CORES.has(lower)) return 'is among the first that are guessed';
  const name = email.split('@')[0]?.toLowerCase() ?? '';
  if (name.length >= 4 && core.replaceAll(name, '').length < 4) return 'is made of the e-mail address';
  return null;
}

// 123456789012, abcdefghijkl, and their reverse
function isSequence(text: string): boolean {
  const steps = Array.from(text.slice(1), (char, i) => char.charCodeAt(0) - text.charCodeAt(i));
  return [1, -1].some((step) => steps.filter((found) => found !== step).length <= 1);
}
