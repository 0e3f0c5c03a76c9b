import { randomUUID } from 'node:crypto';
import { FAULTS, Fault } from '#lib/core/errors.ts';
import { log } from '#lib/core/log.ts';
import type { Problem } from './api.ts';

const LONGEST_DETAIL = 2_000;
const RETRY_AFTER_SECONDS = 10;

/**
 * What a caller is told of anything that was thrown (RFC 9457). A {@link Fault} speaks for itself; anything else is `internal`:
 * its text stays in the log, under the correlation id that the caller gets.
 */
export function problemOf(error: unknown): Problem {
  const instance = randomUUID();
  const fault = error instanceof Fault ? error : undefined;
  if (!fault) log().error({ correlation: instance, err: error }, 'unexpected error');
  const code = fault?.code ?? 'internal';
  const detail = fault?.message ?? `The portal met an unexpected fault. Look for ${instance} in its log.`;
  return {
    type: 'about:blank',
    title: code,
    status: FAULTS[code].status,
    code,
    detail: detail.slice(0, LONGEST_DETAIL),
    reasons: fault?.reasons ?? [],
    instance,
  };
}

/** {@link problemOf} as an answer. */
export function errorResponse(error: unknown): Response {
  const problem = problemOf(error);
  const headers = new Headers({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' });
  if (problem.code === 'not-signed-in') headers.set('www-authenticate', 'Bearer');
  if (problem.status === 429 || problem.status === 503) headers.set('retry-after', String(RETRY_AFTER_SECONDS));
  return new Response(JSON.stringify(problem), { status: problem.status, headers });
}
