import type { ServerResponse } from 'node:http';
import { masterKey } from '#lib/secrets/master-key.ts';
import { store } from '#lib/store/store.ts';

/** `/healthz`: the process answers. `/readyz`: it is neither starting nor stopping, and its store answers. */
export async function answerHealth(
  path: '/healthz' | '/readyz',
  ready: boolean,
  response: ServerResponse,
): Promise<void> {
  const { status, body } = path === '/healthz' ? { status: 200, body: { status: 'ok' } } : await readiness(ready);
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}

async function readiness(ready: boolean): Promise<{ status: number; body: object }> {
  if (!ready) return { status: 503, body: { status: 'not-ready' } };
  try {
    await store().setting.count();
    return { status: 200, body: { status: 'ready', sealed: (await masterKey()).state === 'sealed' } };
  } catch {
    return { status: 503, body: { status: 'store-unreachable' } };
  }
}
