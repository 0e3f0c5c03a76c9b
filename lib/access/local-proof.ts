import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { config } from '#lib/config.ts';
import { processWide } from '#lib/core/process-wide.ts';
import { hashToken, newTokenText } from './token-text.ts';

const slot = (): { hash: string | null } => processWide('local-proof', () => ({ hash: null }));

/** Where the proof lies: only who can read the data folder's private files can send it. */
export function localProofFile(): string {
  return join(config().home, 'local-proof');
}

/** Writes a new proof for this run of the portal (0600); the one before is worth nothing. */
export function writeLocalProof(): void {
  const text = newTokenText('proof');
  // a file that is there keeps its mode, so it is made anew
  rmSync(localProofFile(), { force: true });
  writeFileSync(localProofFile(), `${text}\n`, { mode: 0o600, flag: 'wx' });
  slot().hash = hashToken(text);
}

export function isLocalProof(text: string): boolean {
  return slot().hash !== null && hashToken(text.trim()) === slot().hash;
}
