import { createHmac } from 'node:crypto';
import { derivedKey } from '#lib/secrets/master-key.ts';
import type { Tx } from '#lib/store/open.ts';
import { store } from '#lib/store/store.ts';
import type { Actor } from './actor.ts';

/** What an audit row tells beside actor and action; `detail` holds no secret. */
export type AuditFacts = {
  /** App.name */
  app?: string;
  /** Environment.name */
  environment?: string;
  /** what was acted on: a fullName, a key, an e-mail, a token's id */
  subject?: string;
  detail?: Record<string, unknown>;
};

type Row = {
  at: Date;
  actorId: string | null;
  actor: string;
  tokenId: string | null;
  action: string;
  appName: string | null;
  environment: string | null;
  subject: string | null;
  detail: string;
  previous: string;
};

/**
 * Writes one audit row in the transaction of the change it tells of: both are kept or neither. Each row's hash is keyed and
 * covers the row before it, so none can be changed or taken out unnoticed.
 * @param action stable words such as `value.set`, `user.invite`, `deploy.start`
 * @throws Fault `sealed`: without its key nothing may change
 */
export async function audit(tx: Tx, actor: Actor | 'system', action: string, facts: AuditFacts = {}): Promise<void> {
  const last = await tx.audit.findFirst({ orderBy: { seq: 'desc' }, select: { hash: true } });
  const row: Row = {
    at: new Date(),
    ...(actor === 'system'
      ? { actorId: null, actor: 'system', tokenId: null }
      : { actorId: actor.userId, actor: actor.email, tokenId: actor.tokenId }),
    action,
    appName: facts.app ?? null,
    environment: facts.environment ?? null,
    subject: facts.subject ?? null,
    detail: JSON.stringify(facts.detail ?? {}),
    previous: last?.hash ?? '',
  };
  await tx.audit.create({ data: { ...row, hash: hashOf(await derivedKey('audit'), row) } });
}

const BATCH = 1_000;

/** Recomputes the chain. @returns rows seen, and the `seq` of the first one that is not as it was written, or null */
export async function verifyAudit(): Promise<{ rows: number; brokenAt: number | null }> {
  const key = await derivedKey('audit');
  let previous = '';
  let rows = 0;
  for (let after = 0; ;) {
    const batch = await store().audit.findMany({ where: { seq: { gt: after } }, orderBy: { seq: 'asc' }, take: BATCH });
    for (const row of batch) {
      if (row.previous !== previous || row.hash !== hashOf(key, row)) return { rows, brokenAt: row.seq };
      previous = row.hash;
      after = row.seq;
      rows++;
    }
    if (batch.length < BATCH) return { rows, brokenAt: null };
  }
}

function hashOf(key: Buffer, row: Row): string {
  const covered = [
    row.at.toISOString(),
    row.actorId,
    row.actor,
    row.tokenId,
    row.action,
    row.appName,
    row.environment,
    row.subject,
    row.detail,
    row.previous,
  ];
  return createHmac('sha256', key).update(JSON.stringify(covered)).digest('base64url');
}
