import { definitionList } from '#elements/database/definitions.ts';

/** Words in a host that say what the server is for, and how a name says it. */
const STAGES: Record<string, string> = {
  localhost: 'Local',
  dev: 'Dev',
  development: 'Dev',
  test: 'Test',
  testing: 'Test',
  qa: 'Qa',
  uat: 'Uat',
  stage: 'Staging',
  staging: 'Staging',
  prod: 'Prod',
  production: 'Prod',
};

/** Words that any database server may be called by. */
const MEANINGLESS = new Set(['db', 'database', 'sql', 'server', 'host', 'primary', 'main', 'master', 'www']);

type Known = { folder: string; host: string; engine: string };

/**
 * Names for a connection, the best first: from its purpose (the folder it is put in, else the host's own name), `Db`, and what its
 * host says it is for. `PrimaryDbDev` for `db.dev.example.com`; the second says the engine too: `PrimaryPostgreSQLDev`. Pure.
 */
export function connectionName({ folder, host, engine }: Known): [string, string] {
  const words = wordsOf(host);
  const [, ...inside] = folder.split('.');
  const purpose = inside.at(-1) ?? purposeOf(words, engine) ?? 'Primary';
  const stage =
    words
      .flat()
      .map((word) => STAGES[word])
      .find(Boolean) ?? '';
  const title = definitionList.find((each) => each.engine === engine)?.title ?? '';
  return [`${pascal(purpose)}Db${stage}`, `${pascal(purpose)}${pascal(title) || 'Db'}${stage}`].map((name) =>
    name.slice(0, 60),
  ) as [string, string];
}

/** The words of each label of a host name; none of an address. `{{KEY}}` has none either. */
function wordsOf(host: string): string[][] {
  if (/^127\.|^\[?::1\]?$/.test(host)) return [['localhost']];
  if (/^[\d.]+$|:|[{}]/.test(host)) return [];
  const labels = host.toLowerCase().split('.');
  // the last label is the net's, not the server's
  const own = labels.length > 1 ? labels.slice(0, -1) : labels;
  return own.map((label) => label.split(/[^a-z0-9]+|(?<=[a-z])(?=\d)/).filter(Boolean));
}

/** What the first label says beside stage, number and kind. */
function purposeOf([first = []]: string[][], engine: string): string | undefined {
  const isKind = (word: string) => MEANINGLESS.has(word) || (engine !== '' && engine.startsWith(word));
  const meant = first.filter((word) => !STAGES[word] && !isKind(word) && /^[a-z]{3,}/.test(word));
  return meant.length > 0 ? meant.join(' ') : undefined;
}

const pascal = (text: string): string =>
  text
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
