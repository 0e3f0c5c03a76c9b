import { TextRefused, type Found } from './pasted.ts';

/**
 * `sqlite:main.db`, `sqlite:///main.db`, `file:./main.db?mode=ro`, or a bare path. Three slashes before a relative path are
 * SQLAlchemy's, four make it absolute; behind `file:` any that stands first does.
 * @throws TextRefused
 */
export function readFile(text: string, form: string): Found {
  const [, scheme = '', path = '', query = ''] =
    /^(?:(sqlite3?|file)(?:\+\w+)?:)?([^?#]*)(?:\?([^#]*))?/is.exec(text) ?? [];
  const relative = scheme.toLowerCase() === 'file' ? path.replace(/^\/\/(?=\.)/, '') : path.replace(/^\/\/\/?/, '');
  const file = decoded(relative);
  const found: Found = {
    form,
    engine: 'sqlite',
    parts: [],
    settings: [],
    namesHost: true,
    seconds: false,
    refused: [],
    ignored: [],
  };
  if (file === '') throw new TextRefused('A path is expected after the scheme, such as sqlite:main.db.');
  found.parts.push({ field: 'file', key: 'file', value: file });
  found.settings = [...new URLSearchParams(query)].map(([key, value]) => ({ key, value }));
  return found;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new TextRefused('A % in the path begins no code such as %20; a % itself is written %25.');
  }
}
