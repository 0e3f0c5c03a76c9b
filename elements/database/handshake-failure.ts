/** What a failed TLS handshake tells of the certificate of the server. */
import type { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import type { ConnectCause } from './connect-causes.ts';
import { ConnectFailure } from './contract.ts';
import { certificateFacts, tlsCause } from './tls.ts';

/**
 * Keeps what the server showed, for a handshake that fails on it: once a stream is destroyed its certificate is gone. Node looks
 * at the certificate on `secure`, which comes before `secureConnect`; without that event there is only less to tell.
 */
export function watchCertificate(stream: TLSSocket): () => X509Certificate | undefined {
  let shown: X509Certificate | undefined;
  stream.prependOnceListener('secure', () => {
    shown = stream.getPeerX509Certificate();
  });
  return () => shown;
}

/** null: not an error of TLS */
export function handshakeFailure(
  { code, message }: NodeJS.ErrnoException,
  certificate: X509Certificate | undefined,
): ConnectFailure | null {
  const why = tlsCause(code);
  if (why === null) return null;
  const names = certificateFacts(certificate)?.names ?? [];
  // a wildcard is no name that a server could be called by
  const offers = why === 'wrong-name' ? names.filter((name) => !name.includes('*')) : [];
  return new ConnectFailure(why, (certificate && detailOf(why, certificate, names)) ?? message, offers);
}

function detailOf(why: ConnectCause, certificate: X509Certificate, names: string[]): string | undefined {
  const day = (text: string) => new Date(text).toISOString().slice(0, 10);
  const { subject, issuer, validFrom, validTo } = certificate;
  switch (why) {
    case 'wrong-name':
      return names.length > 0 ? names.join(', ') : `${oneLine(subject)}, without a name of a host`;
    case 'certificate-expired':
      return `${oneLine(subject)} ended on ${day(validTo)}`;
    case 'certificate-not-yet-valid':
      return `${oneLine(subject)} begins on ${day(validFrom)}`;
    case 'unknown-issuer':
      return subject === issuer ? `${oneLine(issuer)}, by itself` : oneLine(issuer);
    default:
      return undefined;
  }
}

const oneLine = (name: string) => name.replaceAll('\n', ', ');
