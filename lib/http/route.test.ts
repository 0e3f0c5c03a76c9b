import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { Fault } from '#lib/core/errors.ts';
import { log } from '#lib/core/log.ts';
import { Secret } from '#lib/core/secret.ts';
import { people } from '#test/support/api.ts';
import { ownStore } from '#test/support/store.ts';
import type { Problem } from './api.ts';
import { publicRoute, route, streamRoute } from './route.ts';
import type { RouteHandler } from './route.ts';

const own = ownStore();
let tokens: Awaited<ReturnType<typeof people>>;
beforeAll(async () => {
  await own.ready();
  tokens = await people();
});
afterAll(own.remove);

const input = z.strictObject({ app: z.string(), limit: z.coerce.number().optional(), title: z.string().optional() });
const echo = route({ right: 'app:create', input }, (_actor, given) => given);

type Ask = { token?: string; query?: string; body?: string; type?: string; params?: Record<string, string> };

async function call(handler: RouteHandler, { token, query = '', body, type = 'application/json', params }: Ask = {}) {
  const headers = new Headers(token === undefined ? {} : { authorization: `Bearer ${token}` });
  if (body !== undefined) headers.set('content-type', type);
  const request = new Request(`http://localhost:3000/x${query}`, { method: 'POST', headers, body: body ?? null });
  const response = await handler(request, { params: Promise.resolve(params ?? { app: 'shop' }) });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: () => JSON.parse(text) as Problem };
}

describe('a hostile body', () => {
  const input = z.strictObject({ app: z.string(), body: z.unknown() });
  const open = publicRoute({ input, maxBytes: 4 * 1024 * 1024 }, () => ({}));

  const keys = Array.from({ length: 150_000 }, (_, n) => `"k${n}":1`).join(',');
  it.each([
    ['150,000 keys', `{${keys}}`],
    ['300,000 items', `{"body":[${'0,'.repeat(300_000)}0]}`],
    ['100,000 levels', `{"body":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['a key __proto__', '{"body":{"tls":{"__proto__":{"confirmTargets":true}}}}'],
    ['__proto__ on top', '{"__proto__":{"role":"owner"}}'],
  ])('of %s is refused at once, in few words', async (_, body) => {
    const started = performance.now();
    const found = await call(open, { body });
    expect(found.status).toBe(400);
    expect(found.text.length).toBeLessThan(4_000);
    expect(performance.now() - started).toBeLessThan(3_000);
    expect('confirmTargets' in {}).toBe(false);
  });

  it('of more than a name and a password is not taken from strangers', async () => {
    const found = await call(
      publicRoute({ input }, () => ({})),
      { body: `{"body":"${'x'.repeat(20_000)}"}` },
    );
    expect(found.status).toBe(400);
    expect(found.json().detail).toContain('16 KiB');
  });
});

describe('route', () => {
  it('gives the operation path, query and body as one parsed object', async () => {
    const found = await call(echo, { token: tokens.owner, query: '?limit=5', body: '{"title":"Shop"}' });
    expect(found.status).toBe(200);
    expect(found.json()).toEqual({ app: 'shop', limit: 5, title: 'Shop' });
    expect(found.headers.get('cache-control')).toBe('no-store');
  });

  it.each([
    ['an unknown name', { body: '{"colour":"red"}' }, 'colour'],
    ['a name given twice', { body: '{"app":"other"}' }, 'twice'],
    ['a wrong value', { query: '?limit=many' }, 'limit'],
    ['what is not JSON', { body: '{' }, 'not JSON'],
    ['an array', { body: '[]' }, 'object'],
    ['another media type', { body: 'title=Shop', type: 'application/x-www-form-urlencoded' }, 'content-type'],
    ['a body over 2 MiB', { body: JSON.stringify({ title: 'x'.repeat(2 * 1024 * 1024) }) }, 'larger than 2048 KiB'],
  ])('refuses %s', async (_, ask, message) => {
    const { status, json } = await call(echo, { token: tokens.owner, ...ask });
    expect(status).toBe(400);
    expect(json()).toMatchObject({
      code: 'wrong-input',
      status: 400,
      detail: expect.stringContaining(message) as string,
    });
  });

  it('tells nobody without the right what the input should be', async () => {
    expect((await call(echo, { body: '{' })).status).toBe(401);
    expect((await call(echo, { token: 'mrm_unknown', body: '{' })).status).toBe(401);
    expect((await call(echo, { token: tokens.viewer, body: '{' })).status).toBe(403);
  });

  it('answers 204 for nothing, and passes a Response through', async () => {
    const open = z.strictObject({ app: z.string() });
    const nothing = publicRoute({ input: open }, () => undefined);
    expect(await call(nothing)).toMatchObject({ status: 204, text: '' });
    const own = publicRoute({ input: open }, () => new Response('as it is', { status: 418 }));
    expect(await call(own)).toMatchObject({ status: 418, text: 'as it is' });
  });

  it('translates a fault with its reasons', async () => {
    const reasons = [{ element: 'databases.Main', field: 'host', code: 'missing-variable', message: 'm', next: 'n' }];
    const refusing = publicRoute({ input }, () => {
      throw new Fault('refused', 'The deploy was refused.', reasons);
    });
    const { status, headers, json } = await call(refusing);
    expect(status).toBe(422);
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect(json()).toMatchObject({ code: 'refused', detail: 'The deploy was refused.', reasons });
  });

  it('tells of an unexpected error only its correlation id, which the log has too', async () => {
    const logged = vi.spyOn(log(), 'error').mockImplementation(() => undefined);
    const broken = publicRoute({ input }, () => {
      throw new Error('connect ECONNREFUSED /home/someone/secret.sock password=hunter2');
    });
    const { status, text, json } = await call(broken);
    expect(status).toBe(500);
    expect(text).not.toMatch(/ECONNREFUSED|home|hunter2|\bat /);
    expect(logged.mock.calls[0]?.[0]).toMatchObject({ correlation: json().instance });
    logged.mockRestore();
  });

  it('can not answer with a secret', async () => {
    const careless = publicRoute({ input }, () => ({ password: new Secret('canary-4711') }));
    expect((await call(careless)).text).toBe('{"password":"[secret]"}');
  });
});

describe('streamRoute', () => {
  const lines = (...given: (object | Error)[]) =>
    streamRoute({ right: 'app:read', input }, async function* () {
      for (const line of given) {
        if (line instanceof Error) throw line;
        yield line;
      }
    });

  it('sends one JSON document a line', async () => {
    const { headers, text } = await call(lines({ n: 1 }, { n: 2 }), { token: tokens.viewer });
    expect(headers.get('content-type')).toBe('application/x-ndjson');
    expect(text).toBe('{"n":1}\n{"n":2}\n');
  });

  it('refuses with a status before the first line, and with a last line after it', async () => {
    const early = await call(lines(new Fault('not-found', 'no app')), { token: tokens.viewer });
    expect(early.status).toBe(404);
    const late = await call(lines({ n: 1 }, new Fault('too-many', 'enough')), { token: tokens.viewer });
    const [, last] = late.text.trim().split('\n');
    expect(JSON.parse(last ?? '')).toMatchObject({ event: 'error', problem: { code: 'too-many' } });
    expect((await call(lines({ n: 1 }))).status).toBe(401);
  });

  it('stops its source when the reader goes', async () => {
    let seen: AbortSignal | undefined;
    const endless = streamRoute({ right: 'app:read', input }, async function* (_actor, _input, signal) {
      seen = signal;
      while (!signal.aborted) yield { tick: true };
    });
    const headers = { authorization: `Bearer ${tokens.viewer}` };
    const request = new Request('http://localhost:3000/x?app=shop', { headers });
    const response = await endless(request, { params: Promise.resolve({}) });
    await response.body?.cancel();
    expect(seen?.aborted).toBe(true);
  });
});
