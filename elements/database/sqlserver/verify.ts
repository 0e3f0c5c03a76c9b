import { checkServerIdentity, type TLSSocket } from 'node:tls';
import { ConnectFailure, type TlsMode } from '../contract.ts';
import { tlsCause } from '../tls.ts';

const NAME = 'ERR_TLS_CERT_ALTNAME_INVALID';

/**
 * What is wrong with the other side after a handshake that checked nothing by itself; null: it is whom the mode asks for.
 * Node looks at the name only where the chain is good, so its word on the name says that the chain is.
 */
export function verify(secure: TLSSocket, mode: TlsMode, name: string): ConnectFailure | null {
  if (mode !== 'verify-ca' && mode !== 'verify-full') return null;
  const code = secure.authorizationError === null ? undefined : String(secure.authorizationError);
  if (!secure.authorized && code !== NAME) {
    return new ConnectFailure(tlsCause(code) ?? 'tls-failed', code ?? 'the certificate was not accepted');
  }
  const wrong = mode === 'verify-full' ? checkServerIdentity(name, secure.getPeerCertificate()) : undefined;
  return wrong ? new ConnectFailure('wrong-name', wrong.message) : null;
}
