import type { Problem } from '#lib/http/api.ts';
import type { Reason } from '#lib/core/errors.ts';

/** A refusal of the management API, as it was said. */
export class RequestFailure extends Error {
  override readonly name = 'RequestFailure';
  readonly status: number;
  readonly code: string;
  readonly reasons: Reason[];

  constructor(problem: Pick<Problem, 'status' | 'code' | 'detail' | 'reasons'>) {
    super(problem.detail);
    this.status = problem.status;
    this.code = problem.code;
    this.reasons = problem.reasons;
  }
}

/** Pages that show a refused token or password themselves. */
const BEFORE_A_SESSION = /^\/(?:sign-in|setup|invite)(?:\/|$)/;

const unreachable: Pick<Problem, 'status' | 'code' | 'detail' | 'reasons'> = {
  status: 0,
  code: 'unreachable',
  detail: 'The portal did not answer. Check that it runs and that you are online, then try again.',
  reasons: [],
};

/**
 * Asks the management API with the session's cookie.
 * @param path below `/api/v1`, starting with a slash
 * @throws RequestFailure whatever went wrong
 */
export async function request<T>(
  path: string,
  init: { method?: string; body?: unknown; signal?: AbortSignal } = {},
): Promise<T> {
  const response = await ask(path, init);
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}

/** The answer itself, for streams. @throws RequestFailure when it is no success */
export async function ask(
  path: string,
  init: { method?: string; body?: unknown; signal?: AbortSignal } = {},
): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(`/api/v1${path}`, {
      method: init.method ?? (init.body === undefined ? 'GET' : 'POST'),
      ...(init.body === undefined
        ? {}
        : { body: JSON.stringify(init.body), headers: { 'content-type': 'application/json' } }),
      ...(init.signal ? { signal: init.signal } : {}),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new RequestFailure(unreachable);
  }
  if (response.ok) return response;
  const problem = (await response.json().catch(() => null)) as Partial<Problem> | null;
  if (response.status === 401 && !BEFORE_A_SESSION.test(location.pathname)) {
    location.assign(`/sign-in?to=${encodeURIComponent(location.pathname + location.search)}`);
  }
  throw new RequestFailure({
    status: response.status,
    code: problem?.code ?? 'internal',
    detail:
      problem?.detail ??
      `The portal answered ${response.status} without saying why. Try again; its log has the details.`,
    reasons: problem?.reasons ?? [],
  });
}
