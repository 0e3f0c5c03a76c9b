import { lookup } from 'node:dns/promises';
import { objectToAddress, objectToHost } from './address-policy.ts';
import type { AddressPolicy, Asked, Objection } from './address-policy.ts';
import { normalIp, readHost } from './host-spelling.ts';

/** A host turned into the one checked address to connect to, or why not. `dnsMs` is null where no name was looked up. */
export type LookUp =
  | { ok: true; ip: string; addresses: string[]; dnsMs: number | null }
  | { ok: false; stage: 'address'; objection: NonNullable<Objection>; dnsMs: number | null }
  | { ok: false; stage: 'dns'; why: 'unknown-host' | 'dns-timed-out'; dnsMs: number };

/** All addresses of a name, in the order to try; rejects with an error that has a `code` */
export type Resolver = (name: string) => Promise<string[]>;

const systemResolver: Resolver = async (name) =>
  (await lookup(name, { all: true, order: 'ipv4first' })).map(({ address }) => address);

export const DNS_DEADLINE_MS = 3_000;

/**
 * Resolves once and checks every address against the policy: one that is refused refuses the host, so that no answer of a
 * name server can lead the portal elsewhere. The caller connects to `ip` and never to the name. Never throws.
 */
export async function lookUp(
  policy: AddressPolicy,
  asked: Asked,
  { resolver = systemResolver, deadlineMs = DNS_DEADLINE_MS }: { resolver?: Resolver; deadlineMs?: number } = {},
): Promise<LookUp> {
  const spelling = objectToHost(asked);
  if (spelling) return { ok: false, stage: 'address', objection: spelling, dnsMs: null };
  const host = readHost(asked.host);
  if (host.kind === 'ip') return judge(policy, asked, [host.ip], null);
  const started = performance.now();
  const found = await bounded(resolver(host.kind === 'name' ? host.name : asked.host), deadlineMs);
  const dnsMs = performance.now() - started;
  if (found === 'late') return { ok: false, stage: 'dns', why: 'dns-timed-out', dnsMs };
  if (found.length === 0) return { ok: false, stage: 'dns', why: 'unknown-host', dnsMs };
  return judge(policy, asked, found.map(normalIp), dnsMs);
}

function judge(policy: AddressPolicy, asked: Asked, addresses: string[], dnsMs: number | null): LookUp {
  for (const address of addresses) {
    const objection = objectToAddress(policy, asked, address);
    if (objection) return { ok: false, stage: 'address', objection, dnsMs };
  }
  return { ok: true, ip: addresses[0]!, addresses, dnsMs };
}

/** A system look-up can not be cancelled: a late answer is dropped. No answer and a refusing server are alike to the caller. */
async function bounded(asking: Promise<string[]>, deadlineMs: number): Promise<string[] | 'late'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), deadlineMs);
  });
  try {
    return await Promise.race([asking.catch(() => []), late]);
  } finally {
    clearTimeout(timer);
  }
}
