import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { expect, it } from 'vitest';
import { createAuthority } from '#test/support/certificates.ts';
import { FILE_LIMIT, pemOfFile } from './pem-of-file.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const { ca, issue } = await createAuthority();
const own = await issue({ commonName: 'app', client: true });

it('turns a DER certificate into PEM that reads the same', () => {
  const found = pemOfFile(new X509Certificate(ca).raw, 'certificate');
  expect(found.ok && new X509Certificate(found.pem).fingerprint256).toBe(new X509Certificate(ca).fingerprint256);
});

it.each([
  ['PKCS#8', { type: 'pkcs8' }],
  ['encrypted PKCS#8', { type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'open sesame' }],
  ['PKCS#1', { type: 'pkcs1' }],
  ['SEC 1', { type: 'sec1' }],
] as const)('turns a DER key of %s into PEM that opens', (_name, form) => {
  const pair =
    form.type === 'pkcs1'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const der = pair.privateKey.export({ format: 'der', ...form } as { format: 'der'; type: 'pkcs8' });
  const found = pemOfFile(der, 'key');
  expect(found).toMatchObject({ ok: true });
  const key = createPrivateKey({ key: found.ok ? found.pem : '', passphrase: 'open sesame' });
  expect(key.export({ format: 'jwk' })).toEqual(pair.privateKey.export({ format: 'jwk' }));
  expect(pemOfFile(der, 'certificate')).toMatchObject({ ok: false });
});

it('takes from a PEM file only what the field is for', () => {
  const both = bytes(`Bag Attributes\r\n${own.key}\r\n${own.cert}\r\n${ca}\r\n`);
  const certificates = pemOfFile(both, 'certificate');
  expect(certificates.ok && certificates.pem).not.toContain('PRIVATE KEY');
  expect(certificates.ok && certificates.pem.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
  const key = pemOfFile(both, 'key');
  expect(key.ok && key.pem).not.toContain('CERTIFICATE');
});

it('says what is wrong with any other file', () => {
  expect(pemOfFile(bytes(own.key), 'certificate')).toMatchObject({
    message: expect.stringContaining('not a certificate'),
  });
  expect(pemOfFile(bytes('hello'), 'certificate')).toMatchObject({ message: expect.stringContaining('PEM or DER') });
  // PKCS#12 begins with version 3, PKCS#7 with an object identifier
  expect(pemOfFile(Uint8Array.of(0x30, 0x05, 0x02, 0x01, 0x03, 0x30, 0x00), 'key').ok).toBe(false);
  expect(pemOfFile(Uint8Array.of(0x30, 0x03, 0x06, 0x01, 0x2a), 'certificate').ok).toBe(false);
  expect(pemOfFile(new Uint8Array(FILE_LIMIT + 1), 'key')).toMatchObject({ message: expect.stringContaining('1 MiB') });
});
