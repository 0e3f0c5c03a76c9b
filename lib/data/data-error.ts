/** A refusal in PostgREST's shape: `{code, message, details, hint}` with its status. */
export class DataError extends Error {
  override readonly name = 'DataError';
  readonly status: number;
  readonly code: string;
  readonly details: string | null;
  readonly hint: string | null;
  readonly headers: Record<string, string>;

  constructor(
    status: number,
    code: string,
    message: string,
    more: { details?: string | null; hint?: string | null; headers?: Record<string, string> } = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = more.details ?? null;
    this.hint = more.hint ?? null;
    this.headers = more.headers ?? {};
  }
}

/** Text that does not follow the grammar of a query parameter: PostgREST's PGRST100. */
export function unparsable(what: string, text: string, hint: string): DataError {
  return new DataError(400, 'PGRST100', `"failed to parse ${what} (${clip(text)})"`, { hint });
}

/** Part of the dialect that this version does not answer yet; never silently ignored. */
export function notYet(what: string): DataError {
  return new DataError(400, 'not-yet', `${what} is not supported yet`, {
    hint: 'See the data API page of the documentation for what is supported.',
  });
}

export function unknownColumn(model: string, name: string): DataError {
  return new DataError(400, '42703', `column ${model}.${clip(name)} does not exist`);
}

function clip(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
