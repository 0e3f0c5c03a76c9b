import { randomBytes } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import next from 'next';
import { config, PROJECT_ROOT } from '#lib/config.ts';
import { contentSecurityPolicy } from './security-headers.ts';

/** Whoever answers what is neither the data API nor a health check. */
export type Pages = {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  close(): Promise<void>;
};

/** The portal's pages and management API, by Next. It reads the nonce for its own scripts from the request's policy header. */
export async function nextPages(httpServer: Server, dev: boolean): Promise<Pages> {
  const { host, port } = config();
  const app = next({ dev, dir: PROJECT_ROOT, hostname: host, port, customServer: true, httpServer });
  await app.prepare();
  const handle = app.getRequestHandler();
  // Next listens by itself, for reloads in development; left to it in production, such a socket would stay open for ever
  if (!dev) httpServer.on('upgrade', (_request, socket) => socket.destroy());
  return {
    handle(request, response) {
      if (!request.url?.startsWith('/api/')) {
        const nonce = randomBytes(16).toString('base64');
        const policy = contentSecurityPolicy(nonce, dev);
        request.headers['x-nonce'] = nonce;
        request.headers['content-security-policy'] = policy;
        response.setHeader('content-security-policy', policy);
      }
      return handle(request, response);
    },
    close: () => app.close(),
  };
}
