/** What TLS settings mean to the socket, and what a handshake tells. Pure: texts in, options and causes out. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { checkServerIdentity } from 'node:tls';
import type { ConnectionOptions } from 'node:tls';
import type { CertificateFacts, TlsMode } from './contract.ts';
import { ConnectFailure } from './contract.ts';
import type { ConnectCause } from './connect-causes.ts';

/** A certificate that ends within these days is told of. */
export const RENEW_DAYS = 30;

export type TlsTexts = {
  mode: TlsMode;
  /** the name that the certificate must carry under `verify-full` */
  name: string;
  ca: string | null;
  cert: string | null;
  key: string | null;
  passphrase: string | null;
};

/**
 * Options of `tls.connect` for a mode; null where nothing is encrypted.
 * `require` believes whoever answers, `verify-ca` checks the chain, `verify-full` the name too (RFC 6125).
 * @throws ConnectFailure for a PEM text that can not be read, before anything is sent
 */
export function tlsOptions(texts: TlsTexts): ConnectionOptions | null {
  if (texts.mode === 'disable') return null;
  const verified = texts.mode !== 'require';
  return {
    ...(isIP(texts.name) ? {} : { servername: texts.name }),
    ...(verified && texts.ca !== null ? { ca: readable(texts.ca, 'bad-ca') } : {}),
    ...clientCertificate(texts),
    rejectUnauthorized: verified,
    checkServerIdentity: (_host, certificate) =>
      texts.mode === 'verify-full' ? checkServerIdentity(texts.name, certificate) : undefined,
  };
}

const BLOCK = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

function readable(pem: string, cause: ConnectCause): string {
  try {
    const blocks = pem.match(BLOCK) ?? [];
    blocks.forEach((block) => void new X509Certificate(block));
    if (blocks.length > 0) return pem;
  } catch {
    // told below: the reader's own words ("asn1 encoding routines") help nobody
  }
  throw new ConnectFailure(cause, 'no certificate could be read from the PEM text');
}

function clientCertificate({ cert, key, passphrase }: TlsTexts): ConnectionOptions {
  if (cert === null) return {};
  readable(cert, 'bad-client-certificate');
  if (key === null) throw new ConnectFailure('bad-client-key', 'there is a client certificate, but no key to it');
  const options = { key, ...(passphrase === null ? {} : { passphrase }) };
  let fits: boolean;
  try {
    fits = new X509Certificate(cert.match(BLOCK)?.[0] ?? '').checkPrivateKey(createPrivateKey(options));
  } catch {
    throw new ConnectFailure('bad-client-key', 'the key could not be read, or its pass-phrase is wrong');
  }
  if (!fits) throw new ConnectFailure('bad-client-key', 'the key does not belong to the certificate');
  return { cert, ...options };
}

/** Causes by Node's code of a failed handshake (OpenSSL X509_V_ERR_*, TLS alerts of RFC 8446 section 6). */
const CAUSES: Record<string, ConnectCause> = {
  CERT_HAS_EXPIRED: 'certificate-expired',
  CERT_NOT_YET_VALID: 'certificate-not-yet-valid',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'unknown-issuer',
  SELF_SIGNED_CERT_IN_CHAIN: 'unknown-issuer',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'unknown-issuer',
  UNABLE_TO_GET_ISSUER_CERT: 'unknown-issuer',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'unknown-issuer',
  CERT_UNTRUSTED: 'unknown-issuer',
  CERT_SIGNATURE_FAILURE: 'unknown-issuer',
  INVALID_CA: 'unknown-issuer',
  ERR_TLS_CERT_ALTNAME_INVALID: 'wrong-name',
  HOSTNAME_MISMATCH: 'wrong-name',
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: 'client-certificate-wanted',
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: 'client-certificate-refused',
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: 'client-certificate-refused',
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN: 'client-certificate-refused',
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED: 'client-certificate-refused',
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_REVOKED: 'client-certificate-refused',
  ERR_SSL_TLSV1_ALERT_DECRYPT_ERROR: 'client-certificate-refused',
};

/** null: not a cause that a TLS code names */
export function tlsCause(code: string | undefined): ConnectCause | null {
  if (code === undefined) return null;
  return CAUSES[code] ?? (/^(ERR_SSL_|ERR_TLS_|CERT_|UNABLE_TO_|EPROTO$)/.test(code) ? 'tls-failed' : null);
}

export function certificateFacts(certificate: X509Certificate | undefined, now = Date.now()): CertificateFacts | null {
  if (!certificate) return null;
  const ends = new Date(certificate.validTo);
  const names = (certificate.subjectAltName ?? '').split(', ').map((each) => each.replace(/^(DNS|IP Address):/, ''));
  return {
    subject: certificate.subject.replaceAll('\n', ', '),
    issuer: certificate.issuer.replaceAll('\n', ', '),
    names: names.filter((name) => name !== ''),
    validTo: ends.toISOString(),
    daysLeft: Math.floor((ends.getTime() - now) / 86_400_000),
    fingerprint: certificate.fingerprint256,
  };
}
