/** What can be known of a TLS section before anything is sent. Pure, on the server: texts in, facts and findings out. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { isIP } from 'node:net';
import { PRIVATE_KEY } from '../connection/check-field-value.ts';
import type { CertificateFacts, TlsMode } from './contract.ts';
import { CERTIFICATE_FINDINGS } from './certificate-findings.ts';
import type { CertificateFindingCode } from './certificate-findings.ts';
import { certificateFacts, RENEW_DAYS } from './tls.ts';

/** `undefined`: there is one, but its text is not known here. `null`: there is none. */
type Text = string | null | undefined;

export type TlsMaterial = {
  /** null: left out, so that the address decides */
  mode: TlsMode | null;
  host: Text;
  serverName: Text;
  ca: Text;
  cert: Text;
  key: Text;
  passphrase: Text;
};

export type CertificateFinding = {
  field: string;
  code: CertificateFindingCode;
  state: 'failed' | 'warning';
  /** one sentence */
  message: string;
  next: string;
  /** names that the server name could be set to */
  names?: string[];
};

export type CertificateCheck = {
  /** certificates by field, in the order of the text */
  certificates: Record<string, CertificateFacts[]>;
  findings: CertificateFinding[];
};

const LABELS: Record<string, string> = { 'tls.ca': 'the CA', 'tls.cert': 'the client certificate' };
const BLOCK = /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[^-]+-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g;
const DAY_MS = 86_400_000;

/** Format, dates, chains, names, and that the key opens and fits. A key or pass-phrase never stands in what comes back. */
export function checkCertificates(material: TlsMaterial, now = Date.now()): CertificateCheck {
  const verifies = material.mode !== 'require';
  if (material.mode === 'disable') return { certificates: {}, findings: [] };
  const ca = read('tls.ca', verifies ? material.ca : null);
  const cert = read('tls.cert', material.cert);
  const sides = [ca, cert];
  return {
    certificates: Object.fromEntries(
      sides
        .filter(({ chain }) => chain.length > 0)
        .map(({ field, chain }) => [field, chain.flatMap((each) => certificateFacts(each, now) ?? [])]),
    ),
    findings: [
      ...sides.flatMap(({ findings }) => findings),
      ...sides.flatMap(({ field, chain }) => chain.flatMap((each) => dates(field, each, now))),
      ...issuersMissing(ca.chain),
      ...chainBroken(cert.chain),
      ...(material.mode === 'verify-full' ? namesDiffer(ca.chain, material) : []),
      ...keyFindings(material, cert.chain[0]),
    ],
  };
}

type Side = { field: string; chain: X509Certificate[]; findings: CertificateFinding[] };

function read(field: string, text: Text): Side {
  if (text == null) return { field, chain: [], findings: [] };
  const label = LABELS[field] ?? field;
  const keys = PRIVATE_KEY.test(text) ? [finding(field, 'key-in-certificate', { label })] : [];
  try {
    const chain = (text.match(BLOCK) ?? []).map((block) => new X509Certificate(block));
    if (chain.length > 0) return { field, chain, findings: keys };
  } catch {
    // told below: the reader's own words ("asn1 encoding routines") help nobody
  }
  return { field, chain: [], findings: [finding(field, 'not-a-certificate', { label }), ...keys] };
}

function dates(field: string, certificate: X509Certificate, now: number): CertificateFinding[] {
  const subject = nameOf(certificate.subject);
  const left = (Date.parse(certificate.validTo) - now) / DAY_MS;
  const ahead = (Date.parse(certificate.validFrom) - now) / DAY_MS;
  if (left < 0) return [finding(field, 'certificate-ended', { subject, days: daysOf(-left) })];
  if (ahead > 0) return [finding(field, 'certificate-not-begun', { subject, days: daysOf(ahead) })];
  return left <= RENEW_DAYS ? [finding(field, 'certificate-ends-soon', { subject, days: daysOf(left) })] : [];
}

/** A CA may be a bundle of many roots, in any order; but what is signed by another needs that other to be trusted. */
function issuersMissing(bundle: X509Certificate[]): CertificateFinding[] {
  return bundle
    .filter((each) => !bundle.some((issuer) => isSignedBy(each, issuer)))
    .map(({ subject, issuer }) =>
      finding('tls.ca', 'issuer-missing', { subject: nameOf(subject), issuer: nameOf(issuer) }),
    );
}

function chainBroken(chain: X509Certificate[]): CertificateFinding[] {
  return chain.flatMap((each, at) => {
    const next = chain[at + 1];
    return next === undefined || isSignedBy(each, next)
      ? []
      : [finding('tls.cert', 'chain-broken', { subject: nameOf(each.subject) })];
  });
}

function isSignedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}

/** A server's own certificate may stand as the CA that is trusted; then it tells the names the server answers to. */
function namesDiffer(bundle: X509Certificate[], { host, serverName }: TlsMaterial): CertificateFinding[] {
  const name = serverName === null ? host : serverName;
  if (!name) return [];
  return bundle
    .filter((each) => !each.ca && !isFor(each, name))
    .flatMap((each) => {
      const names = certificateFacts(each)?.names ?? [];
      return names.length === 0
        ? []
        : [{ ...finding('tls.serverName', 'host-not-named', { host: name, names: names.join(', ') }), names }];
    });
}

const isFor = (certificate: X509Certificate, name: string): boolean =>
  (isIP(name) ? certificate.checkIP(name) : certificate.checkHost(name)) !== undefined;

function keyFindings({ cert, key, passphrase }: TlsMaterial, own: X509Certificate | undefined): CertificateFinding[] {
  if (key === null) return cert === null ? [] : [finding('tls.key', 'one-without-the-other')];
  const alone = cert === null ? [finding('tls.cert', 'one-without-the-other')] : [];
  if (key === undefined) return alone;
  const opened = open(key, passphrase);
  if (opened === 'unknown') return alone;
  if (typeof opened === 'string') {
    return [...alone, finding(opened === 'not-a-key' ? 'tls.key' : 'tls.keyPassphrase', opened)];
  }
  return own && !own.checkPrivateKey(opened) ? [...alone, finding('tls.key', 'key-does-not-fit')] : alone;
}

function open(
  key: string,
  passphrase: Text,
): KeyObject | 'unknown' | 'not-a-key' | 'key-encrypted' | 'wrong-passphrase' {
  const encrypted = /-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: 4,ENCRYPTED/m.test(key);
  if (!PRIVATE_KEY.test(key)) return 'not-a-key';
  if (encrypted && passphrase === undefined) return 'unknown';
  if (encrypted && passphrase === null) return 'key-encrypted';
  try {
    return createPrivateKey({ key, ...(typeof passphrase === 'string' ? { passphrase } : {}) });
  } catch {
    return encrypted ? 'wrong-passphrase' : 'not-a-key';
  }
}

function finding(field: string, code: CertificateFindingCode, words: Record<string, string> = {}): CertificateFinding {
  const { state, found, next } = CERTIFICATE_FINDINGS[code];
  const text = found.replace(/\{(\w+)\}/g, (_all, name: string) => words[name] ?? '');
  return { field, code, state, message: `${text.charAt(0).toUpperCase()}${text.slice(1)}.`, next };
}

/** The part of a name that people know it by: its CN, else all of it. */
function nameOf(distinguished: string): string {
  const parts = distinguished.split('\n');
  return parts.find((part) => part.startsWith('CN='))?.slice(3) ?? parts.join(', ');
}

function daysOf(days: number): string {
  const whole = Math.floor(days);
  return whole === 0 ? 'less than a day' : `${whole} day${whole === 1 ? '' : 's'}`;
}
