import type { ConnectCause } from './connect-causes.ts';

const CAUSES: Record<string, ConnectCause> = {
  ECONNREFUSED: 'refused',
  // nobody answered the SYN: neither a server nor a router
  ETIMEDOUT: 'filtered',
  // a firewall of this very machine
  EACCES: 'filtered',
  EPERM: 'filtered',
  ECONNRESET: 'closed',
  EPIPE: 'closed',
  ECONNABORTED: 'closed',
};

/**
 * Why no TCP connection came about, by the system's code (connect(2)). A router's "prohibited" (RFC 1812, section 5.2.7.1) comes
 * as EHOSTUNREACH, as a missing way does.
 */
export function socketCause(code: string | undefined): ConnectCause {
  if (code === undefined) return 'other';
  return CAUSES[code] ?? (/^(EHOST|ENET|EADDR|EINVAL)/.test(code) ? 'unreachable' : 'other');
}
