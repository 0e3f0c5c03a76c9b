import { hostname } from 'node:os';
import { randomUUID } from 'node:crypto';
import { processWide } from '#lib/core/process-wide.ts';
import { store } from '#lib/store/store.ts';
import type { Tx } from '#lib/store/open.ts';

const LEASE_MS = 15_000;
const RENEW_MS = 5_000;

/** `host/pid/run`: tells a lease of this very process from one of an earlier process with the same number. */
const owner = (): string => processWide('lease-owner', () => `${hostname()}/${process.pid}/${randomUUID()}`);

/** The lease was lost: another deploy may be running, so this one must not write another thing. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

/** The one deploy of an environment. Its token counts up with each lease, so that a write of an older one is refused. */
export type Lease = {
  readonly token: number;
  /** @throws LeaseLost before anything is written under a lease that is no longer held */
  check(): void;
  /** The same inside a transaction, by the store's own row. @throws LeaseLost */
  checkIn(tx: Tx): Promise<void>;
  release(): Promise<void>;
};

type Held = { leaseOwner: string | null; leaseUntil: Date | null };

/** True when nobody holds it: it ran out, or its process on this machine is gone. */
export function leaseIsFree({ leaseOwner, leaseUntil }: Held): boolean {
  if (leaseOwner === null || leaseUntil === null || leaseUntil.getTime() <= Date.now()) return true;
  return leaseOwner !== owner() && isDeadHere(leaseOwner);
}

function isDeadHere(other: string): boolean {
  const [host, pid] = other.split('/');
  if (host !== hostname()) return false;
  if (Number(pid) === process.pid) return true;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

/** Takes the environment's lease inside `tx`; null when another deploy holds it. */
export async function takeLease(tx: Tx, environmentId: string): Promise<number | null> {
  const row = await tx.environment.findUniqueOrThrow({ where: { id: environmentId } });
  if (!leaseIsFree(row)) return null;
  const { count } = await tx.environment.updateMany({
    where: { id: environmentId, fencingToken: row.fencingToken, leaseOwner: row.leaseOwner },
    data: {
      leaseOwner: owner(),
      leaseUntil: new Date(Date.now() + LEASE_MS),
      fencingToken: row.fencingToken + 1,
    },
  });
  return count === 1 ? row.fencingToken + 1 : null;
}

/** Renews the lease taken as `token` until it is released. */
export function keepLease(environmentId: string, token: number): Lease {
  const mine = { id: environmentId, fencingToken: token, leaseOwner: owner() };
  let until = Date.now() + LEASE_MS;
  let lost = false;
  const renew = async (): Promise<void> => {
    const next = Date.now() + LEASE_MS;
    const { count } = await store().environment.updateMany({ where: mine, data: { leaseUntil: new Date(next) } });
    if (count === 1) until = next;
    else lost = true;
  };
  // A failed write leaves `until` as it is, so the lease ends by itself.
  const timer = setInterval(() => void renew().catch(() => {}), RENEW_MS);
  timer.unref();
  const refuse = (): never => {
    throw new LeaseLost('another deploy took over this environment');
  };
  return {
    token,
    check: () => {
      if (lost || Date.now() > until) refuse();
    },
    checkIn: async (tx) => {
      if ((await tx.environment.count({ where: mine })) !== 1) refuse();
    },
    release: async () => {
      clearInterval(timer);
      await store().environment.updateMany({ where: mine, data: { leaseOwner: null, leaseUntil: null } });
    },
  };
}
