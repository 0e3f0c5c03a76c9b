import { store } from '#lib/store/store.ts';
import { config } from '#lib/config.ts';
import { certificatesNearEnd } from '#lib/connections/certificates-near-end.ts';
import { masterKey } from '#lib/secrets/master-key.ts';
import type { Actor } from './actor.ts';
import { verifyAudit } from './audit.ts';
import { requireRight } from './rights.ts';

export type Check = { name: string; state: 'ok' | 'warning' | 'failed'; message: string; next: string | null };

/** The state of this installation, one line per thing that can be wrong. */
export async function doctor(actor: Actor): Promise<{ checks: Check[] }> {
  requireRight(actor, 'workspace:check');
  return {
    checks: [await storeCheck(), await keyCheck(), await auditCheck(), await certificateCheck(), settingsCheck()],
  };
}

async function storeCheck(): Promise<Check> {
  const [row] = await store().$queryRawUnsafe<{ quick_check: string }[]>('PRAGMA quick_check(1)');
  return row?.quick_check === 'ok'
    ? { name: 'store', state: 'ok', message: 'The store is whole.', next: null }
    : {
        name: 'store',
        state: 'failed',
        message: 'The store is damaged.',
        next: 'Stop the portal and restore a backup.',
      };
}

async function keyCheck(): Promise<Check> {
  const key = await masterKey();
  if (key.state === 'open')
    return { name: 'master-key', state: 'ok', message: 'The master key is the right one.', next: null };
  const next = 'Put the right master key back and start the portal again.';
  return { name: 'master-key', state: 'failed', message: `The portal is sealed: ${key.why}.`, next };
}

async function auditCheck(): Promise<Check> {
  if ((await masterKey()).state === 'sealed') {
    const next = 'Put the right master key back first.';
    return { name: 'audit', state: 'warning', message: 'The audit can not be checked without the master key.', next };
  }
  const { rows, brokenAt } = await verifyAudit();
  return brokenAt === null
    ? { name: 'audit', state: 'ok', message: `The audit is an unbroken chain of ${rows} rows.`, next: null }
    : {
        name: 'audit',
        state: 'failed',
        message: `The audit was changed at row ${brokenAt}.`,
        next: 'Compare the store with a backup, and find out who could write to it.',
      };
}

/** so many are told by name */
const TOLD = 5;

async function certificateCheck(): Promise<Check> {
  if ((await masterKey()).state === 'sealed') {
    const next = 'Put the right master key back first.';
    const message = 'Certificates can not be read without the master key.';
    return { name: 'certificates', state: 'warning', message, next };
  }
  const ends: string[] = [];
  for (const app of await store().app.findMany({ orderBy: { name: 'asc' } })) {
    for (const { environment, element, message } of await certificatesNearEnd(app))
      ends.push(`${message} (${element} of ${app.name}, ${environment})`);
  }
  if (ends.length === 0)
    return { name: 'certificates', state: 'ok', message: 'No certificate is near its end.', next: null };
  const more = ends.length > TOLD ? ` And ${ends.length - TOLD} more.` : '';
  const next = 'Renew them, on the server or in the values of the environment.';
  return { name: 'certificates', state: 'warning', message: `${ends.slice(0, TOLD).join(' ')}${more}`, next };
}

function settingsCheck(): Check {
  const { warnings } = config();
  return warnings.length === 0
    ? { name: 'settings', state: 'ok', message: 'All settings are known.', next: null }
    : { name: 'settings', state: 'warning', message: warnings.join(' '), next: 'Correct the names and start again.' };
}
