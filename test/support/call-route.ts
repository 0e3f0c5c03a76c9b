import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PROJECT_ROOT } from '#lib/config.ts';
import type { RouteHandler } from '#lib/http/route.ts';

const API = join(PROJECT_ROOT, 'app/api/v1');

type Found = { file: string; params: Record<string, string> };

/** Answers a request of `/api/v1/…` as Next would, from the files of the routes: 404 without one, 405 without the method. */
export async function callRoute(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  const found = pathname.startsWith('/api/v1/')
    ? findRoute(pathname.slice('/api/v1/'.length).split('/').map(decodeURIComponent))
    : null;
  if (!found) return new Response('not found', { status: 404 });
  const exported = (await import(/* @vite-ignore */ pathToFileURL(found.file).href)) as Record<string, RouteHandler>;
  const handler = exported[request.method];
  if (!handler) return new Response('method not allowed', { status: 405 });
  return handler(request, { params: Promise.resolve(found.params) });
}

// a folder of the very name goes before one that stands for any
function findRoute(segments: string[], folder = API, params: Record<string, string> = {}): Found | null {
  const entries = readdirSync(folder, { withFileTypes: true });
  const [first, ...rest] = segments;
  if (first === undefined) {
    return entries.some(({ name }) => name === 'route.ts') ? { file: join(folder, 'route.ts'), params } : null;
  }
  const folders = entries.flatMap((entry) => (entry.isDirectory() ? entry.name : []));
  const inner = folders.includes(first) ? findRoute(rest, join(folder, first), params) : null;
  if (inner) return inner;
  const any = folders.find((name) => /^\[\w+\]$/.test(name));
  return any === undefined ? null : findRoute(rest, join(folder, any), { ...params, [any.slice(1, -1)]: first });
}
