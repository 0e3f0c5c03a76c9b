import { checkCertificates } from '#elements/database/check-certificates.ts';
import type { CertificateCheck, TlsMaterial } from '#elements/database/check-certificates.ts';
import { Secret } from '#lib/core/secret.ts';

/** A TLS section whose key and pass-phrase are still sealed; see {@link TlsMaterial} for `null` and `undefined`. */
export type SealedTls = Omit<TlsMaterial, 'key' | 'passphrase'> &
  Record<'key' | 'passphrase', Secret | null | undefined>;

/** {@link checkCertificates} with the secrets opened for it; none of them stands in the answer. */
export function checkTls(sealed: SealedTls, now?: number): CertificateCheck {
  const { key, passphrase } = sealed;
  const opened = { key: key instanceof Secret ? key.reveal() : key };
  return checkCertificates(
    { ...sealed, ...opened, passphrase: passphrase instanceof Secret ? passphrase.reveal() : passphrase },
    now,
  );
}
