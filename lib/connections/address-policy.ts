import { networkInterfaces } from 'node:os';
import ipaddr from 'ipaddr.js';
import { Fault } from '#lib/core/errors.ts';
import { classOfAddress, isMetadataName } from './address-class.ts';
import { normalIp, readHost } from './host-spelling.ts';

/** Where the portal may connect to: `MOORING_TARGETS` and `MOORING_TARGETS_ALLOW` of product.md section 9, parsed. */
export type AddressPolicy = {
  /** `local`: loopback, private and public; `listed`: public, and of the others only those in `allow` */
  mode: 'local' | 'listed';
  allow: Allowed[];
  /** never a target, on any address of this machine */
  portalPort: number;
};

export type Allowed =
  | { kind: 'range'; base: ipaddr.IPv4 | ipaddr.IPv6; bits: number }
  | { kind: 'host'; host: string; port: number | null };

/** null: allowed; else why not, in one sentence, and what to do */
export type Objection = { code: 'bad-host' | 'address-not-allowed'; message: string; next: string } | null;

export type Asked = { host: string; port: number };

/**
 * Parses `MOORING_TARGETS_ALLOW`: CIDR, host or host:port each.
 * @throws Fault `wrong-input`, naming the entry that is none of them
 */
export function parseAllowed(entries: string[]): Allowed[] {
  return entries.map((entry) => {
    if (ipaddr.isValidCIDR(entry)) {
      const [base, bits] = ipaddr.parseCIDR(entry);
      return { kind: 'range', base, bits };
    }
    const [, text, port] = /^\[([^\]]+)\](?::(\d{1,5}))?$/.exec(entry) ?? /^([^:]+)(?::(\d{1,5}))?$/.exec(entry) ?? [];
    const host = readHost(text ?? entry);
    if (host.kind === 'refused') {
      throw new Fault(
        'wrong-input',
        `MOORING_TARGETS_ALLOW: expected CIDR ranges, hosts or host:port with commas between, found ${JSON.stringify(entry)}. Correct it and start again.`,
      );
    }
    return { kind: 'host', host: host.kind === 'ip' ? host.ip : host.name, port: port ? Number(port) : null };
  });
}

/** What can be said before any name is looked up: its spelling, and names that are never allowed. No packet is sent. */
export function objectToHost(asked: Asked): Objection {
  const host = readHost(asked.host);
  if (host.kind === 'refused') {
    return { code: 'bad-host', message: `${host.why}.`, next: 'Write the host as a name or a plain address.' };
  }
  if (host.kind === 'name' && isMetadataName(host.name)) return never(asked.host, 'the metadata service of a cloud');
  return null;
}

/** The whole policy on one address that `asked.host` stands for. */
export function objectToAddress(policy: AddressPolicy, asked: Asked, address: string): Objection {
  const ip = normalIp(address);
  const shown = ip === asked.host ? ip : `${asked.host} (${ip})`;
  const found = classOfAddress(ip);
  if (found.class === 'never') return never(shown, found.why);
  if (asked.port === policy.portalPort && isOwnAddress(ip)) return never(`${shown}:${asked.port}`, 'the portal itself');
  if (found.class === 'public' || policy.mode === 'local' || isListed(policy.allow, asked, ip)) return null;
  return {
    code: 'address-not-allowed',
    message: `${shown} is a ${found.loopback ? 'loopback' : 'private'} address, and this portal connects to listed ones only.`,
    next: 'Ask the operator to add the host or its network to MOORING_TARGETS_ALLOW.',
  };
}

function never(shown: string, why: string): Objection {
  return {
    code: 'address-not-allowed',
    message: `${shown} is ${why}, which is never allowed as a target.`,
    next: 'Name the database server itself.',
  };
}

function isListed(allow: Allowed[], asked: Asked, ip: string): boolean {
  const address = ipaddr.parse(ip);
  const host = readHost(asked.host);
  const name = host.kind === 'name' ? host.name : null;
  return allow.some((entry) => {
    if (entry.kind === 'range') return entry.base.kind() === address.kind() && address.match(entry.base, entry.bits);
    return (entry.port === null || entry.port === asked.port) && (entry.host === name || entry.host === ip);
  });
}

function isOwnAddress(ip: string): boolean {
  const found = classOfAddress(ip);
  if (found.class === 'inside' && found.loopback) return true;
  return Object.values(networkInterfaces()).some((all) =>
    all?.some((own) => normalIp(own.address.split('%')[0]!) === ip),
  );
}
