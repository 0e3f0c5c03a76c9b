import { config } from '#lib/config.ts';

/**
 * True for a request that one of our own pages made: `Origin` is ours (MOORING_BASE_URL, or a loopback twin of it), or, where a
 * browser sends none, `Sec-Fetch-Site` says so. A request with neither is not.
 */
export function isSameOrigin(headers: Headers): boolean {
  const origin = headers.get('origin');
  const site = headers.get('sec-fetch-site');
  if (origin !== null) return config().origins.includes(origin) && (site === null || site === 'same-origin');
  return site === 'same-origin';
}
