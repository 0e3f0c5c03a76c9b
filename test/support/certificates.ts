import 'reflect-metadata';
import { createPrivateKey } from 'node:crypto';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { isIP } from 'node:net';

/** PEM texts. */
export type KeyPair = { cert: string; key: string };

type CertificateWish = {
  commonName: string;
  /** DNS names and IP addresses */
  names?: string[];
  /** for TLS clients instead of servers */
  client?: boolean;
  notBefore?: Date;
  notAfter?: Date;
  /** encrypts the key */
  passphrase?: string;
};

export type Authority = { /** PEM */ ca: string; issue(wish: CertificateWish): Promise<KeyPair> };

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY = 86_400_000;

/** A throw-away certificate authority that signs what it is asked to. */
export async function createAuthority(name = 'Test CA'): Promise<Authority> {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const root = await X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    keys,
    notBefore: new Date(Date.now() - DAY),
    notAfter: new Date(Date.now() + 30 * DAY),
    signingAlgorithm: ALGORITHM,
    extensions: [
      new BasicConstraintsExtension(true, 1, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
    ],
  });

  async function issue(wish: CertificateWish): Promise<KeyPair> {
    const own = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
    const usage = wish.client ? ExtendedKeyUsage.clientAuth : ExtendedKeyUsage.serverAuth;
    const names = (wish.names ?? []).map((value) => ({
      type: isIP(value) ? ('ip' as const) : ('dns' as const),
      value,
    }));
    const certificate = await X509CertificateGenerator.create({
      subject: `CN=${wish.commonName}`,
      issuer: root.subject,
      publicKey: own.publicKey,
      signingKey: keys.privateKey,
      signingAlgorithm: ALGORITHM,
      notBefore: wish.notBefore ?? new Date(Date.now() - DAY),
      notAfter: wish.notAfter ?? new Date(Date.now() + 10 * DAY),
      extensions: [
        new ExtendedKeyUsageExtension([usage]),
        ...(names.length ? [new SubjectAlternativeNameExtension(names)] : []),
      ],
    });
    return { cert: certificate.toString('pem'), key: await privateKeyPem(own.privateKey, wish.passphrase) };
  }

  return { ca: root.toString('pem'), issue };
}

/** All that a test of TLS modes needs, for a server on 127.0.0.1 and `localhost`. */
export async function createCertificates() {
  const [authority, stranger] = await Promise.all([createAuthority(), createAuthority('Another CA')]);
  const here = { commonName: 'localhost', names: ['localhost', '127.0.0.1'] };
  const ago = (days: number) => new Date(Date.now() - days * DAY);
  return {
    authority,
    ca: authority.ca,
    otherCa: stranger.ca,
    server: await authority.issue(here),
    wrongName: await authority.issue({ commonName: 'elsewhere.test', names: ['elsewhere.test'] }),
    expired: await authority.issue({ ...here, notBefore: ago(9), notAfter: ago(1) }),
    notYetValid: await authority.issue({ ...here, notBefore: ago(-2), notAfter: ago(-9) }),
    /** signed by a CA that the server does not trust */
    strangerClient: await stranger.issue({ commonName: 'app', client: true }),
    /** a client certificate for the user `name` */
    client: (name: string, passphrase?: string) =>
      authority.issue({ commonName: name, client: true, ...(passphrase ? { passphrase } : {}) }),
  };
}

async function privateKeyPem(key: CryptoKey, passphrase?: string): Promise<string> {
  const der = Buffer.from(await crypto.subtle.exportKey('pkcs8', key));
  const cipher = passphrase ? { cipher: 'aes-256-cbc', passphrase } : {};
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }).export({
    type: 'pkcs8',
    format: 'pem',
    ...cipher,
  }) as string;
}
