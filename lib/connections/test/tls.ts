import type { CertificateFacts, Target } from '#elements/database/contract.ts';
import { RENEW_DAYS } from '#elements/database/tls.ts';
import { decidedMode } from '../target.ts';
import { warned } from './test-causes.ts';
import { told } from './told.ts';
import { ok, skipped } from './trial.ts';
import type { Stage, Trial, Verdict } from './trial.ts';

/** The connection is encrypted as the TLS mode asks. */
export const tls: Stage = {
  name: 'tls',
  decisive: true,
  async run(trial) {
    const { dial, resolved } = trial;
    if (!dial || !resolved) throw new Error('tls follows tcp');
    const { target } = dial;
    if (target.endpoint.kind === 'file') return skipped('A file is opened without a network.');
    if (target.tls.mode === 'disable') return unencrypted(trial, target.endpoint.ip);
    const reached = await dial.reached('tls');
    if (reached.state === 'failed') return told(reached.failure, target, resolved, trial.facts.from);
    if (!reached.step) return skipped('The server ended the connection before it came to TLS.');
    const { protocol, verified, certificate, ms } = reached.step;
    trial.facts.tls = {
      protocol,
      verified,
      subject: certificate?.subject ?? null,
      issuer: certificate?.issuer ?? null,
      names: certificate?.names ?? [],
      daysLeft: certificate?.daysLeft ?? null,
    };
    const kept = certificate ? { certificate } : {};
    return { ms, ...kept, ...encrypted(trial, target, protocol, verified, certificate) };
  },
};

function unencrypted({ facts, resolved }: Trial, ip: string): Verdict {
  facts.tls = null;
  if (decidedMode(ip) === 'disable') return skipped('Not encrypted: the server is on this machine.');
  return warned(resolved!, '', [{ code: 'not-encrypted', words: {} }]);
}

function encrypted(
  { resolved }: Trial,
  target: Target,
  protocol: string,
  verified: boolean,
  certificate: CertificateFacts | null,
): Verdict {
  if (!verified) return warned(resolved!, '', [{ code: 'not-verified', words: { protocol } }]);
  if (certificate && certificate.daysLeft <= RENEW_DAYS) {
    const words = { protocol, days: String(certificate.daysLeft) };
    return warned(resolved!, '', [{ code: 'certificate-ends-soon', words }]);
  }
  return ok(`Encrypted with ${protocol}; the certificate was verified (${target.tls.mode}).`);
}
