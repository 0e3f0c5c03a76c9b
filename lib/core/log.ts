import { pino } from 'pino';
import type { Logger } from 'pino';
import { processWide } from './process-wide.ts';

const SECRET_KEYS = [
  'password',
  'ddlPassword',
  'token',
  'ownerToken',
  'proof',
  'secret',
  'authorization',
  'cookie',
  'key',
];

/** The log of this process: JSON lines on stderr. What is named like a secret is cut out, two levels deep. */
export function log(): Logger {
  return processWide('log', () =>
    pino(
      {
        base: null,
        timestamp: pino.stdTimeFunctions.isoTime,
        redact: {
          paths: SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]),
          censor: '[secret]',
        },
      },
      pino.destination({ dest: 2, sync: true }),
    ),
  );
}
