import type { z } from 'zod';
import { Fault } from '#lib/core/errors.ts';

/** Path parameters as Next hands them over. */
export type Params = Record<string, string | string[] | undefined>;

/**
 * Path, query and JSON body as one object: the parts of the path win, a name that stands in two places is refused.
 * @throws Fault `wrong-input`: not JSON, not an object, larger than `maxBytes`
 */
export async function readInput(
  request: Request,
  params: Params | undefined,
  maxBytes: number,
): Promise<Record<string, unknown>> {
  const query = [...new URL(request.url).searchParams];
  const body = await readBody(request, maxBytes);
  const parts = [...Object.entries(params ?? {}), ...query, ...Object.entries(body)];
  const twice = parts.map(([name]) => name).find((name, i, names) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new Fault('wrong-input', `"${twice}" is given twice. Give it once.`);
  return Object.fromEntries(parts);
}

/**
 * Checks any input against its schema. Use strict objects, so that unknown names are refused.
 * @throws Fault `wrong-input` with a reason for each fault, its field dotted
 */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const reasons = parsed.error.issues.map((issue) => ({
    ...(issue.path.length > 0 && { field: issue.path.join('.') }),
    code: 'wrong-input',
    message: issue.message,
    next: 'Correct it and send it again.',
  }));
  const first = reasons[0];
  const where = first?.field === undefined ? '' : `${first.field}: `;
  const more = reasons.length > 1 ? ` (and ${reasons.length - 1} more)` : '';
  throw new Fault('wrong-input', `${where}${first?.message}${more}. Correct it and send it again.`, reasons);
}

async function readBody(request: Request, maxBytes: number): Promise<object> {
  const bytes = await readBytes(request, maxBytes);
  if (bytes.length === 0) return {};
  if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? '')) {
    throw new Fault('wrong-input', 'The body must be JSON. Send it with `content-type: application/json`.');
  }
  let body: unknown;
  try {
    body = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new Fault('wrong-input', 'The body is not JSON. Correct it and send it again.');
  }
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body;
  throw new Fault('wrong-input', 'The body must be a JSON object. Correct it and send it again.');
}

async function readBytes(request: Request, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.length;
    if (length > maxBytes) {
      throw new Fault('wrong-input', `The body is larger than ${maxBytes / 1024 / 1024} MiB. Send less at a time.`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
