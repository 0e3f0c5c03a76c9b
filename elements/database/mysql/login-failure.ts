import { ConnectFailure, type DatabaseFailure } from '../contract.ts';
import { loginCause, type DriverError } from './errors.ts';

/** MariaDB answers an unencrypted sign-in that it does not want (`require_secure_transport`, `REQUIRE SSL`) like a wrong password. */
export const TLS_HINT = ' (the server offers TLS, and may take encrypted connections only)';

/** @param tlsError what TLS failed on; null: it did not, or there is none */
export function loginFailure(error: DriverError, tlsError: ConnectFailure | null, hint = ''): ConnectFailure {
  if (tlsError) return tlsError;
  const why = loginCause(error);
  return new ConnectFailure(why, `${error.sqlMessage ?? error.message}${why === 'wrong-login' ? hint : ''}`);
}

/** An expired password lets one in, and then refuses every statement (error 1820). */
export function settingFailure(failure: DatabaseFailure): ConnectFailure {
  if (failure.kind === 'connection-lost') return new ConnectFailure('closed', failure.message);
  const error = Object.assign(new Error(failure.message), { errno: Number(failure.code) });
  return new ConnectFailure(loginCause(error), failure.message);
}
