/**
 * What a tab shows, as it stands in the address after `/apps/{app}/`:
 * `databases.Main`, `variables`, or `new/databases.PgSqlType/databases.Main` for an element that is not saved yet.
 */
export type View = string;

/** `kind` is the key of the editor registry: a family, or the name of a page. */
export type ParsedView = { kind: string; fullName: string | null; draftType: string | null };

export function parseView(view: View): ParsedView {
  const [first = '', type = null, name = null] = view.split('/');
  if (first === 'new' && type && name) return { kind: name.split('.')[0] ?? '', fullName: name, draftType: type };
  const [kind = ''] = first.split('.');
  return { kind, fullName: first.includes('.') ? first : null, draftType: null };
}

export function draftView(type: string, fullName: string): View {
  return `new/${type}/${fullName}`;
}

/** Reads the view from a path. @param pathname as `usePathname` gives it */
export function viewOfPath(app: string, pathname: string): View {
  const prefix = `/apps/${encodeURIComponent(app)}`;
  return pathname.startsWith(`${prefix}/`) ? decodeURIComponent(pathname.slice(prefix.length + 1)) : '';
}

export function hrefOf(app: string, view: View, environment: string, search = ''): string {
  const parameters = new URLSearchParams(search);
  parameters.delete('env');
  if (environment !== 'development') parameters.set('env', environment);
  const query = parameters.toString();
  return `/apps/${encodeURIComponent(app)}${view ? `/${view}` : ''}${query ? `?${query}` : ''}`;
}

const PAGES: Record<string, string> = {
  connections: 'Connections',
  variables: 'Variables',
  environments: 'Environments',
  'test-all': 'Test all',
  deploy: 'Deploy',
  releases: 'Releases',
  'from-tables': 'From existing tables',
};

/** Short name for a tab. */
export function titleOfView(view: View): string {
  const { fullName, kind } = parseView(view);
  return fullName ? (fullName.split('.').at(-1) ?? fullName) : (PAGES[kind] ?? kind);
}
