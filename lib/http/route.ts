import type { z } from 'zod';
import type { Actor } from '#lib/access/actor.ts';
import { actorOfRequest } from '#lib/access/actor-of-request.ts';
import { requireRight } from '#lib/access/rights.ts';
import type { Right } from '#lib/access/rights.ts';
import { errorResponse } from './error-response.ts';
import { ndjsonResponse } from './ndjson-response.ts';
import { parseInput, readInput } from './read-input.ts';
import type { Params } from './read-input.ts';

const MIB = 1024 * 1024;
const DEFAULT_MAX_BYTES = 2 * MIB;
/** of who has not signed in yet: a link, a name and a password */
const STRANGERS_MAX_BYTES = 16 * 1024;
/** largest body of a push */
export const PUSH_MAX_BYTES = 32 * MIB;

type Options<Schema extends z.ZodType> = {
  /** checked here without a place, so that nobody else even learns what the input should be; the operation checks it for the place */
  right: Right;
  /** a strict object of path parameters, query parameters (texts: use z.coerce, z.stringbool) and body, by name */
  input: Schema;
  /** when it is not 200; an operation that returns undefined answers 204 */
  status?: number;
  maxBytes?: number;
};

// Next leaves them undefined where a path has none
type Context = { params: Promise<Params | undefined> };

/** A handler that Next can export, made by {@link route} and its siblings; `right` is what it asks for. */
export type RouteHandler = ((request: Request, context: Context) => Promise<Response>) & {
  readonly right: Right | 'anyone';
};

/**
 * A door of the management API: authenticates, checks the right, parses, calls the operation, translates what comes back.
 * A `Response` passes through as it is.
 * @example
 * // app/api/v1/apps/[app]/route.ts
 * export const GET = route({ right: 'app:read', input: z.strictObject({ app: z.string() }) }, readApp);
 * // async function readApp(actor: Actor, input: { app: string }): Promise<AppOverview>
 */
export function route<Schema extends z.ZodType>(
  options: Options<Schema>,
  operation: (actor: Actor, input: z.output<Schema>, request: Request) => unknown,
): RouteHandler {
  return door(options.right, async (request, { params }) => {
    const actor = await admitted(request, options.right);
    const raw = await readInput(request, await params, options.maxBytes ?? DEFAULT_MAX_BYTES);
    return answer(await operation(actor, parseInput(options.input, raw), request), options.status);
  });
}

/** {@link route} for those who can not have signed in yet; a test lists the few that exist. */
export function publicRoute<Schema extends z.ZodType>(
  options: Omit<Options<Schema>, 'right'>,
  operation: (input: z.output<Schema>, request: Request) => unknown,
): RouteHandler {
  return door('anyone', async (request, { params }) => {
    const raw = await readInput(request, await params, options.maxBytes ?? STRANGERS_MAX_BYTES);
    return answer(await operation(parseInput(options.input, raw), request), options.status);
  });
}

/**
 * {@link route} for an answer of many JSON lines (`application/x-ndjson`), sent as they come. `signal` is aborted when the
 * caller has gone. What is thrown before the first line is a problem; later it is a last line `{"event":"error","problem":…}`.
 */
export function streamRoute<Schema extends z.ZodType>(
  options: Options<Schema>,
  operation: (actor: Actor, input: z.output<Schema>, signal: AbortSignal) => AsyncIterable<unknown>,
): RouteHandler {
  return door(options.right, async (request, { params }) => {
    const actor = await admitted(request, options.right);
    const raw = await readInput(request, await params, options.maxBytes ?? DEFAULT_MAX_BYTES);
    return ndjsonResponse((signal) => operation(actor, parseInput(options.input, raw), signal), request.signal);
  });
}

function door(
  right: RouteHandler['right'],
  handle: (request: Request, context: Context) => Promise<Response>,
): RouteHandler {
  const answers = (request: Request, context: Context) => handle(request, context).catch(errorResponse);
  const handler = Object.assign(answers, { right });
  made.add(handler);
  return handler;
}

const made = new WeakSet<object>();

/** True of a handler that {@link route} or a sibling made, and of nothing else. */
export function isRouteHandler(value: unknown): value is RouteHandler {
  return typeof value === 'function' && made.has(value);
}

async function admitted(request: Request, right: Right): Promise<Actor> {
  const actor = await actorOfRequest(request);
  requireRight({ ...actor, onlyApp: null, onlyEnvironment: null }, right);
  return actor;
}

function answer(result: unknown, status = 200): Response {
  if (result instanceof Response) return result;
  const headers = { 'cache-control': 'no-store' };
  return result === undefined
    ? new Response(null, { status: 204, headers })
    : Response.json(result, { status, headers });
}
