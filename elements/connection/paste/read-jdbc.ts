import type { PasteEngine } from './engine-fields.ts';
import { place, TextRefused, type Found } from './pasted.ts';
import { looksLikeDescriptor, readDescriptor } from './read-descriptor.ts';
import { readEasyConnect } from './read-easy-connect.ts';
import { readFile } from './read-file.ts';
import { readServerUrl } from './read-server-url.ts';
import { readUrl } from './read-url.ts';
import { SEVERAL_HOSTS } from './rules/rule.ts';

const FORM = 'JDBC URL';

/** By what stands behind `jdbc:`; `rest` is what follows that. */
const READERS: Record<string, (text: string, rest: string) => Found> = {
  postgresql: (text, rest) => readServers('postgresql', text, rest),
  mysql: (text, rest) => readServers('mysql', text, rest),
  mariadb: (text, rest) => readServers('mysql', text, rest),
  dm: (text, rest) => readServers('dm', text, rest),
  sqlserver: (text, rest) => readServerUrl('sqlserver', FORM, rest, text, text.length - rest.length),
  jtds: (text, rest) => {
    const url = rest.replace(/^sqlserver:/i, '');
    return readServerUrl('sqlserver', FORM, url, text, text.length - url.length);
  },
  oracle: readThin,
  sqlite: (_text, rest) => readFile(`sqlite:${rest}`, FORM),
};

/** `jdbc:…` of every engine, each as its own driver reads it. @throws TextRefused */
export function readJdbc(text: string): Found {
  const [head = '', name = ''] = /^jdbc:([a-z0-9]*):?/i.exec(text) ?? [];
  const reader = Object.hasOwn(READERS, name.toLowerCase()) ? READERS[name.toLowerCase()] : undefined;
  if (reader) return reader(text, text.slice(head.length));
  throw new TextRefused(`After jdbc:, at ${place(text, 5)}, one of ${Object.keys(READERS).join(', ')} is expected.`);
}

/** `aurora:`, `loadbalance:` and the like before the `//` choose among several servers. */
function readServers(engine: PasteEngine, text: string, rest: string): Found {
  const [choice = ''] = /^(?:[a-z]+:)+(?=\/\/)/i.exec(rest) ?? [];
  const url = rest.slice(choice.length);
  const found = readUrl(engine, FORM, url, text, text.length - url.length);
  if (choice !== '') found.refused.push({ key: choice.slice(0, -1), why: SEVERAL_HOSTS });
  return found;
}

/** `jdbc:oracle:thin:[user/password]@` and a descriptor, an EZConnect text, or `host:port:SID`. */
function readThin(text: string, rest: string): Found {
  const [driver = ''] = /^(?:thin|oci8?):/i.exec(rest) ?? [];
  const target = rest.slice(driver.length);
  const sign = target.startsWith('@') ? 0 : target.search(/@(?=\(|\/\/|tcps?:|[\w.-]+:\d|\[)/i);
  if (driver === '' || sign < 0) {
    throw new TextRefused(
      `After jdbc:oracle:, at ${place(text, text.length - rest.length)}, thin:@ and host:port/service are expected.`,
    );
  }
  const address = target.slice(sign + 1);
  const found = looksLikeDescriptor(address)
    ? readDescriptor(text, text.length - address.length)
    : readAddress(address, text);
  const [, user = '', password = ''] = /^("[^"]*"|[^/]*)(?:\/(.*))?$/s.exec(target.slice(0, sign)) ?? [];
  const bare = (part: string) => part.replace(/^"(.*)"$/s, '$1');
  found.parts.push(
    { field: 'user', key: 'user', value: bare(user) },
    { field: 'password', key: 'password', value: bare(password) },
  );
  return { ...found, form: FORM };
}

function readAddress(address: string, text: string): Found {
  const sid = /^(?:\/\/)?(\[[^\]]*\]|[^:/?]+):(\d+):([^/?]+)$/.exec(address);
  if (!sid && /^[\w.]*(?:\?.*)?$/.test(address)) {
    throw new TextRefused(
      `After the @, at ${place(text, text.length - address.length)}, host:port/service is expected; a name alone is described in a file elsewhere.`,
    );
  }
  if (!sid) return readEasyConnect(address, text);
  const [, host = '', port = '', name = ''] = sid;
  const found = readEasyConnect(`${host}:${port}/`);
  found.settings.push({ key: 'SID', value: name });
  return found;
}
