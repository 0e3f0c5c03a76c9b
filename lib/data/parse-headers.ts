import type { IncomingHttpHeaders } from 'node:http';
import { DataError, notYet } from './data-error.ts';

export type Prefer = { count: boolean; return: 'minimal' | 'representation' | null };

/** RFC 7240. Known later values answer `not-yet`; unknown ones are ignored, as the RFC has it. */
export function parsePrefer(header: string | string[] | undefined): Prefer {
  const prefer: Prefer = { count: false, return: null };
  if (header === undefined) return prefer;
  for (const item of String(header).split(',')) {
    const word = item.trim();
    if (word === 'count=exact') prefer.count = true;
    else if (word === 'return=minimal' || word === 'return=representation') {
      prefer.return = word === 'return=minimal' ? 'minimal' : 'representation';
    } else if (/^(resolution|missing|max-affected|tx)=/.test(word)) throw notYet(`Prefer: ${word.slice(0, 40)}`);
  }
  return prefer;
}

const SINGLE = 'application/vnd.pgrst.object+json';
const LATER = new Set(['text/csv', 'application/x-ndjson', 'application/openapi+json', 'application/geo+json']);

/** Whether one object is asked for instead of an array. @throws DataError when no acceptable type can be given */
export function parseAccept(header: string | undefined): 'array' | 'object' {
  if (header === undefined || header === '' || header === '*/*' || header === 'application/json') return 'array';
  const types = header.split(',').map((each) =>
    each
      .trim()
      .toLowerCase()
      .replace(/;\s*(charset=utf-8|q=[\d.]+)/g, ''),
  );
  for (const type of types) {
    if (type === SINGLE) return 'object';
    if (type === 'application/json' || type === '*/*' || type === 'application/*') return 'array';
  }
  if (types.some((type) => LATER.has(type))) throw notYet(`Accept: ${header.slice(0, 60)}`);
  throw new DataError(400, 'PGRST107', `None of these media types are available: ${header.slice(0, 80)}`, {
    hint: `Ask for application/json, or ${SINGLE} for one row.`,
  });
}

/** @throws DataError when the body is said to be anything but JSON */
export function checkContentType(header: string | undefined): void {
  const type = (header ?? 'application/json').split(';')[0]?.trim().toLowerCase();
  if (type === 'application/json' || type === '') return;
  if (type === 'text/csv' || type === 'application/x-ndjson') throw notYet(`Content-Type: ${type}`);
  throw new DataError(400, 'PGRST102', `Content-Type not acceptable: ${String(type).slice(0, 60)}`, {
    hint: 'Send application/json.',
  });
}

export type Window = { limit: number | null; offset: number };

/** `limit` and `offset` of the query, met with the `Range` header (RFC 9110 section 14, unit `items`). */
export function parseWindow(
  parameters: { limit: string | null; offset: string | null },
  headers: IncomingHttpHeaders,
): Window {
  const limit = wholeNumber('limit', parameters.limit);
  const offset = wholeNumber('offset', parameters.offset) ?? 0;
  const range = headers.range;
  if (range === undefined) return { limit, offset };
  const parts = /^(?:items=)?(\d+)-(\d*)$/.exec(range.trim());
  if (!parts) return { limit, offset };
  if (parts.some((part) => part.length > 15 && part !== parts[0])) {
    throw outOfRange('The Range header names rows beyond any number of rows.');
  }
  const first = Number(parts[1]);
  const last = parts[2] === '' ? null : Number(parts[2]);
  if (last !== null && last < first)
    throw outOfRange('The lower boundary must be lower than or equal to the upper boundary in the Range header.');
  const start = Math.max(first, offset);
  const ends = [last === null ? null : last + 1, limit === null ? null : offset + limit].filter((end) => end !== null);
  return { limit: ends.length > 0 ? Math.max(0, Math.min(...ends) - start) : null, offset: start };
}

export function outOfRange(details: string): DataError {
  return new DataError(416, 'PGRST103', 'Requested range not satisfiable', { details });
}

function wholeNumber(name: string, text: string | null): number | null {
  if (text === null) return null;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new DataError(400, 'PGRST100', `"failed to parse ${name} (${text.slice(0, 40)})"`, {
    hint: `${name} is a whole number from 0.`,
  });
}
