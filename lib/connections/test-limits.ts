import { RateLimiterMemory } from 'rate-limiter-flexible';
import { Fault } from '#lib/core/errors.ts';
import { processWide } from '#lib/core/process-wide.ts';

/** `look`: lists, introspection and creation, which a designer asks for more often */
const A_MINUTE = { test: 10, look: 30 };
const IN_FLIGHT = 5;

const limits = () =>
  processWide('test-limits', () => ({
    test: new RateLimiterMemory({ points: A_MINUTE.test, duration: 60 }),
    look: new RateLimiterMemory({ points: A_MINUTE.look, duration: 60 }),
    inFlight: new Map<string, number>(),
  }));

/**
 * Takes a place for one request of tests, however many elements it covers (security.md: no port scanner). Call what it
 * gives when all of them have ended.
 * @throws Fault `too-many`
 */
export async function takeTestPlace(userId: string, kind: 'test' | 'look' = 'test'): Promise<() => void> {
  const { inFlight, [kind]: rate } = limits();
  const running = inFlight.get(userId) ?? 0;
  if (running >= IN_FLIGHT) {
    throw new Fault('too-many', `${IN_FLIGHT} of your connections are being tried. Wait until one has ended.`);
  }
  inFlight.set(userId, running + 1);
  const leave = () => {
    const left = (inFlight.get(userId) ?? 1) - 1;
    if (left > 0) inFlight.set(userId, left);
    else inFlight.delete(userId);
  };
  try {
    await rate.consume(userId);
  } catch (why) {
    leave();
    const { msBeforeNext = 60_000 } = why as { msBeforeNext?: number };
    const seconds = Math.ceil(msBeforeNext / 1000);
    throw new Fault('too-many', `${A_MINUTE[kind]} of these a minute are allowed. Try again in ${seconds} s.`);
  }
  return leave;
}
