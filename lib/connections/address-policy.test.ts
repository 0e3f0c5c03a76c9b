import { networkInterfaces } from 'node:os';
import { describe, expect, test } from 'vitest';
import { parseAllowed } from './address-policy.ts';
import type { AddressPolicy } from './address-policy.ts';
import { lookUp } from './look-up.ts';

const local: AddressPolicy = { mode: 'local', allow: [], portalPort: 3000 };
const listed = (...entries: string[]): AddressPolicy => ({
  mode: 'listed',
  allow: parseAllowed(entries),
  portalPort: 3000,
});

/** A resolver that fails the test when it is asked: a refused host sends no packet. */
const noPacket = () => {
  throw new Error('a name was looked up');
};
const answering =
  (...addresses: string[]) =>
  () =>
    Promise.resolve(addresses);

/** Forms of hosts that must never be reached, whatever the mode: most are 169.254.169.254 or loopback in disguise. */
const DENIED = [
  ['link-local', '169.254.169.254'],
  ['decimal', '2852039166'],
  ['hex', '0xa9fea9fe'],
  ['hex, upper case', '0XA9FEA9FE'],
  ['octal', '025177524776'],
  ['dotted hex', '0xa9.0xfe.0xa9.0xfe'],
  ['dotted octal', '0251.0376.0251.0376'],
  ['mixed bases', '169.0xfe.0251.254'],
  ['leading zeros', '169.254.169.0254'],
  ['two parts', '169.16689662'],
  ['three parts', '169.254.43518'],
  ['trailing dot', '169.254.169.254.'],
  ['short loopback', '127.1'],
  ['zero', '0'],
  ['decimal loopback', '2130706433'],
  ['hex loopback', '0x7f000001'],
  ['full-width digits', '１６９.２５４.１６９.２５４'],
  ['full-width dots', '169．254．169．254'],
  ['ideographic dots', '169。254。169。254'],
  ['circled digits', '①⑥⑨.254.169.254'],
  ['unspecified', '0.0.0.0'],
  ['this network', '0.1.2.3'],
  ['broadcast', '255.255.255.255'],
  ['multicast', '224.0.0.1'],
  ['class E', '240.0.0.1'],
  ['IPv6 unspecified', '::'],
  ['IPv6 link-local', 'fe80::1'],
  ['zone id', 'fe80::1%eth0'],
  ['zone id on loopback', '::1%lo'],
  ['IPv6 multicast', 'ff02::1'],
  ['IPv4-mapped', '::ffff:169.254.169.254'],
  ['IPv4-mapped in hex', '::ffff:a9fe:a9fe'],
  ['IPv4-mapped, long', '0:0:0:0:0:ffff:a9fe:a9fe'],
  ['IPv4-compatible', '::169.254.169.254'],
  ['IPv4-translated', '::ffff:0:a9fe:a9fe'],
  ['NAT64', '64:ff9b::169.254.169.254'],
  ['NAT64 in hex', '64:ff9b::a9fe:a9fe'],
  ['NAT64, local prefix', '64:ff9b:1::a9fe:a9fe'],
  ['NAT64 to loopback', '64:ff9b::7f00:1'],
  ['6to4', '2002:a9fe:a9fe::'],
  ['6to4 to loopback', '2002:7f00:1::1'],
  ['Teredo', '2001:0:0:0:0:0:5601:5601'],
  ['ISATAP', '2001:db8::200:5efe:a9fe:a9fe'],
  ['brackets', '[::1]'],
  ['bracketed link-local', '[fe80::1]'],
  ['AWS over IPv6', 'fd00:ec2::254'],
  ['AWS over IPv6, long', 'fd00:0ec2:0000:0000:0000:0000:0000:0254'],
  ['Alibaba', '100.100.100.200'],
  ['Azure wire server', '168.63.129.16'],
  ['Google by name', 'metadata.google.internal'],
  ['Google by name, dot', 'metadata.google.internal.'],
  ['Google by name, case', 'METADATA.Google.Internal'],
  ['Google by name, full-width', 'ｍetadata.google.internal'],
  ['Google by name, soft hyphen', 'meta\u00addata.google.internal'],
  ['name below a metadata name', 'x.metadata.google.internal'],
  ['bare metadata', 'metadata'],
  ['AWS by name', 'instance-data.ec2.internal'],
  ['user info', 'db.example.com@169.254.169.254'],
  ['port in the host', '169.254.169.254:80'],
  ['path', 'example.com/../169.254.169.254'],
  ['percent escapes', '%31%36%39.254.169.254'],
  ['line break', 'example.com\n169.254.169.254'],
  ['space', '169.254.169.254 '],
  ['null byte', 'example.com\u0000.internal'],
  ['empty', ''],
  ['dot alone', '.'],
] as const;

describe('never allowed, and no name is looked up for it', () => {
  test.each(DENIED)('%s: %s', async (_form, host) => {
    for (const policy of [local, listed('0.0.0.0/0', '::/0', '169.254.169.254', 'metadata.google.internal')]) {
      const found = await lookUp(policy, { host, port: 5432 }, { resolver: noPacket });
      expect(found).toMatchObject({ ok: false, stage: 'address', dnsMs: null });
    }
  });
});

test.each([
  ['127.0.0.1', '127.0.0.1'],
  ['::1', '::1'],
  ['0:0:0:0:0:0:0:1', '::1'],
  ['10.0.0.7', '10.0.0.7'],
  ['::ffff:10.0.0.7', '10.0.0.7'],
  ['100.64.0.1', '100.64.0.1'],
  ['FD12::1', 'fd12::1'],
  ['8.8.8.8', '8.8.8.8'],
  ['2606:4700::1111', '2606:4700::1111'],
])('mode local connects to %s', async (host, ip) => {
  expect(await lookUp(local, { host, port: 5432 }, { resolver: noPacket })).toMatchObject({
    ok: true,
    ip,
    dnsMs: null,
  });
});

test.each([
  '127.0.0.1',
  '::1',
  '10.0.0.7',
  '172.16.0.1',
  '192.168.1.1',
  '100.64.0.1',
  'fd12::1',
  '64:ff9b::a00:7',
  '192.0.2.1',
])('mode listed refuses %s and allows it once its range, host, or host and port is listed', async (host) => {
  const asked = { host, port: 5432 };
  expect(await lookUp(listed(), asked)).toMatchObject({ ok: false, objection: { code: 'address-not-allowed' } });
  const bits = host.includes(':') ? 128 : 32;
  const bracketed = host.includes(':') ? `[${host}]` : host;
  for (const entry of [`${host}/${bits}`, host, `${bracketed}:5432`]) {
    expect(await lookUp(listed(entry), asked)).toMatchObject({ ok: true });
  }
  expect(await lookUp(listed(`${bracketed}:5433`), asked)).toMatchObject({ ok: false });
});

test('mode listed allows public addresses, and a listed name wherever it leads inside', async () => {
  const asked = { host: 'db.internal', port: 5432 };
  expect(await lookUp(listed(), asked, { resolver: answering('8.8.8.8') })).toMatchObject({ ok: true });
  expect(await lookUp(listed(), asked, { resolver: answering('10.1.1.1') })).toMatchObject({ ok: false });
  expect(await lookUp(listed('DB.internal'), asked, { resolver: answering('10.1.1.1') })).toMatchObject({ ok: true });
  expect(await lookUp(listed('db.internal'), asked, { resolver: answering('169.254.1.1') })).toMatchObject({
    ok: false,
  });
});

test.each(['::ffff:169.254.169.254', '169.254.169.254', 'fe80::1', '0.0.0.0', '64:ff9b::a9fe:a9fe'])(
  'a name with %s among its addresses is refused, whichever comes first',
  async (bad) => {
    for (const resolver of [answering(bad, '8.8.8.8'), answering('8.8.8.8', bad)]) {
      const found = await lookUp(local, { host: 'rebind.example.com', port: 5432 }, { resolver });
      expect(found).toMatchObject({ ok: false, stage: 'address', objection: { code: 'address-not-allowed' } });
    }
  },
);

test('what is connected to is the address that was checked: 1,000 answers that change each time are judged one by one', async () => {
  let asked = 0;
  const flipping = () => Promise.resolve([asked++ % 2 === 0 ? '8.8.8.8' : '169.254.169.254']);
  for (let i = 0; i < 1000; i++) {
    const found = await lookUp(local, { host: 'rebind.example.com', port: 5432 }, { resolver: flipping });
    expect(found.ok ? found.ip : 'refused').toBe(i % 2 === 0 ? '8.8.8.8' : 'refused');
  }
  expect(asked).toBe(1000);
});

test('the portal is no target on any address of this machine, listed or not', async () => {
  const own = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  const addresses = ['127.0.0.1', '127.8.8.8', '::1', ...own.map(({ address }) => address)].filter(
    (address) => !address.startsWith('fe80'),
  );
  for (const host of addresses) {
    const policy = listed(host);
    expect(await lookUp(policy, { host, port: 3000 })).toMatchObject({ ok: false });
    expect(await lookUp(policy, { host, port: 3001 })).toMatchObject({ ok: true });
  }
});

test('an unknown name and a silent name server are told apart from a refusal', async () => {
  const asked = { host: 'nowhere.example.com', port: 1 };
  const failing = () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }));
  expect(await lookUp(local, asked, { resolver: failing })).toMatchObject({ stage: 'dns', why: 'unknown-host' });
  const silent = () => new Promise<string[]>(() => {});
  const found = await lookUp(local, asked, { resolver: silent, deadlineMs: 20 });
  expect(found).toMatchObject({ stage: 'dns', why: 'dns-timed-out' });
});

test.each(['10.0.0.0/33', '0x7f.1', 'db:port', 'a b', '[::1]:x'])(
  'an entry that can not be read is named: %s',
  (entry) => {
    expect(() => parseAllowed([entry])).toThrow(JSON.stringify(entry));
  },
);
