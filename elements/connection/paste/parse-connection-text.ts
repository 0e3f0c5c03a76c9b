import { PASTE_ENGINES, type PasteEngine } from './engine-fields.ts';
import { judge } from './judge.ts';
import { place, TextRefused, type Found, type Pasted } from './pasted.ts';
import { readAdo } from './read-ado.ts';
import { readCompose } from './read-compose.ts';
import { looksLikeDescriptor, readDescriptor } from './read-descriptor.ts';
import { readEasyConnect } from './read-easy-connect.ts';
import { readEnv } from './read-env.ts';
import { readFile } from './read-file.ts';
import { readJdbc } from './read-jdbc.ts';
import { readKubernetes } from './read-kubernetes.ts';
import { readLibpq } from './read-libpq.ts';
import { readUrl } from './read-url.ts';
import { engineOfScheme } from './schemes.ts';

const LONGEST = 65_536;
const FORMS =
  'a URL, a JDBC URL, key=value of libpq, an ADO.NET or ODBC string, EZConnect, a TNS descriptor, a .env block, a compose file or a Kubernetes Secret';

/**
 * Reads a connection text of any known form. Nothing is opened, looked up or handed to a driver. `hint` decides where a
 * text could be of several engines; a text that is clearly of another engine comes out as that.
 * @throws TextRefused when the text as a whole can not be taken
 */
export function parseConnectionText(text: string, hint?: PasteEngine): Pasted {
  if (text.length > LONGEST) throw new TextRefused(`The text has over ${LONGEST} characters.`);
  const whole = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  if (!whole.isWellFormed()) throw new TextRefused('The text holds half a character.');
  const control = whole.search(/[^\P{Cc}\t\n]/u);
  if (control >= 0) throw new TextRefused(`A control character stands at ${place(whole, control)}.`);
  const bare = unwrapped(whole);
  if (bare === '') throw new TextRefused(`A connection text is expected: ${FORMS}.`);
  return judge(read(bare, hint));
}

/** Without what a copy brings along: blanks around it, one pair of quotes, the command `psql` before it. */
function unwrapped(text: string): string {
  const trimmed = text.trim().replace(/^psql\s+(?=["']?postgres)/, '');
  return /^(["'`])([^\n]*)\1$/.exec(trimmed)?.[2] ?? trimmed;
}

function read(text: string, hint: PasteEngine | undefined): Found {
  if (/^jdbc:/i.test(text)) return readJdbc(text);
  const scheme = schemeOf(text);
  if (scheme) return readSchemed(text, scheme);
  if (looksLikeDescriptor(text)) return readDescriptor(text);
  if (/^[ \t"'{]*(?:apiVersion|kind)\b|\bkind["']?[ \t]*:[ \t]*["']?Secret\b/m.test(text))
    return readKubernetes(text, hint, readValue);
  if (/^[ \t]*(?:services|image|environment)[ \t]*:/m.test(text)) return readCompose(text, hint, readValue);
  return readKeys(text, hint);
}

/** A text among variables is a single one: a block within a block is not read. */
function readValue(text: string, hint: PasteEngine | undefined): Found {
  if (text.includes('\n')) throw new TextRefused('The connection text among the variables has several lines.');
  const bare = unwrapped(text);
  if (/^jdbc:/i.test(bare)) return readJdbc(bare);
  const scheme = /^([a-z][a-z0-9+]*):/i.exec(bare)?.[1];
  return scheme ? readSchemed(bare, scheme) : readAdo(bare, hint);
}

/** A word before a `:` is a scheme where `//` follows, or where it is one of ours. */
function schemeOf(text: string): string | undefined {
  const [, word, slashes] = /^([a-z][a-z0-9+.-]*):(\/\/)?/i.exec(text) ?? [];
  return word !== undefined && (slashes || (engineOfScheme(word) && !/[\s]/.test(text))) ? word : undefined;
}

function readSchemed(text: string, scheme: string): Found {
  if (/^tcps?$/i.test(scheme)) return readEasyConnect(text);
  const engine = engineOfScheme(scheme);
  if (!engine) throw new TextRefused(`The scheme before :// is of none of the engines ${PASTE_ENGINES.join(', ')}.`);
  if (engine === engineOfScheme('file')) return readFile(text, 'URL');
  return readUrl(engine, 'URL', text.slice(scheme.length + 1), text, scheme.length + 1);
}

/** First keys of ADO.NET and ODBC texts; the first group holds those that libpq has too. */
const ADO_KEY =
  /^(?:(host|user|password|port)|server|data ?source|addr|address|network address|hostname|driver|provider|dsn|filedsn|user id|uid|username|pwd|database|initial catalog|dbq|filename|trusted_connection|integrated security|encrypt|ssl ?mode|persist security info|application name|pooling|timeout|connect(?:ion)? timeout)\s*=/i;
const LIBPQ_KEY = /\s(?:host|hostaddr|port|dbname|user|password|passfile|sslmode|application_name|connect_timeout)\s*=/;
const ENV_KEY = /^(?:export\s+)?([\w.-]+)\s*=/i;

function readKeys(text: string, hint: PasteEngine | undefined): Found {
  if (isAdo(text)) return readAdo(text, hint);
  if (isEnv(text)) return readEnv(text, hint, readValue);
  if (/^[a-z_]+\s*=/i.test(text)) return readLibpq(text);
  if (/^[\w./-]+\.(?:db3?|sqlite3?)$/i.test(text) || text === ':memory:') return readFile(text, 'path');
  if (/^[^\s/]*\/|^\/\//.test(text) && !/\s/.test(text.replaceAll(/"[^"]*"/g, ''))) return readEasyConnect(text);
  if (engineOfScheme(text))
    throw new TextRefused(`After the scheme, at ${place(text, text.length)}, :// is expected, and the host.`);
  throw new TextRefused(`The text is in none of the forms that are known: ${FORMS}.`);
}

/** Settings joined by `;`; a `;` behind a second setting of libpq stands in a value of that. */
function isAdo(text: string): boolean {
  const key = ADO_KEY.exec(text);
  if (!key) return false;
  const end = text.indexOf(';');
  return end < 0
    ? key[1] === undefined && !/^[A-Z_]+\s*=|\n/.test(text)
    : !LIBPQ_KEY.test(text.slice(key[0].length, end)) && !/\n\S+=/.test(text.slice(0, end));
}

/** Lines `KEY=value`: a key in capitals, with dots or two underscores, or what only such a block has before it. */
function isEnv(text: string): boolean {
  const key = ENV_KEY.exec(text)?.[1] ?? '';
  return /^#|^export\s/i.test(text) || /^[A-Z][A-Z0-9_]*$/.test(key) || /[.-]|__/.test(key);
}
