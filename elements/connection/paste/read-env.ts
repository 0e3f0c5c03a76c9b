import { engineOfWord } from './engine-words.ts';
import type { PasteEngine } from './engine-fields.ts';
import { envGroups, envName, type Named } from './env-groups.ts';
import { readEnvLines } from './env-lines.ts';
import { TextRefused, type Found } from './pasted.ts';
import { shownKey } from './shown-key.ts';

type Variable = { key: string; value: string };
/** Reads a connection text that stands as a value. */
export type ReadText = (text: string, hint: PasteEngine | undefined) => Found;

const CONNECTION_TEXT =
  /^["']?(?:jdbc:|[a-z][a-z0-9+]*:\/\/|sqlite:|file:)|(?:^|;)\s*(?:server|data source|host|driver)\s*=[^;]*;/i;
const URL_KEY =
  /(?:^|_)(?:URL|URI|DSN|CONNECTION_?STRING|CONN_?STR)$|^CONNECTIONSTRINGS__|(?:^|_)(?:DB|DATABASE|POSTGRES\w*|MYSQL|MSSQL|ORACLE)_\w*URL/i;
const ENGINE_KEY =
  /(?:^|_)(?:DB|DATABASE|DATASOURCE|TYPEORM|SQL)_(?:CONNECTION|ENGINE|TYPE|DIALECT|CLIENT|DRIVER|ADAPTER|PROVIDER|VENDOR)$|^TYPEORM_CONNECTION$/i;
const PORTS: Record<string, PasteEngine> = {
  5432: 'postgresql',
  3306: 'mysql',
  1433: 'sqlserver',
  1521: 'oracle',
  5236: 'dm',
};

/** A `.env` block. @throws TextRefused */
export function readEnv(text: string, hint: PasteEngine | undefined, read: ReadText): Found {
  return readVariables('.env block', readEnvLines(text), { hint, read, bare: false });
}

export type VariableOptions = {
  hint: PasteEngine | undefined;
  read: ReadText;
  /** keys such as `HOST` count without a prefix */ bare: boolean;
};

/**
 * The database among variables: a connection text in one of them, or the first group that names a server
 * (`DB_HOST`, `DB_PORT`, …); a password beside the text completes it. All other keys are ignored.
 * @throws TextRefused
 */
export function readVariables(form: string, variables: Variable[], options: VariableOptions): Found {
  const groups = envGroups(variables, options.bare);
  const urls = variables.filter(
    ({ key, value }) => URL_KEY.test(envName(key)) && (CONNECTION_TEXT.test(value) || isOpen(value)),
  );
  const main = urls.find(({ key }) => /^(?:DATABASE|DB)_URL$/i.test(key)) ?? urls[0];
  const found = main ? fromText(form, main, groups, options) : fromGroup(form, variables, groups, options);
  const used = new Set([main?.key, ...found.used]);
  found.ignored.push(...variables.filter(({ key }) => !used.has(key)).map(({ key }) => key));
  const { used: _used, ...rest } = found;
  return rest;
}

type FoundHere = Found & { used: string[] };

/** What a value leaves open to be filled in elsewhere is not known here. */
const isOpen = (value: string) => /\$\{[^}]*\}|^\$[A-Z_][A-Z0-9_]*$/.test(value);
const OPEN = 'refers to a variable that stands elsewhere';

function fromText(
  form: string,
  { key, value }: Variable,
  groups: Map<string, Named[]>,
  { hint, read }: VariableOptions,
): FoundHere {
  if (isOpen(value)) throw new TextRefused(`The connection text among the variables ${OPEN}.`);
  const found = within(key, () => read(value, hint));
  const prefix = envName(key).replace(/_?(?:URL|URI|DSN|CONNECTION_?STRING|CONN_?STR)$/, '');
  const beside = (groups.get(prefix) ?? []).filter(({ setting }) => setting === 'user' || setting === 'password');
  const given = (field: string) => found.parts.some((part) => part.field === field && part.value !== '');
  for (const { key: name, value: text, setting } of beside.filter((each) => !given(each.setting))) {
    if (isOpen(text)) found.refused.push({ key: name, why: OPEN });
    else found.settings.push({ key: name, value: text, name: setting });
  }
  return { ...found, form: `${found.form} in a ${form}`, used: beside.map(({ key: name }) => name) };
}

function fromGroup(
  form: string,
  variables: Variable[],
  groups: Map<string, Named[]>,
  { hint }: VariableOptions,
): FoundHere {
  const named =
    [...groups].find(([, each]) => each.some(({ setting }) => /^(?:host|database|file|hostaddr)$/.test(setting))) ??
    [...groups][0];
  if (!named)
    throw new TextRefused(
      'None of the variables names a database: DATABASE_URL, DB_HOST, PGHOST and the like are known.',
    );
  const [prefix, own] = named;
  const group = [
    ...own,
    ...(prefix === '' ? [] : (groups.get('') ?? []).filter(({ setting }) => setting.startsWith('ssl'))),
  ];
  const word = variables.find(({ key }) => ENGINE_KEY.test(envName(key)));
  const port = group.find(({ setting }) => setting === 'port')?.value ?? '';
  const engine = engineOfWord(prefix) ?? engineOfWord(word?.value ?? '') ?? PORTS[port] ?? hint;
  if (!engine) throw new TextRefused('The variables do not say which engine they are for; name the engine.');
  const open = group.filter(({ value }) => isOpen(value));
  return {
    form,
    engine,
    parts: [],
    settings: group
      .filter((each) => !open.includes(each))
      .map(({ key, setting, value }) => ({ key, value, name: setting })),
    namesHost: true,
    seconds: true,
    refused: open.map(({ key }) => ({ key, why: OPEN })),
    ignored: [],
    used: [...group.map(({ key }) => key), ...(word ? [word.key] : [])],
  };
}

function within(key: string, read: () => Found): Found {
  try {
    return read();
  } catch (error) {
    throw error instanceof TextRefused ? new TextRefused(`In the value of ${shownKey(key)}: ${error.message}`) : error;
  }
}
