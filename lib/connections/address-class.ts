import ipaddr from 'ipaddr.js';

/**
 * What an address is to a proxy. `never`: no setting allows it; `inside`: loopback, private and other addresses
 * that are not the open internet; `public`: the rest.
 */
export type AddressClass =
  { class: 'never'; why: string } | { class: 'inside'; loopback: boolean } | { class: 'public' };

/** Services that hand credentials to whoever asks from inside a cloud; those in 169.254.0.0/16 are link-local anyway. */
const METADATA_ADDRESSES = new Set([
  '100.100.100.200', // Alibaba
  '168.63.129.16', // Azure wire server
  '192.0.0.192', // Oracle
  'fd00:ec2::254', // AWS
  'fd20:ce::254', // Google
  'fd00:42::42', // Scaleway
]);

const METADATA_NAMES = [
  'metadata',
  'metadata.google.internal',
  'metadata.goog',
  'metadata.azure.com',
  'metadata.azure.internal',
  'metadata.tencentyun.com',
  'metadata.platformequinix.com',
  'metadata.packet.net',
  'metadata.oraclecloud.com',
  'instance-data',
  'instance-data.ec2.internal',
];

const NEVER: Record<string, string> = {
  unspecified: 'the unspecified address',
  broadcast: 'a broadcast address',
  multicast: 'a multicast address',
  linkLocal: 'a link-local address, where clouds keep their metadata services',
  discard: 'a discard address',
};

/** RFC 6890 and its registries, by way of ipaddr.js. `ip` is in the spelling of `normalIp`. */
export function classOfAddress(ip: string): AddressClass {
  if (METADATA_ADDRESSES.has(ip)) return { class: 'never', why: 'the metadata service of a cloud' };
  const address = ipaddr.parse(ip);
  const range: string = address.range();
  const never = NEVER[range] ?? (isClassE(address) ? 'a reserved address' : undefined);
  if (never) return { class: 'never', why: never };
  const embedded = embeddedIpv4(address, range);
  if (embedded !== null) return classOfEmbedded(embedded);
  if (range === 'unicast') return { class: 'public' };
  return { class: 'inside', loopback: range === 'loopback' };
}

export function isMetadataName(name: string): boolean {
  return METADATA_NAMES.some((each) => name === each || name.endsWith(`.${each}`));
}

/** Nothing on this machine is reached through a translator, so such a loopback is only ever a disguise. */
function classOfEmbedded(ip: string): AddressClass {
  const found = classOfAddress(ip);
  return found.class === 'inside' && found.loopback ? { class: 'never', why: 'a loopback address in disguise' } : found;
}

function isClassE(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return address.kind() === 'ipv4' && (address as ipaddr.IPv4).octets[0]! >= 240;
}

/** The IPv4 address that a translator or tunnel would send the packets to. */
function embeddedIpv4(address: ipaddr.IPv4 | ipaddr.IPv6, range: string): string | null {
  if (address.kind() === 'ipv4') return null;
  const { parts } = address as ipaddr.IPv6;
  const from = (high: number, low: number) => [high >> 8, high & 255, low >> 8, low & 255].join('.');
  if (range === '6to4') return from(parts[1]!, parts[2]!); // RFC 3056
  if (range === 'teredo') return from(parts[6]! ^ 0xffff, parts[7]! ^ 0xffff); // RFC 4380, inverted
  if (range === 'rfc6052' || range === 'rfc6145') return from(parts[6]!, parts[7]!); // NAT64, SIIT
  const isatap = (parts[4] === 0 || parts[4] === 0x200) && parts[5] === 0x5efe; // RFC 5214
  const compatible = range !== 'loopback' && parts.slice(0, 6).every((part) => part === 0); // RFC 4291 2.5.5.1
  return isatap || compatible ? from(parts[6]!, parts[7]!) : null;
}
