import { RateLimiterMemory } from 'rate-limiter-flexible';
import { Fault } from '#lib/core/errors.ts';
import { processWide } from '#lib/core/process-wide.ts';

// by one address for one name; by one address for any name; for one name from anywhere
const LIMITS = {
  pair: { points: 10, duration: 300 },
  address: { points: 100, duration: 300 },
  name: { points: 50, duration: 3_600 },
} as const;

type Kind = keyof typeof LIMITS;

const limiter = (kind: Kind) => processWide(`attempts.${kind}`, () => new RateLimiterMemory(LIMITS[kind]));

const keys = (remote: string, name: string | null): [Kind, string][] => [
  ['address', remote],
  ...(name === null
    ? []
    : ([
        ['pair', JSON.stringify([remote, name])],
        ['name', name],
      ] satisfies [Kind, string][])),
];

/**
 * Counts one attempt to prove who one is, before it is looked at; call {@link forgiveAttempt} when it succeeds.
 * @param name e-mail address; null where a random token is tried, which nobody guesses: only the address counts
 * @throws Fault `too-many`
 */
export async function countAttempt(remote: string, name: string | null): Promise<void> {
  for (const [kind, key] of keys(remote, name)) {
    const spent = await limiter(kind)
      .consume(key)
      .then(
        () => false,
        () => true,
      );
    if (spent) throw new Fault('too-many', 'Too many attempts. Wait a few minutes and try again.');
  }
}

export async function forgiveAttempt(remote: string, name: string | null): Promise<void> {
  for (const [kind, key] of keys(remote, name)) {
    if (kind === 'pair') await limiter(kind).delete(key);
    else await limiter(kind).reward(key);
  }
}

/** The caller's address, which the server puts into every request itself. */
export function remoteOf(headers: Headers): string {
  return headers.get(REMOTE_HEADER) ?? 'local';
}

export const REMOTE_HEADER = 'x-mooring-remote';
