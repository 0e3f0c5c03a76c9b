import { beforeAll, describe, expect, it } from 'vitest';
import { createAuthority, createCertificates } from '#test/support/certificates.ts';
import { checkCertificates } from './check-certificates.ts';
import type { TlsMaterial } from './check-certificates.ts';

type Certificates = Awaited<ReturnType<typeof createCertificates>>;

let made: Certificates;
beforeAll(async () => {
  made = await createCertificates();
});

const DAY = 86_400_000;
const NOTHING: TlsMaterial = {
  mode: 'verify-full',
  host: 'localhost',
  serverName: null,
  ca: null,
  cert: null,
  key: null,
  passphrase: null,
};
const check = (more: Partial<TlsMaterial>, now?: number) => checkCertificates({ ...NOTHING, ...more }, now);
/** field and code of all but dates, which throw-away certificates are always near */
const found = (more: Partial<TlsMaterial>) =>
  check(more)
    .findings.filter(({ code }) => code !== 'certificate-ends-soon')
    .map(({ field, code }) => `${field} ${code}`);

describe('checkCertificates', () => {
  it('shows subject, issuer, names and days left, and nothing to complain of', async () => {
    const { cert, key } = await made.client('app');
    const { certificates } = check({ ca: made.ca, cert, key });
    expect(certificates).toMatchObject({
      'tls.ca': [{ subject: 'CN=Test CA', issuer: 'CN=Test CA', daysLeft: 29 }],
      'tls.cert': [{ subject: 'CN=app', issuer: 'CN=Test CA', daysLeft: 9 }],
    });
    expect(found({ ca: made.ca, cert, key })).toEqual([]);
  });

  it('names what is no certificate, and a private key where the source would keep it', async () => {
    const { cert, key } = await made.client('app');
    expect(found({ ca: '-----BEGIN CERTIFICATE-----\nrubbish\n-----END CERTIFICATE-----' })).toEqual([
      'tls.ca not-a-certificate',
    ]);
    expect(found({ cert: `${cert}\n${key}`, key })).toEqual(['tls.cert key-in-certificate']);
    expect(check({ ca: 'x' }).findings[0]).toMatchObject({
      state: 'failed',
      message: 'The CA holds no certificate that can be read.',
    });
  });

  it('tells a key that does not fit, one that is none, and one without its certificate', async () => {
    const [one, other] = await Promise.all([made.client('one'), made.client('other')]);
    expect(found({ cert: one.cert, key: other.key })).toEqual(['tls.key key-does-not-fit']);
    expect(found({ cert: one.cert, key: one.cert })).toEqual(['tls.key not-a-key']);
    const broken = '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----';
    expect(found({ cert: one.cert, key: broken })).toEqual(['tls.key not-a-key']);
    expect(found({ cert: one.cert })).toEqual(['tls.key one-without-the-other']);
    expect(found({ key: one.key })).toEqual(['tls.cert one-without-the-other']);
    // a stored key that is not known here says nothing
    expect(found({ cert: one.cert, key: undefined })).toEqual([]);
  });

  it('opens an encrypted key with its pass-phrase, and with no other', async () => {
    const { cert, key } = await made.client('app', 'open sesame');
    expect(found({ cert, key, passphrase: 'open sesame' })).toEqual([]);
    expect(found({ cert, key, passphrase: 'shut' })).toEqual(['tls.keyPassphrase wrong-passphrase']);
    expect(found({ cert, key })).toEqual(['tls.keyPassphrase key-encrypted']);
    expect(found({ cert, key, passphrase: undefined })).toEqual([]);
  });

  it('follows the chain of a client certificate, and the issuers of a CA', async () => {
    const { cert, key } = await made.client('app');
    expect(found({ cert: `${cert}\n${made.ca}`, key })).toEqual([]);
    expect(found({ cert: `${cert}\n${made.otherCa}`, key })).toEqual(['tls.cert chain-broken']);
    expect(found({ ca: `${made.ca}\n${made.otherCa}` })).toEqual([]);
    // a stranger of the same name did not sign it
    const double = await createAuthority();
    expect(found({ ca: `${double.ca}\n${made.server.cert}` })).toEqual(['tls.ca issuer-missing']);
    expect(found({ ca: `${made.ca}\n${made.server.cert}` })).toEqual([]);
  });

  it('offers the names of a server certificate that is trusted by itself', () => {
    const bundle = `${made.ca}\n${made.wrongName.cert}`;
    expect(found({ ca: bundle })).toEqual(['tls.serverName host-not-named']);
    expect(check({ ca: bundle }).findings.find(({ names }) => names)).toMatchObject({ names: ['elsewhere.test'] });
    expect(found({ ca: bundle, serverName: 'elsewhere.test' })).toEqual([]);
    expect(found({ ca: bundle, mode: 'verify-ca' })).toEqual([]);
    expect(found({ ca: `${made.ca}\n${made.server.cert}`, host: '127.0.0.1' })).toEqual([]);
  });

  it('looks at the dates', () => {
    const codes = (ca: string, now?: number) =>
      check({ ca: `${made.ca}\n${ca}` }, now).findings.map(({ code }) => code);
    expect(codes(made.expired.cert)).toContain('certificate-ended');
    expect(codes(made.notYetValid.cert)).toContain('certificate-not-begun');
    const soon = check({ ca: made.ca }).findings[0];
    expect(soon).toMatchObject({ code: 'certificate-ends-soon', message: 'Test CA ends in 29 days.' });
    expect(check({ ca: made.ca }, Date.now() - DAY / 2).findings).toEqual([]);
  });

  it('leaves alone what the mode does not use', () => {
    expect(check({ mode: 'disable', ca: 'x', cert: 'x', key: 'x' })).toEqual({ certificates: {}, findings: [] });
    expect(found({ mode: 'require', ca: 'x' })).toEqual([]);
  });
});
