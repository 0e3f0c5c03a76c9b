import type { CertificateFacts, Target } from '#elements/database/contract.ts';
import { RENEW_DAYS } from '#elements/database/tls.ts';
import { decidedMode } from '../target.ts';
import { blame } from './blame.ts';
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
    if (reached.state === 'failed') return told(reached.failure, target, resolved);
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
  return {
    state: 'warning',
    message: 'Not encrypted: the password and the data can be read and changed on their way.',
    ...blame(resolved!, 'tls.mode'),
    code: 'not-encrypted',
    next: 'Set the TLS mode to verify-full, unless the network is trusted.',
  };
}

function encrypted(
  { resolved }: Trial,
  target: Target,
  protocol: string,
  verified: boolean,
  certificate: CertificateFacts | null,
): Verdict {
  if (!verified) {
    return {
      state: 'warning',
      message: `Encrypted with ${protocol}, not verified: whoever answers is believed.`,
      ...blame(resolved!, 'tls.mode'),
      code: 'not-verified',
      next: 'Set the TLS mode to verify-full, with the CA of the server.',
    };
  }
  if (certificate && certificate.daysLeft <= RENEW_DAYS) {
    return {
      state: 'warning',
      message: `Encrypted with ${protocol} and verified, but the certificate ends in ${certificate.daysLeft} days.`,
      ...blame(resolved!, 'tls.mode'),
      code: 'certificate-ends-soon',
      next: 'Renew the certificate on the server.',
    };
  }
  return ok(`Encrypted with ${protocol}; the certificate was verified (${target.tls.mode}).`);
}
