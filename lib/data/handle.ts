import { randomUUID } from 'node:crypto';
import { authenticateDataToken, dataTokenFromCache, type DataAccess } from '#lib/access/data-token.ts';
import { log } from '#lib/core/log.ts';
import { activeRelease, activeReleaseFromCache, type ActiveRelease } from '#lib/deploy/active-release.ts';
import { backendOf } from './backend.ts';
import type { DataRequest, DataResponse } from './data-request.ts';
import { serveData, type DataCaller, type DataServices } from './serve.ts';

/** The data API of this installation; see {@link serveData}. Never throws. */
export function handleData(request: DataRequest): Promise<DataResponse> {
  return serveData(services, request);
}

/** A look into two Maps per request; the store is asked only when they do not know. */
const services: DataServices = {
  authenticate(token) {
    const cached = dataTokenFromCache(token);
    return cached ? callerOf(cached) : authenticateDataToken(token).then((found) => found && callerOf(found));
  },
  backend(app, environment) {
    const cached = activeReleaseFromCache(app, environment);
    return cached ? ready(cached) : activeRelease(app, environment).then((found) => found && ready(found));
  },
  report: reportUnexpected,
};

/** Logs an error nobody expected. @returns its correlation id */
export function reportUnexpected(error: unknown): string {
  const correlation = randomUUID();
  log().error({ correlation, err: error }, 'unexpected error in the data API');
  return correlation;
}

function callerOf({ appName, environment, role }: DataAccess): DataCaller {
  return { app: appName, environment, role };
}

function ready(active: ActiveRelease) {
  return active.reasons.length > 0 ? { missing: active.missing } : backendOf(active);
}
