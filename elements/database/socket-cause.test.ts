import { expect, test } from 'vitest';
import { socketCause } from './socket-cause.ts';

test.each([
  ['ECONNREFUSED', 'refused'],
  ['ETIMEDOUT', 'filtered'],
  ['EPERM', 'filtered'],
  ['EHOSTUNREACH', 'unreachable'],
  ['ENETUNREACH', 'unreachable'],
  ['EADDRNOTAVAIL', 'unreachable'],
  ['ECONNRESET', 'closed'],
  ['EWHATEVER', 'other'],
  [undefined, 'other'],
])('%s: %s', (code, cause) => {
  expect(socketCause(code)).toBe(cause);
});
