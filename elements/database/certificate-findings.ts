/**
 * All that can be wrong with the certificates and the key of a TLS section, once. `failed` keeps an element from being
 * saved; a `warning` is shown. `{label}`, `{subject}`, `{issuer}`, `{days}`, `{host}` and `{names}` are filled in.
 */
export const CERTIFICATE_FINDINGS = {
  'not-a-certificate': {
    state: 'failed',
    found: '{label} holds no certificate that can be read',
    next: 'Put in PEM text, from BEGIN CERTIFICATE to END CERTIFICATE, or upload the file.',
  },
  'key-in-certificate': {
    state: 'failed',
    found: '{label} holds a private key, and would keep it in the source',
    next: 'Take the key out, and put it into the client key.',
  },
  'not-a-key': {
    state: 'failed',
    found: 'the client key can not be read as a private key',
    next: 'Put in the key as PEM text, or upload its file.',
  },
  'key-encrypted': {
    state: 'failed',
    found: 'the client key is encrypted, and there is no pass-phrase',
    next: 'Fill in the pass-phrase of the key.',
  },
  'wrong-passphrase': {
    state: 'failed',
    found: 'the pass-phrase does not open the client key',
    next: 'Enter the pass-phrase again.',
  },
  'key-does-not-fit': {
    state: 'failed',
    found: 'the client key does not belong to the client certificate',
    next: 'Put in the key that the certificate was made with.',
  },
  'one-without-the-other': {
    state: 'warning',
    found: 'a client certificate and its key belong together, and one of them is not there',
    next: 'Fill in both, or neither.',
  },
  'certificate-ended': {
    state: 'warning',
    found: '{subject} ended {days} ago',
    next: 'Put a new certificate in its place.',
  },
  'certificate-not-begun': {
    state: 'warning',
    found: '{subject} is not valid before {days} from now',
    next: 'Check the clock of this machine, or wait.',
  },
  'certificate-ends-soon': {
    state: 'warning',
    found: '{subject} ends in {days}',
    next: 'Renew it in time.',
  },
  'chain-broken': {
    state: 'warning',
    found: '{subject} is not signed by the certificate that follows it',
    next: 'Put the client certificate first, then each issuer in turn.',
  },
  'issuer-missing': {
    state: 'warning',
    found: '{subject} is signed by {issuer}, which is not there',
    next: 'Add the certificate of the issuer to the CA.',
  },
  'host-not-named': {
    state: 'warning',
    found: 'the certificate is for {names}, not for {host}',
    next: 'Set the server name to one of those, or correct the host.',
  },
} as const satisfies Record<string, { state: 'failed' | 'warning'; found: string; next: string }>;

export type CertificateFindingCode = keyof typeof CERTIFICATE_FINDINGS;
