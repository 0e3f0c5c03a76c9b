import { ConnectFailure, DatabaseFailure } from '#elements/database/contract.ts';
import { PoolExhausted } from '#lib/connections/pool-failures.ts';
import { Fault } from '#lib/core/errors.ts';
import { answer, type Backend } from './answer.ts';
import { DataError } from './data-error.ts';
import type { DataRequest, DataResponse } from './data-request.ts';
import { toDataError } from './failures.ts';

/** Who a data token speaks for. */
export type DataCaller = { app: string; environment: string; role: 'read' | 'write' };

export type DataServices = {
  /** null: no such token, or it has ended */
  authenticate(token: string): DataCaller | null | Promise<DataCaller | null>;
  /** null: nothing is deployed there; `missing`: keys without which the release can not serve */
  backend(app: string, environment: string): MaybePromise<Backend | { missing: string[] } | null>;
  /** an error nobody expected: logged, and answered with its correlation id */
  report(error: unknown): string;
};
type MaybePromise<T> = T | Promise<T>;

/**
 * The data API as a plain function: `/data/{app}/{environment}/{model}?query` → answer.
 * Never throws; every refusal is `{code, message, details, hint}`.
 */
export async function serveData(services: DataServices, request: DataRequest): Promise<DataResponse> {
  try {
    const { app, environment, model, query } = parsePath(request.url);
    const caller = await authenticate(services, request, app, environment);
    if (request.method !== 'GET' && caller.role !== 'write') {
      throw new DataError(403, '42501', 'this token may only read', { hint: 'Use a token with the role write.' });
    }
    const found = services.backend(app, environment);
    const backend = found instanceof Promise ? await found : found;
    if (backend === null) {
      throw new DataError(404, 'PGRST205', `Nothing is deployed to ${environment}`, {
        hint: `Deploy ${app} to ${environment} first.`,
      });
    }
    if ('missing' in backend) throw unavailable(environment, backend.missing);
    return await answer(backend, model, query, request);
  } catch (error) {
    return refusal(services, error);
  }
}

/** How any error is answered: known ones in the dialect's words, others without a word of their text. */
export function refusal(services: Pick<DataServices, 'report'>, error: unknown): DataResponse {
  const known = asDataError(error) ?? unexpected(services.report(error));
  const { code, message, details, hint } = known;
  return {
    status: known.status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...known.headers },
    body: JSON.stringify({ code, message, details, hint }),
  };
}

function asDataError(error: unknown): DataError | null {
  if (error instanceof DataError) return error;
  if (error instanceof DatabaseFailure) return toDataError(error);
  if (error instanceof PoolExhausted) {
    return new DataError(503, 'PGRST003', error.message, {
      headers: { 'retry-after': String(error.retryAfterSeconds) },
    });
  }
  // policy refused the address, or the master key is wrong
  if (error instanceof Fault) return new DataError(503, '08001', error.message, { headers: { 'retry-after': '5' } });
  if (error instanceof ConnectFailure) {
    return new DataError(503, '08001', 'the database of this environment can not be reached', {
      details: error.why,
      hint: 'Test the connection in the portal.',
      headers: { 'retry-after': '2' },
    });
  }
  return null;
}

function unexpected(correlation: string): DataError {
  return new DataError(500, 'XX000', 'an unexpected fault', { details: `Correlation id ${correlation}.` });
}

export function unavailable(environment: string, missing: string[]): DataError {
  return new DataError(
    503,
    'PGRST000',
    `${environment} is unavailable: variables of the deployed release have no value`,
    {
      details: missing.join(', '),
      hint: `Set ${missing.length === 1 ? 'it' : 'them'} in ${environment}.`,
      headers: { 'retry-after': '5' },
    },
  );
}

function parsePath(url: string): { app: string; environment: string; model: string; query: string } {
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const [, , app = '', environment = '', ...rest] = path.split('/');
  return {
    app: decode(app),
    environment: decode(environment),
    model: decode(rest.join('/')),
    query: mark < 0 ? '' : url.slice(mark + 1),
  };
}

function decode(part: string): string {
  if (!part.includes('%')) return part;
  try {
    return decodeURIComponent(part);
  } catch {
    throw new DataError(400, 'PGRST125', 'Invalid path specified in request URL');
  }
}

async function authenticate(
  services: DataServices,
  request: DataRequest,
  app: string,
  environment: string,
): Promise<DataCaller> {
  const header = request.headers.authorization;
  if (header === undefined) {
    throw new DataError(401, 'PGRST302', 'Anonymous access is disabled', {
      hint: 'Send Authorization: Bearer TOKEN.',
      headers: CHALLENGE,
    });
  }
  const token = /^Bearer +(\S+)$/i.exec(header)?.[1];
  const found = token === undefined ? null : services.authenticate(token);
  const caller = found instanceof Promise ? await found : found;
  if (caller === null || caller.app !== app || caller.environment !== environment) {
    throw new DataError(401, 'PGRST301', 'No such token for this app and environment', {
      hint: `Make one with \`mooring token create ${app.slice(0, 63)} ${environment.slice(0, 63)} --role read\`.`,
      headers: CHALLENGE,
    });
  }
  return caller;
}

const CHALLENGE = { 'www-authenticate': 'Bearer' };
