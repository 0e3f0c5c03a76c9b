import type { Target } from '../contract.ts';
import { ConnectFailure } from '../contract.ts';

/** What could leave its place in a descriptor, or mean something there (Net Services Reference, "Syntax Rules for Configuration Files"). */
// oxlint-disable-next-line no-control-regex -- control characters are what is refused
const UNSAFE = /[()='"\\#,\s\u0000-\u001f\u007f]/;

/**
 * The connect descriptor, made from fields: the checked address, never a name, one address, no retries. Pure.
 * @throws ConnectFailure for a service name that is not one name
 */
export function descriptor(target: Target): string {
  const { endpoint, serviceName = '', tls } = target;
  if (endpoint.kind !== 'server') throw new Error('a server is wanted, not a file');
  if (serviceName === '' || UNSAFE.test(serviceName)) {
    throw new ConnectFailure('unknown-service', 'a service name has no spaces, parentheses, quotes, commas, = or #');
  }
  const protocol = tls.mode === 'disable' ? 'tcp' : 'tcps';
  const address = `(ADDRESS=(PROTOCOL=${protocol})(HOST=${endpoint.ip})(PORT=${endpoint.port}))`;
  return `(DESCRIPTION=(RETRY_COUNT=0)${address}(CONNECT_DATA=(SERVICE_NAME=${serviceName})))`;
}
