import { expect, it } from 'vitest';
import { jsonLines } from './json-lines.ts';

function answer(chunks: string[]): Response {
  const encoder = new TextEncoder();
  return new Response(
    new ReadableStream({
      start(controller) {
        for (const chunk of chunks) controller.enqueue(encoder.encode(chunk));
        controller.close();
      },
    }),
  );
}

it('puts lines together that chunks cut, and takes a last one without an end', async () => {
  const lines: unknown[] = [];
  for await (const line of jsonLines(answer(['{"a":', '1}\n{"b"', ':"ü"}\n\n', '{"c":3}']))) lines.push(line);
  expect(lines).toEqual([{ a: 1 }, { b: 'ü' }, { c: 3 }]);
});
