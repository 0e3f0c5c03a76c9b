import { createHash, randomBytes } from 'node:crypto';

const PREFIX = { management: 'mrm_', data: 'mrd_', link: 'mrl_', owner: 'mro_', proof: 'mrp_' } as const;
const SHOWN_CHARS = 10;

/** A new bearer text with 256 random bits; its first characters say what it is for. Shown once, never stored. */
export function newTokenText(kind: keyof typeof PREFIX): string {
  return PREFIX[kind] + randomBytes(32).toString('base64url');
}

/** What the store keeps of a bearer text: SHA-256 in base64url. No salt: the text has 256 random bits of its own. */
export function hashToken(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** First characters of a bearer text, so that people can tell theirs apart. */
export function tokenPrefix(text: string): string {
  return text.slice(0, SHOWN_CHARS);
}
