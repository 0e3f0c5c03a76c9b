import { describe, expect, it } from 'vitest';
import { loginCause, statementFailure } from './errors.ts';

const sent = (code: string, message: string, rest: object = {}) => ({ severity: 'ERROR', code, message, ...rest });

describe('loginCause', () => {
  it.each([
    ['28P01', 'password authentication failed for user "app"', 'wrong-login'],
    ['28000', 'no pg_hba.conf entry for host "10.0.0.1", user "app", database "d", SSL encryption', 'host-not-allowed'],
    ['28000', 'no pg_hba.conf entry for host "10.0.0.1", user "app", database "d", no encryption', 'tls-required'],
    ['28000', 'no pg_hba.conf entry for host "10.0.0.1", user "app", database "d", SSL off', 'tls-required'],
    ['28000', 'role "app" is not permitted to log in', 'account-locked'],
    ['28000', 'role "app" is locked', 'account-locked'],
    ['28000', 'role "app" password has expired', 'account-expired'],
    ['28P01', 'password is expired', 'account-expired'],
    ['28000', 'role "app" does not exist', 'wrong-login'],
    ['28000', 'Peer authentication failed for user "app"', 'unsupported-authentication'],
    ['28000', 'PAM authentication failed for user "app"', 'wrong-login'],
    ['28000', 'connection requires a valid client certificate', 'client-certificate-wanted'],
    ['28000', 'certificate authentication failed for user "app"', 'client-certificate-refused'],
    ['3D000', 'database "d" does not exist', 'unknown-database'],
    ['42501', 'permission denied for database "d"', 'no-database-right'],
    ['53300', 'sorry, too many clients already', 'too-many-connections'],
    ['57P03', 'the database system is shutting down', 'starting-up'],
    ['XX000', 'something else', 'other'],
  ])('%s %s: %s', (code, message, cause) => {
    expect(loginCause(sent(code, message))).toBe(cause);
  });

  it('knows what the socket and the driver say', () => {
    expect(loginCause({ code: 'ECONNRESET', message: 'read ECONNRESET' })).toBe('closed');
    expect(loginCause({ message: 'Connection terminated unexpectedly' })).toBe('closed');
    expect(loginCause({ message: 'SASL: Only mechanism(s) SCRAM-SHA-256 are supported' })).toBe(
      'unsupported-authentication',
    );
    const alert = { code: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', message: 'alert' };
    expect(loginCause(alert)).toBe('client-certificate-wanted');
  });
});

describe('statementFailure', () => {
  it.each([
    ['57014', 'canceling statement due to statement timeout', 'timeout'],
    ['57014', 'canceling statement due to user request', 'cancelled'],
    ['57P01', 'terminating connection due to administrator command', 'connection-lost'],
    ['25P03', 'terminating connection due to idle-in-transaction timeout', 'connection-lost'],
    ['40P01', 'deadlock detected', 'serialization'],
    ['55P03', 'canceling statement due to lock timeout', 'lock'],
    ['25006', 'cannot execute INSERT in a read-only transaction', 'read-only'],
    ['42501', 'permission denied for table t', 'permission'],
    ['22P02', 'invalid input syntax for type integer: "x"', 'value'],
    ['42601', 'syntax error', 'other'],
  ])('%s %s: %s', (code, message, kind) => {
    expect(statementFailure(sent(code, message), false)).toMatchObject({ kind, code });
  });

  it('tells the columns of a key', () => {
    const of = (detail: string) => statementFailure(sent('23505', 'duplicate', { detail }), false).columns;
    expect(of('Key (a)=(1) already exists.')).toEqual(['a']);
    expect(of('Key (a, "b c", "d""e")=(1, 2, 3) already exists.')).toEqual(['a', 'b c', 'd"e']);
    expect(of('Key (lower(a))=(x) already exists.')).toEqual([]);
  });

  it('is connection-lost only where the connection is', () => {
    expect(statementFailure({ message: 'Connection terminated' }, true).kind).toBe('connection-lost');
    expect(statementFailure({ message: 'a value can not be sent' }, false).kind).toBe('other');
  });
});
