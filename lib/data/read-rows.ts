import type { Actor } from '#lib/access/actor.ts';
import { findEnvironment } from '#lib/apps/find-app.ts';
import { activeRelease } from '#lib/deploy/active-release.ts';
import { answer } from './answer.ts';
import { backendOf } from './backend.ts';
import { DataError } from './data-error.ts';
import { reportUnexpected } from './handle.ts';
import { refusal, unavailable } from './serve.ts';

type RowsInput = { app: string; env: string; model: string; query?: string | undefined };

/**
 * Rows of a deployed model for people who are signed in: the data API's own answer, read only.
 * `query` is one of the data API's own, such as `select=name&limit=5`; the headers `Prefer` and `Range` count too.
 */
export async function readRows(actor: Actor, input: RowsInput, request: Request): Promise<Response> {
  await findEnvironment(actor, 'data:read', input.app, input.env);
  const { body, status, headers } = await rows(input, request).catch((error: unknown) =>
    refusal({ report: reportUnexpected }, error),
  );
  return new Response(body, { status, headers: { ...headers, 'cache-control': 'no-store' } });
}

async function rows({ app, env, model, query = '' }: RowsInput, request: Request) {
  const active = await activeRelease(app, env);
  if (!active)
    throw new DataError(404, 'PGRST205', `Nothing is deployed to ${env}`, { hint: `Deploy ${app} to ${env} first.` });
  if (active.reasons.length > 0) throw unavailable(env, active.missing);
  return answer(backendOf(active), model, query, {
    method: 'GET',
    url: '',
    headers: Object.fromEntries(request.headers),
    body: () => Promise.resolve(''),
  });
}
