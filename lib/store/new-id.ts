import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const RANDOM_CHARS = 12;

/**
 * A new id such as `e_0m3k7x2a9pq4c1d8fz6w`: a prefix that says what it is, 9 characters of time (ids of one kind
 * sort by age), 12 random ones (60 bits).
 */
export function newId(prefix: string): string {
  let time = '';
  for (let rest = Date.now(), i = 0; i < 9; i++, rest = Math.floor(rest / 32)) time = ALPHABET[rest % 32] + time;
  const random = Array.from(randomBytes(RANDOM_CHARS), (byte) => ALPHABET[byte % 32]).join('');
  return `${prefix}_${time}${random}`;
}
