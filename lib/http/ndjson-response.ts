import { problemOf } from './error-response.ts';

/**
 * An answer of JSON lines, sent as `lines` gives them. The first one is awaited, so that a refusal still has its status.
 * @throws what `lines` throws before its first line
 */
export async function ndjsonResponse(
  lines: (signal: AbortSignal) => AsyncIterable<unknown>,
  gone: AbortSignal,
): Promise<Response> {
  const stop = new AbortController();
  gone.addEventListener('abort', () => stop.abort(), { once: true });
  const iterator = lines(stop.signal)[Symbol.asyncIterator]();
  let next = await iterator.next();
  const encoder = new TextEncoder();
  const line = (value: unknown) => encoder.encode(`${JSON.stringify(value)}\n`);
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (next.done) return controller.close();
      controller.enqueue(line(next.value));
      try {
        next = await iterator.next();
      } catch (error) {
        controller.enqueue(line({ event: 'error', problem: problemOf(error) }));
        controller.close();
      }
    },
    async cancel() {
      stop.abort();
      await iterator.return?.();
    },
  });
  return new Response(body, { headers: { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' } });
}
