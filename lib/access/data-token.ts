import { processWide } from '#lib/core/process-wide.ts';
import { store } from '#lib/store/store.ts';
import { hashToken } from './token-text.ts';

/** What a data token opens. */
export type DataAccess = { appName: string; environment: string; role: 'read' | 'write' };

type Entry = { access: DataAccess; until: number };

// also bounds how long a token outlives an app, an environment or a role that other code took away
const FRESH_MS = 1_000;
const MOST_ENTRIES = 10_000;

const cache = () => processWide('data-tokens', () => ({ byText: new Map<string, Entry>(), generation: 0 }));

/** Ends what is remembered: after a token was revoked, a user disabled, an app or environment deleted or renamed. */
export function forgetDataTokens(): void {
  const present = cache();
  present.byText = new Map();
  present.generation++;
}

/** The answer of {@link authenticateDataToken} where it is a second old at most; undefined: ask that. For the hot path. */
export function dataTokenFromCache(text: string): DataAccess | undefined {
  const entry = cache().byText.get(text);
  return entry !== undefined && entry.until > Date.now() ? entry.access : undefined;
}

/**
 * What a data token opens, or null when it is unknown, revoked, past its end, or its maker is disabled. Of a maker who has become a
 * viewer, a token only reads.
 */
export async function authenticateDataToken(text: string): Promise<DataAccess | null> {
  const cached = dataTokenFromCache(text);
  if (cached) return cached;
  const { generation } = cache();
  const found = await read(text);
  const present = cache();
  // not when something ended while this was being read
  if (found && present.generation === generation) {
    if (present.byText.size >= MOST_ENTRIES) present.byText.clear();
    present.byText.set(text, found);
  }
  return found?.access ?? null;
}

async function read(text: string): Promise<Entry | null> {
  const token = await store().token.findUnique({
    where: { hash: hashToken(text) },
    include: { user: true, app: { select: { name: true } }, environment: { select: { name: true } } },
  });
  if (!token?.app || !token.environment || token.kind !== 'data' || token.revokedAt || token.user.disabledAt)
    return null;
  const end = token.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY;
  if (end <= Date.now()) return null;
  const role = token.scope === 'write' && token.user.role !== 'viewer' ? 'write' : 'read';
  const access: DataAccess = { appName: token.app.name, environment: token.environment.name, role };
  return { access, until: Math.min(Date.now() + FRESH_MS, end) };
}
