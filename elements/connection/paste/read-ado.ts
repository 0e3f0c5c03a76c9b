import { hasField, type PasteEngine } from './engine-fields.ts';
import { TextRefused, type Found } from './pasted.ts';
import { looksLikeDescriptor, readDescriptor } from './read-descriptor.ts';
import { readEasyConnect } from './read-easy-connect.ts';
import { readSemicolons } from './read-semicolons.ts';
import { normalKey } from './rules/rule.ts';

type Pair = { key: string; value: string };

const DRIVERS: [RegExp, PasteEngine][] = [
  [/postgres|psql/i, 'postgresql'],
  [/mysql|mariadb/i, 'mysql'],
  [/sql ?server|sqlncli|msoledb|sqloledb|freetds/i, 'sqlserver'],
  [/oracle|oraoledb|msdaora/i, 'oracle'],
  [/^dm|dameng/i, 'dm'],
  [/sqlite/i, 'sqlite'],
];
const SERVER_WORDS = [
  'initialcatalog',
  'trustedconnection',
  'integratedsecurity',
  'trustservercertificate',
  'multipleactiveresultsets',
  'encrypt',
  'applicationintent',
  'attachdbfilename',
  'multisubnetfailover',
];
const MYSQL_WORDS = [
  'allowuservariables',
  'allowpublickeyretrieval',
  'charset',
  'characterset',
  'convertzerodatetime',
  'allowzerodatetime',
  'treattinyasboolean',
  'allowloadlocalinfile',
  'guidformat',
];
const PORTS: Record<string, PasteEngine> = {
  5432: 'postgresql',
  3306: 'mysql',
  1433: 'sqlserver',
  1521: 'oracle',
  5236: 'dm',
};

/** ADO.NET and ODBC; `hint` decides where the keys could be of several engines. @throws TextRefused */
export function readAdo(text: string, hint: PasteEngine | undefined): Found {
  const isOdbc = /(?:^|;)\s*(?:driver|dsn|filedsn)\s*=/i.test(text);
  const pairs = readSemicolons(text, 0, isOdbc ? 'braces' : 'quotes');
  const engine = engineOf(pairs, hint);
  const found: Found = {
    form: isOdbc ? 'ODBC connection string' : 'ADO.NET connection string',
    engine,
    parts: [],
    settings: [],
    namesHost: true,
    seconds: true,
    refused: [],
    ignored: [],
  };
  for (const pair of pairs) {
    const key = normalKey(pair.key);
    if (key === 'driver' || key === 'provider') found.ignored.push(pair.key);
    else if (hasField(engine, 'serviceName') && ['datasource', 'dbq', 'server'].includes(key))
      addNetService(found, pair);
    else found.settings.push(pair);
  }
  return found;
}

/** Oracle's Data Source holds a text of its own. */
function addNetService(found: Found, { key, value }: Pair): void {
  if (!looksLikeDescriptor(value) && !/[:/]/.test(value)) {
    found.refused.push({ key, why: 'a name that a file elsewhere describes' });
    return;
  }
  try {
    const inner = looksLikeDescriptor(value) ? readDescriptor(value) : readEasyConnect(value);
    found.parts.push(...inner.parts);
    found.settings.push(...inner.settings);
    found.refused.push(...inner.refused);
    found.ignored.push(...inner.ignored);
  } catch (error) {
    if (!(error instanceof TextRefused)) throw error;
    found.refused.push({ key, why: 'neither host:port/service nor a descriptor' });
  }
}

function engineOf(pairs: Pair[], hint: PasteEngine | undefined): PasteEngine {
  const values = new Map(pairs.map(({ key, value }) => [normalKey(key), value]));
  const driver = values.get('driver') ?? values.get('provider');
  const named = driver === undefined ? undefined : DRIVERS.find(([pattern]) => pattern.test(driver))?.[1];
  if (named) return named;
  const has = (words: string[]) => words.some((word) => values.has(word));
  const source = values.get('datasource') ?? values.get('filename') ?? '';
  if (/^(?::memory:|[^;,]*\.(?:db3?|sqlite3?))$/i.test(source)) return 'sqlite';
  if (looksLikeDescriptor(source) || /^[\w.-]+(?::\d+)?\/[\w.]+$/.test(source)) return 'oracle';
  const byPort = PORTS[values.get('port') ?? ''];
  if (byPort) return byPort;
  const isOther = values.has('sslmode') || values.has('host');
  if (!isOther && (has(SERVER_WORDS) || /[\\,]|^tcp:/i.test(values.get('server') ?? source))) return 'sqlserver';
  if (has(MYSQL_WORDS)) return 'mysql';
  if (hint) return hint;
  if (values.has('host') || has(['searchpath', 'sslrootcert'])) return 'postgresql';
  if (values.has('dsn'))
    throw new TextRefused('A DSN is described elsewhere; a text that names the server is expected.');
  return values.has('sslmode') || (values.has('uid') && values.has('pwd')) ? 'mysql' : 'sqlserver';
}
