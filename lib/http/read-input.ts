import type { z } from 'zod';
import { Fault } from '#lib/core/errors.ts';

/** deepest nesting, and most keys, of a body: far more than any element has or a push has files */
const MAX_DEPTH = 64;
const MAX_KEYS = 200_000;
/** nobody reads more; the rest is counted */
const MAX_REASONS = 200;
const LONGEST_REASON = 500;

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
  const seen = new Set<string>();
  const twice = parts.map(([name]) => name).find((name) => seen.size === seen.add(name).size);
  if (twice !== undefined) throw new Fault('wrong-input', `"${twice.slice(0, 80)}" is given twice. Give it once.`);
  return Object.fromEntries(parts);
}

/**
 * Checks any input against its schema. Use strict objects, so that unknown names are refused.
 * @throws Fault `wrong-input` with a reason for each fault, its field dotted
 */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const reasons = issues.slice(0, MAX_REASONS).map((issue) => ({
    ...(issue.path.length > 0 && { field: issue.path.join('.').slice(0, LONGEST_REASON) }),
    code: 'wrong-input',
    message: issue.message.slice(0, LONGEST_REASON),
    next: 'Correct it and send it again.',
  }));
  const first = reasons[0];
  const where = first?.field === undefined ? '' : `${first.field}: `;
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : '';
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
  checkShape(body);
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body;
  throw new Fault('wrong-input', 'The body must be a JSON object. Correct it and send it again.');
}

/** What no honest body has and code further in need not expect. @throws Fault `wrong-input` */
function checkShape(body: unknown): void {
  const open: { value: unknown; depth: number }[] = [{ value: body, depth: 0 }];
  let keys = 0;
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, depth } = next;
    if (typeof value !== 'object' || value === null) continue;
    if (depth >= MAX_DEPTH) throw wrongShape(`at most ${MAX_DEPTH} levels`);
    if (Object.hasOwn(value, '__proto__')) throw wrongShape('no key "__proto__"');
    for (const inner of Object.values(value) as unknown[]) {
      keys += 1;
      if (keys > MAX_KEYS) throw wrongShape(`at most ${MAX_KEYS} keys and items`);
      open.push({ value: inner, depth: depth + 1 });
    }
  }
}

const wrongShape = (expected: string): Fault =>
  new Fault('wrong-input', `The body must have ${expected}. Correct it and send it again.`);

async function readBytes(request: Request, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.length;
    if (length > maxBytes) {
      throw new Fault('wrong-input', `The body is larger than ${maxBytes / 1024} KiB. Send less at a time.`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
