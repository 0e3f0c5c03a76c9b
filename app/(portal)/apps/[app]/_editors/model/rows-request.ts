import { environmentPath } from '../../_data/paths.ts';

export type Row = Record<string, unknown>;
export type RowsAnswer = { rows: Row[]; /** all that pass the filters; null: not told */ total: number | null };

/** A refusal of the data API: PostgREST's code, and what it says. */
export class RowsFailure extends Error {
  override readonly name = 'RowsFailure';
  readonly status: number;
  readonly code: string;
  readonly details: string;
  readonly hint: string;

  constructor(status: number, body: { code?: string; message?: string; details?: unknown; hint?: string | null }) {
    super(body.message ?? `The data API answered ${status}.`);
    this.status = status;
    this.code = body.code ?? String(status);
    this.details = typeof body.details === 'string' ? body.details : '';
    this.hint = body.hint ?? '';
  }
}

type Place = { app: string; environment: string; model: string; profile: string | null };

/**
 * Rows of a deployed model, with their count. Numbers that a double would change come as text.
 * @throws RowsFailure
 */
export async function readRows({ app, environment, model, profile }: Place, query: string): Promise<RowsAnswer> {
  const path = `${environmentPath(app, environment)}/rows/${encodeURIComponent(model)}`;
  const response = await fetch(`/api/v1${path}?query=${encodeURIComponent(query)}`, {
    headers: { prefer: 'count=exact', ...(profile === null ? {} : { 'accept-profile': profile }) },
  }).catch(() => {
    throw new RowsFailure(0, {
      code: 'unreachable',
      message: 'The portal did not answer. Check that it runs and that you are online, then try again.',
    });
  });
  const text = await response.text();
  if (!response.ok) throw new RowsFailure(response.status, problemOf(text));
  const total = /\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1];
  return { rows: parseRows(text), total: total === undefined ? null : Number(total) };
}

function problemOf(text: string): ConstructorParameters<typeof RowsFailure>[1] {
  try {
    const body = JSON.parse(text) as { code?: string; message?: string; detail?: string; hint?: string };
    return { ...body, message: body.message ?? body.detail ?? '' };
  } catch {
    return {};
  }
}

type Reviver = (this: unknown, key: string, value: unknown, context?: { source?: string }) => unknown;

/** JSON whose numbers keep all their digits, where the browser tells a number's own text (ECMAScript 2026). */
function parseRows(text: string): Row[] {
  const keepDigits: Reviver = (_, value, context) =>
    typeof value === 'number' && context?.source !== undefined && String(value) !== context.source
      ? context.source
      : value;
  return JSON.parse(text, keepDigits as Parameters<typeof JSON.parse>[1]) as Row[];
}
