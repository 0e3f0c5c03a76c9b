import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { REMOTE_HEADER } from '#lib/access/attempts.ts';
import { writeLocalProof } from '#lib/access/local-proof.ts';
import { newOwnerToken } from '#lib/access/owner-token.ts';
import { config } from '#lib/config.ts';
import { parseAllowed } from '#lib/connections/address-policy.ts';
import { Fault } from '#lib/core/errors.ts';
import { log } from '#lib/core/log.ts';
import { masterKey } from '#lib/secrets/master-key.ts';
import type { MasterKey } from '#lib/secrets/master-key.ts';
import { holdLock } from '#lib/store/hold-lock.ts';
import { migrateStore } from '#lib/store/migrate.ts';
import { closeStore } from '#lib/store/open.ts';
import { closeAfterRefusal } from './close-after-refusal.ts';
import { dataDoor } from './data-door.ts';
import { answerHealth } from './health.ts';
import { runHooks } from './hooks.ts';
import type { Pages } from './pages.ts';
import { setSecurityHeaders } from './security-headers.ts';

const HEADERS_TIMEOUT_MS = 15_000;
const REQUEST_TIMEOUT_MS = 60_000;
const KEEP_ALIVE_MS = 30_000;
const MAX_HEADER_BYTES = 16 * 1024;
const MAX_CONNECTIONS = 2_000;
const STOP_MS = 10_000;
const IDLE_POLL_MS = 50;
/** a portal that is being restarted may still be finishing its last requests */
const LOCK_WAIT_MS = STOP_MS + 2_000;
/** of these a client could make something that only the server itself says */
const OUR_HEADERS = [REMOTE_HEADER, 'x-nonce', 'content-security-policy', 'x-middleware-subrequest'];

export type Portal = {
  url: string;
  /** of a portal without an owner: shown once, here */
  ownerToken: string | null;
  masterKey: MasterKey;
  /** lets running requests finish (10 s at most), then runs the hooks and closes the store */
  stop(): Promise<void>;
};

/**
 * Opens the portal: takes port and store, migrates the store, runs the hooks, answers.
 * @throws Fault one sentence: `wrong-input` for a setting, `unavailable` for a port or store that is taken or made by a newer Mooring
 */
export async function startServer(makePages: (server: Server) => Promise<Pages>): Promise<Portal> {
  const { host, port, home, storeFile, baseUrl, targetsAllow } = config();
  // told now, not at the first connection
  parseAllowed(targetsAllow);
  // whatever is made from here on is for this user alone: store, keys, SQLite elements
  process.umask(0o077);
  mkdirSync(home, { recursive: true });
  const state = { ready: false, pages: null as Pages | null };
  const server = createServer(
    {
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      // how often the two limits above are looked at
      connectionsCheckingInterval: 1_000,
    },
    (request, response) => {
      answer(state, request, response).catch((error: unknown) => failed(error, response));
    },
  );
  server.maxConnections = MAX_CONNECTIONS;
  await listen(server, host, port);
  let release: (() => void) | null = null;
  const close = async (): Promise<void> => {
    state.ready = false;
    await closeServer(server);
    await runHooks('stop');
    await state.pages?.close();
    await closeStore();
    release?.();
  };
  try {
    release = await holdLock(`${storeFile}.portal-lock`, LOCK_WAIT_MS);
    if (!release) throw new Fault('unavailable', `Another portal is running on the store ${storeFile}. Stop it first.`);
    await migrateStore();
    const key = await masterKey();
    writeLocalProof();
    await runHooks('start');
    state.pages = await makePages(server);
    state.ready = true;
    return { url: baseUrl, ownerToken: await newOwnerToken(), masterKey: key, stop: close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function answer(
  { ready, pages }: { ready: boolean; pages: Pages | null },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { url = '/' } = request;
  if (ready && pages && url.startsWith('/data/')) return dataDoor(request, response);
  closeAfterRefusal(request, response);
  if (url === '/healthz' || url === '/readyz') return answerHealth(url, ready, response);
  if (!ready || !pages) {
    response.writeHead(503, { 'retry-after': '2' });
    response.end('The portal is starting or stopping. Try again in a moment.\n');
    return;
  }
  for (const name of OUR_HEADERS) delete request.headers[name];
  request.headers[REMOTE_HEADER] = request.socket.remoteAddress ?? 'unknown';
  setSecurityHeaders(response);
  return pages.handle(request, response);
}

function failed(error: unknown, response: ServerResponse): void {
  log().error({ err: error }, 'a request failed');
  if (response.headersSent) return void response.destroy();
  response.writeHead(500);
  response.end();
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  try {
    await new Promise<void>((done, fail) => {
      server.once('error', fail);
      server.listen(port, host, () => {
        server.off('error', fail);
        done();
      });
    });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    const why =
      error.code === 'EADDRINUSE' ? 'is taken by another program' : `can not be listened on (${String(error.code)})`;
    throw new Fault('unavailable', `Port ${port} on ${host} ${why}. Set PORT or HOST to another one and start again.`);
  }
}

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((done) => server.close(() => done()));
  // a connection whose last request ends now would be kept for the next one
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_POLL_MS);
  const cut = setTimeout(() => server.closeAllConnections(), STOP_MS);
  await closed;
  clearInterval(idle);
  clearTimeout(cut);
}
