import { checkCertificates } from '#elements/database/check-certificates.ts';
import type { CertificateFinding } from '#elements/database/check-certificates.ts';
import type { CertificateFindingCode } from '#elements/database/certificate-findings.ts';
import type { TlsMode } from '#elements/database/contract.ts';
import type { ResolvedElement } from '#lib/variables/resolution.ts';

const BY_DATE: CertificateFindingCode[] = ['certificate-ended', 'certificate-not-begun', 'certificate-ends-soon'];

/** The certificates of a resolved element that ended, have not begun, or end soon. */
export function nearEnd({ fields }: Pick<ResolvedElement, 'fields'>, now?: number): CertificateFinding[] {
  const text = (field: string) => {
    const value = fields[field]?.value;
    return typeof value === 'string' ? value : null;
  };
  const unknown = { host: null, serverName: null, key: undefined, passphrase: undefined };
  const mode = text('tls.mode') as TlsMode | null;
  const { findings } = checkCertificates({ ...unknown, mode, ca: text('tls.ca'), cert: text('tls.cert') }, now);
  return findings.filter(({ code }) => BY_DATE.includes(code));
}
