/** Why a sign-in failed, from what the driver throws, what the server said and where it stood. Pure. */
import { ConnectFailure } from '../contract.ts';
import { tlsCause } from '../tls.ts';
import { socketCause } from '../socket-cause.ts';
import { type DriverError, loginCause } from './errors.ts';

/** Errors of the server during sign-in. */
export type Told = { numbers: number[]; texts: string[] };

export type Standing = {
  /** known better than the driver can */
  fault: ConnectFailure | null;
  /** the deadline has passed */
  late: boolean;
  /** the server has answered, and the handshake is not over */
  encrypting: boolean;
};

export function loginFailure(error: DriverError, told: Told, { fault, late, encrypting }: Standing): ConnectFailure {
  if (fault) return fault;
  if (told.numbers.length > 0) return new ConnectFailure(loginCause(told.numbers), told.texts.join(' '));
  if (late) return new ConnectFailure('login-timed-out', 'no answer in time');
  switch (error.code) {
    case 'EENCRYPT':
      return new ConnectFailure(encryption(error.message), error.message);
    case 'ESOCKET': {
      const cause = error.cause as NodeJS.ErrnoException | undefined;
      const why = tlsCause(cause?.code) ?? (encrypting ? 'tls-failed' : socketCause(cause?.code));
      return new ConnectFailure(why === 'other' ? 'closed' : why, cause?.message ?? error.message);
    }
    case 'ELOGIN':
    case 'ECLOSE':
      return new ConnectFailure('closed', error.message);
    default:
      return new ConnectFailure('wrong-protocol', `the answer could not be read: ${error.message}`);
  }
}

/** The driver's own words ("Server did not negotiate …", "Server requires …", "Malformed …"). */
function encryption(message: string) {
  if (/requires encryption/.test(message)) return 'tls-required';
  return /did not negotiate/.test(message) ? 'tls-refused' : 'wrong-protocol';
}
