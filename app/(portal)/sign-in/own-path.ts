// never looked up: it only stands in for the portal's own address
const HERE = 'http://portal.invalid';

/**
 * A path of this portal to go on to, or `/` for anything that leads, or might be read as leading, to another site. It is read as
 * browsers do (WHATWG URL): tabs and line ends within it count for nothing, a backslash is a slash.
 */
export function ownPath(to: unknown): string {
  const url = typeof to === 'string' && to.startsWith('/') ? URL.parse(to, HERE) : null;
  if (url?.origin !== HERE) return '/';
  return url.pathname.startsWith('//') ? '/' : url.pathname + url.search + url.hash;
}
