import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * An answer that begins before the whole body has come (too large, not allowed) ends the connection with it: the rest of the body
 * would stand in the way of the next request on it (RFC 9112 section 9.6).
 */
export function closeAfterRefusal(request: IncomingMessage, response: ServerResponse): void {
  const { 'content-length': length = '0', 'transfer-encoding': chunked } = request.headers;
  if (length === '0' && chunked === undefined) return;
  const writeHead = response.writeHead.bind(response) as (...given: unknown[]) => ServerResponse;
  response.writeHead = ((...given: unknown[]) => {
    if (!request.complete) response.setHeader('connection', 'close');
    return writeHead(...given);
  }) as ServerResponse['writeHead'];
}
