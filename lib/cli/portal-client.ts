import { FAULTS, type FaultCode } from '#lib/core/errors.ts';
import type { Problem } from '#lib/http/api.ts';
import { CliFailure } from './cli-failure.ts';
import { credentials } from './credentials.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * One call of the management API; `path` is below `/api/v1`.
 * @throws CliFailure with the exit code of the portal's refusal; 1 when it can not be reached, 4 without a token
 */
export async function call<T>(method: Method, path: string, body?: unknown, anonymous = false): Promise<T> {
  const response = await send(method, path, body, anonymous);
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}

/** A stream of JSON lines, each handed over as it arrives. */
export async function stream<T>(path: string, body: unknown, each: (event: T) => void): Promise<void> {
  const response = await send('POST', path, body, false);
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of response.body ?? []) {
    rest += decoder.decode(chunk, { stream: true });
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '') each(JSON.parse(line) as T);
  }
}

async function send(method: Method, path: string, body: unknown, anonymous: boolean): Promise<Response> {
  const { url, token } = await credentials();
  if (!token && !anonymous) {
    throw new CliFailure(4, 'not-signed-in', 'No token for this portal. Set MOORING_TOKEN, or run `mooring login`.');
  }
  const headers: Record<string, string> = { accept: 'application/json' };
  if (token && !anonymous) headers.authorization = `Bearer ${token}`;
  if (body !== undefined) headers['content-type'] = 'application/json';
  let response: Response;
  try {
    response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch (error) {
    throw new CliFailure(
      1,
      'unreachable',
      `The portal at ${url} can not be reached (${causeOf(error)}). Start it with \`npm start\`, or set MOORING_URL.`,
    );
  }
  if (!response.ok) throw await refusal(response, url);
  return response;
}

async function refusal(response: Response, url: string): Promise<CliFailure> {
  let problem: Problem;
  try {
    problem = (await response.json()) as Problem;
    if (typeof problem.detail !== 'string') throw new Error('no problem document');
  } catch {
    return new CliFailure(
      1,
      'unreachable',
      `${url} answered ${response.status} and is no Mooring portal. Check MOORING_URL.`,
    );
  }
  return failureOf(problem);
}

/** What the portal refused, with the exit code that the refusal has. */
export function failureOf({ code, detail, reasons }: Problem): CliFailure {
  return new CliFailure(code in FAULTS ? FAULTS[code as FaultCode].exit : 1, code, detail, reasons ?? []);
}

function causeOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause as { code?: string } | undefined) : undefined;
  return cause?.code ?? 'no answer';
}

/** A path with its parts encoded: `at('apps', app, 'variables')`. */
export function at(...parts: string[]): string {
  return `/${parts.map(encodeURIComponent).join('/')}`;
}
