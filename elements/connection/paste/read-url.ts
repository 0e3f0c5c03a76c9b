import { hasField, type PasteEngine } from './engine-fields.ts';
import { place, TextRefused, type Found } from './pasted.ts';
import { readServerUrl } from './read-server-url.ts';
import { SEVERAL_HOSTS } from './rules/rule.ts';

const SHAPE = 'scheme://user:password@host:port/database';
/** names that a server of DM itself has, not a schema of it */
const SERVER_NAMES = /^(?:dmserver|dameng)$/i;

type Part = Found['parts'][number];
type At = (offset: number) => string;

/**
 * `scheme://user:password@host:port/path?key=value`, read by the platform's own URL parser. `text` begins where `//` is
 * expected, at `start` of `whole`, which is what places in messages are counted in.
 * @throws TextRefused
 */
export function readUrl(engine: PasteEngine, form: string, text: string, whole: string, start: number): Found {
  const at: At = (offset) => place(whole, start + offset);
  if (!text.startsWith('//')) throw new TextRefused(`After the scheme, at ${at(0)}, // is expected, as in ${SHAPE}.`);
  if (hasField(engine, 'instance') && /^[^?]*;/.test(text)) return readServerUrl(engine, form, text, whole, start);
  for (const [mark, code] of Object.entries({ '#': '%23', ' ': '%20' })) {
    if (text.includes(mark))
      throw new TextRefused(`“${mark}” stands at ${at(text.indexOf(mark))}; in a URL it is written ${code}.`);
  }
  const found: Found = {
    form,
    engine,
    parts: [],
    settings: [],
    namesHost: false,
    seconds: false,
    refused: [],
    ignored: [],
  };
  const { login, host, tail, from } = cut(text);
  const instance = hasField(engine, 'instance') ? /\\[^:]*/.exec(host)?.[0] : undefined;
  const plain = host.replace(instance ?? '', '');
  const refusal = refusedHost(plain, login, tail);
  if (refusal) found.refused.push({ key: 'host', why: refusal });
  else checkHost(plain, login, tail, from, at);
  const url = parse(`any://${login}${refusal ? 'none' : plain}${tail}`, from, at);
  const part = (field: Part['field'], value: string) =>
    found.parts.push({ field, key: field, value: decoded(value, field, at) });
  part('host', refusal ? '' : url.hostname);
  part('port', url.port);
  if (instance) part('instance', instance.slice(1));
  part('user', url.username);
  part('password', url.password);
  found.settings = [...url.searchParams].map(([key, value]) => ({ key, value }));
  placePath(
    found,
    url.pathname.split('/').filter((step) => step !== ''),
    part,
  );
  return found;
}

function cut(text: string): { login: string; host: string; tail: string; from: number } {
  const [, authority = '', tail = ''] = /^\/\/([^/?]*)(.*)$/s.exec(text) ?? [];
  const login = authority.slice(0, authority.lastIndexOf('@') + 1);
  return { login, host: authority.slice(login.length), tail, from: 2 + login.length };
}

/** A list of hosts, an interface, a socket in the query: no host is taken, the rest is still read. */
function refusedHost(host: string, login: string, tail: string): string | null {
  if (/[,(]/.test(host)) return SEVERAL_HOSTS;
  if (host.startsWith('[') && host.includes('%')) return 'a network interface behind an address is not taken';
  if (host === '' && login !== '' && /[?&]host=/.test(tail)) return 'a host that stands among the options is not taken';
  return null;
}

/** What a half-typed URL lacks, and where. */
function checkHost(host: string, login: string, tail: string, from: number, at: At): void {
  if (host === '' && (login !== '' || tail === '')) throw new TextRefused(`At ${at(from)} a host is expected.`);
  if (host.startsWith('[') && !host.includes(']')) {
    throw new TextRefused(`The [ at ${at(from)} is not closed; an IPv6 address stands between [ and ].`);
  }
  const colon = host.indexOf(':', host.indexOf(']') + 1);
  const isCut = login === '' && /@[\p{L}\p{N}_.-]+(?::\d+)?(?:\/|$)/u.test(tail);
  if (isCut)
    throw new TextRefused(
      `User or password end at ${at(from + host.length)} with a / or ?, which is written %2F or %3F.`,
    );
  if (colon >= 0 && !/^\d{0,5}$/.test(host.slice(colon + 1))) {
    throw new TextRefused(`What follows the : at ${at(from + colon)} is no port; ${SHAPE} is expected.`);
  }
}

function parse(url: string, from: number, at: At): URL {
  try {
    return new URL(url);
  } catch {
    throw new TextRefused(`Host and port at ${at(from)} can not be read; ${SHAPE} is expected.`);
  }
}

function decoded(text: string, name: string, at: At): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new TextRefused(
      `A % in the ${name}, behind ${at(2)}, begins no code such as %40; a % itself is written %25.`,
    );
  }
}

function placePath(found: Found, steps: string[], part: (field: Part['field'], value: string) => void): void {
  const [first, second, ...more] = steps;
  if (first === undefined) return;
  const hasInstance = hasField(found.engine, 'instance');
  if (more.length > 0 || (second !== undefined && !hasInstance)) {
    found.refused.push({ key: 'path', why: 'several names; one is expected' });
  } else if (second !== undefined) {
    part('instance', first);
    part('database', second);
  } else if (hasInstance && found.settings.some(({ key }) => key.toLowerCase() === 'database')) part('instance', first);
  else if (hasField(found.engine, 'database')) part('database', first);
  else if (hasField(found.engine, 'serviceName')) part('serviceName', first);
  else if (SERVER_NAMES.test(first)) found.ignored.push('path');
  else part('schema', first);
}
