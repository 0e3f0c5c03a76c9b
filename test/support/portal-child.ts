// A portal without pages, for tests that talk HTTP: the real server, with the routes of app/api/v1 straight from their files.
import '#lib/server/registrations.ts';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { announce } from '#lib/server/announce.ts';
import { startServer } from '#lib/server/start-server.ts';
import { callRoute } from './call-route.ts';

const portal = await startServer(async () => ({
  async handle(request, response) {
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const { method = 'GET', url = '/' } = request;
    const answer = await callRoute(
      new Request(new URL(url, `http://${request.headers.host ?? 'localhost'}`), {
        method,
        headers: Object.entries(request.headers).map(([name, value]): [string, string] => [name, String(value)]),
        body: method === 'GET' || method === 'HEAD' ? null : (Readable.toWeb(request) as unknown as BodyInit),
        // @ts-expect-error -- asked for by Node's Request for a stream, unknown to the DOM's types
        duplex: 'half',
        signal: gone.signal,
      }),
    );
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    if (answer.body) await pipeline(Readable.fromWeb(answer.body as ReadableStream), response);
    else response.end();
  },
  close: async () => {},
}));
process.stdout.write(announce(portal));
process.once('SIGTERM', () => void portal.stop().then(() => process.exit(0)));
