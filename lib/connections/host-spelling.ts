import { domainToASCII } from 'node:url';
import ipaddr from 'ipaddr.js';

/** What stands in a host field: an address in its one normal spelling, a name in lower case, or a spelling that is refused. */
export type Host = { kind: 'ip'; ip: string } | { kind: 'name'; name: string } | { kind: 'refused'; why: string };

const NAME = /^(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;
const DOTTED = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)$/;
/** a last label of digits or hex digits makes a resolver read the whole host as an IPv4 address (WHATWG URL, ends-in-a-number checker) */
const NUMERIC_END = /(?:^|\.)(?:\d+|0x[0-9a-f]*)$/;

/**
 * Reads a host as people write it. One address has one spelling here: decimal, octal, hex and short IPv4, zone ids, full-width
 * digits and brackets are refused, so that no two parsers can read one text as two addresses.
 */
export function readHost(text: string): Host {
  const host = text.toLowerCase();
  if (DOTTED.test(host)) return { kind: 'ip', ip: host };
  if (host.includes(':')) return readIpv6(host);
  const name = (isAscii(host) ? host : domainToASCII(host)).replace(/\.$/, '');
  if (NUMERIC_END.test(name)) {
    return refused(`${shown(text)} is an unusual spelling of an address: write it as four decimal numbers`);
  }
  if (!NAME.test(name)) return refused(`${shown(text)} is not a host name or an address`);
  return { kind: 'name', name };
}

function readIpv6(host: string): Host {
  if (host.includes('%')) return refused(`${shown(host)} names a network interface, which is not allowed`);
  if (host.startsWith('[')) return refused(`${shown(host)}: write the address without brackets`);
  if (!ipaddr.IPv6.isValid(host)) return refused(`${shown(host)} is not an IPv6 address`);
  return { kind: 'ip', ip: normalIp(host) };
}

/** An address that a resolver or a person gave, in one spelling; IPv4 inside `::ffff:0:0/96` comes out as IPv4. */
export function normalIp(ip: string): string {
  const address = ipaddr.process(ip);
  return address.kind() === 'ipv6' ? (address as ipaddr.IPv6).toRFC5952String() : address.toString();
}

const isAscii = (text: string) => /^[\x21-\x7e]*$/.test(text);
const refused = (why: string): Host => ({ kind: 'refused', why });
const shown = (text: string) => JSON.stringify(text.slice(0, 80));
