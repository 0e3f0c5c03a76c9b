import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { DataError } from '#lib/data/data-error.ts';
import { handleData } from '#lib/data/handle.ts';

const MAX_BODY_BYTES = 16 * 1024 * 1024;

/** Hands a request of `/data/` to the data API as plain values, and writes its answer. */
export async function dataDoor(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const answer = await handleData({
    method: request.method ?? 'GET',
    url: request.url ?? '/',
    headers: request.headers,
    body: () => readText(request),
  });
  const { body } = answer;
  const headers: OutgoingHttpHeaders = answer.headers;
  if (body !== null) headers['content-length'] = Buffer.byteLength(body);
  // the rest of a body that was refused half-way would stand in the way of the next request (RFC 9112 section 9.6)
  if (!request.complete) headers.connection = 'close';
  response.writeHead(answer.status, headers);
  response.end(body);
}

/** By events: an async iterator costs more than the rest of a small request. */
function readText(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= MAX_BODY_BYTES) chunks.push(chunk);
      else reject(new DataError(413, 'PGRST102', 'The body is larger than 16 MiB'));
    });
    request.on('end', () => resolve((chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)).toString('utf8')));
    request.on('error', () => reject(new DataError(400, 'PGRST102', 'The body did not arrive whole')));
  });
}
