import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { FieldDefinition } from '#elements/connection/fields.ts';
import { CERTIFICATE_FINDINGS } from '#elements/database/certificate-findings.ts';
import { CONNECT_CAUSES } from '#elements/database/connect-causes.ts';
import { definitionList } from '#elements/database/definitions.ts';
import { loadEngine } from '#elements/database/engines.ts';
import { TYPE_SAMPLES } from '#elements/database/type-samples.ts';
import { fieldSchema } from '#elements/model/model.ts';
import { MISSING_RIGHTS, TEST_WARNINGS } from '#lib/connections/test/test-causes.ts';
import { FAULTS } from '#lib/core/errors.ts';
import { portability } from '#lib/portability/read-portability.ts';
import { root, sourceFiles } from './support/source-files.ts';

const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** Rows of all tables of a page, cells trimmed. */
const rowsOf = (path: string): string[][] =>
  read(path)
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim()),
    );

const code = (text: string) => `\`${text}\``;

/** Rows that no table of the page has: all `cells` of each must stand in one row. */
function missingRows(path: string, wanted: string[][]): string[] {
  const rows = rowsOf(path);
  return wanted
    .filter((cells) => !rows.some((row) => cells.every((cell) => row.includes(cell))))
    .map((cells) => `| ${cells.join(' | ')} |`);
}

const unique = <T>(all: T[]): T[] => [...new Set(all)];

const SOURCES = sourceFiles();

/** First groups of a pattern, in every file that `where` takes. */
const found = (pattern: RegExp, where: (path: string) => boolean): string[] =>
  unique(
    SOURCES.filter(({ path }) => where(path)).flatMap(({ text }) =>
      [...text.matchAll(pattern)].map((match) => match[1] ?? ''),
    ),
  );

describe('documentation agrees with the code', () => {
  test('elements.md has every field, its default and its meaning', () => {
    const wanted = definitionList.flatMap(({ ownFields, sharedFields }) =>
      [...ownFields, ...sharedFields].map(fieldCells),
    );
    expect(wanted.length).toBeGreaterThan(40);
    expect(unique(missingRows('docs/elements.md', wanted))).toEqual([]);
    for (const { databaseType, title } of definitionList)
      expect(missingRows('docs/elements.md', [[title, code(databaseType)]])).toEqual([]);
    const port = rowsOf('docs/elements.md').find(([name]) => name === code('port'))?.[1];
    for (const { sharedFields } of definitionList)
      for (const field of sharedFields.filter(({ name }) => name === 'port'))
        expect(port).toContain(code(String(field.default)));
  });

  test('models.md has every type as each engine spells it', async () => {
    const engines = await Promise.all(definitionList.map(({ engine }) => loadEngine(engine)));
    const wanted = TYPE_SAMPLES.filter(([name]) => !name.includes('digits')).map(([name, type]) => [
      name.replace(/^\w+/, code),
      ...engines.map(({ types }) => code(types.native(type))),
    ]);
    expect(missingRows('docs/models.md', wanted)).toEqual([]);
    const kinds = fieldSchema.options.map(({ shape }) => shape.type.value);
    const first = rowsOf('docs/models.md').map(([cell = '']) => cell.split(' ')[0]);
    expect(kinds.filter((kind) => !first.includes(code(kind)))).toEqual([]);
    const keys = unique(fieldSchema.options.flatMap(({ shape }) => Object.keys(shape)));
    expect(keys.filter((key) => !read('docs/models.md').includes(code(key)))).toEqual([]);
  });

  test('portability.md is what the engines say', async () => {
    const { engines, types, features } = await portability();
    const wanted = [
      ['type or feature', ...engines.map(({ title }) => title)],
      ...types.map(({ what, cells }) => [
        what,
        ...cells.map(({ text, loss }) => (loss === null ? code(text) : `${code(text)}: ${loss}`)),
      ]),
      ...features.map(({ what, cells }) => [what, ...cells.map(({ text }) => text)]),
    ];
    expect(wanted.filter((cells) => !rowsOf('docs/portability.md').some((row) => row.join() === cells.join()))).toEqual(
      [],
    );
  });

  test('testing-connections.md has every cause of a failed or doubtful test', () => {
    const tables = { ...CONNECT_CAUSES, ...MISSING_RIGHTS, ...TEST_WARNINGS };
    const words = (text: string) => text.replaceAll(/\{([\w ]+)\}/g, '_$1_');
    const wanted = Object.entries(tables).map(([cause, { stage, field, found: what, next }]) => [
      stage,
      code(cause),
      code(field),
      words(what),
      words(next),
    ]);
    expect(missingRows('docs/testing-connections.md', wanted)).toEqual([]);
  });

  test('elements.md has everything that can be wrong with certificates', () => {
    const wanted = Object.entries(CERTIFICATE_FINDINGS).map(([name, { state, found: what, next }]) => [
      code(name),
      state === 'failed' ? 'refused' : 'warned of',
      what.replaceAll(/\{(\w+)\}/g, '_$1_'),
      next,
    ]);
    expect(missingRows('docs/elements.md', wanted)).toEqual([]);
  });

  test('errors.md has every refusal with its status and exit code', () => {
    const wanted = Object.entries(FAULTS).map(([name, { status, exit }]) => [code(name), String(status), String(exit)]);
    expect(missingRows('docs/errors.md', wanted)).toEqual([]);
  });

  test('errors.md or testing-connections.md has every code of a reason', () => {
    const inLib = (path: string) => /^(lib|elements)\//.test(path) && !/^(lib\/data|elements\/database)\//.test(path);
    const codes = unique([
      // `custom` is a word of zod
      ...found(/\bcode:\s*'(?!custom')([a-z][a-z-]+)'/g, inLib),
      ...found(/\bissue\(\s*[^,]+,\s*'([a-z-]+)'/g, inLib),
    ]);
    expect(codes.length).toBeGreaterThan(60);
    const pages = read('docs/errors.md') + read('docs/testing-connections.md');
    expect(codes.filter((each) => !pages.includes(code(each))).toSorted()).toEqual([]);
  });

  test('data-api.md has every code that the data API answers with', () => {
    const codes = unique([
      ...found(/new DataError\(\s*\d{3},\s*'([\w-]+)'/g, (path) => path.startsWith('lib/')),
      ...found(/\bcode: '([0-9A-Z]{5})'/g, (path) => path === 'lib/data/failures.ts'),
    ]);
    expect(codes.length).toBeGreaterThan(20);
    expect(codes.filter((each) => !read('docs/data-api.md').includes(code(each))).toSorted()).toEqual([]);
  });

  test('configuration.md has every setting', () => {
    const settings = found(/^ {2}((?:MOORING_)?[A-Z_]+): (?:z|optional)/gm, (path) => path === 'lib/config.ts');
    expect(settings).toContain('MOORING_HOME');
    expect(
      missingRows(
        'docs/configuration.md',
        settings.map((name) => [code(name)]),
      ),
    ).toEqual([]);
  });

  test('security.md has every right with its role and scope', () => {
    const rights = [
      ...read('lib/access/rights.ts').matchAll(/^ {2}'?([a-z:]+)'?: \{ role: '(\w+)', scope: '(\w+)' \}/gm),
    ];
    expect(rights.length).toBeGreaterThan(10);
    expect(
      missingRows(
        'docs/security.md',
        rights.map(([, right = '', role = '', scope = '']) => [code(right), role, scope]),
      ),
    ).toEqual([]);
  });

  test('cli.md has every command and option', () => {
    const inCli = (path: string) => path.startsWith('lib/cli/commands/');
    const page = read('docs/cli.md');
    const commands = found(/\.command\(\s*'([a-z]+)/g, inCli);
    const options = found(/ption\(\s*'(--[a-z-]+)/g, inCli);
    expect(commands).toContain('introspect');
    expect(options).toContain('--from-file');
    expect([...commands, ...options].filter((each) => !new RegExp(`(^|[^\\w-])${each}([^\\w-]|$)`).test(page))).toEqual(
      [],
    );
  });

  test('every link leads to a file, and its anchor to a heading', () => {
    const pages = ['README.md', ...globSync('docs/**/*.md', { cwd: root })];
    expect(pages.length).toBeGreaterThan(15);
    const links = pages.flatMap((page) =>
      [...read(page).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map((match) => ({ page, to: match[1] ?? '' })),
    );
    expect(links.filter((link) => !leadsSomewhere(link)).map(({ page, to }) => `${page}: ${to}`)).toEqual([]);
  });

  test('every page is listed', () => {
    const index = read('docs/README.md');
    const pages = globSync('docs/*.md', { cwd: root }).map((path) => path.replaceAll('\\', '/').replace('docs/', ''));
    expect(pages.filter((page) => page !== 'README.md' && !index.includes(`](${page})`))).toEqual([]);
  });
});

function fieldCells({ name, default: byDefault, optional, help }: FieldDefinition): string[] {
  const tls =
    name.startsWith('tls.') || name === 'port'
      ? []
      : [byDefault === undefined ? (optional ? '–' : 'must be given') : code(String(byDefault))];
  return [code(name), ...tls, help];
}

function leadsSomewhere({ page, to }: { page: string; to: string }): boolean {
  const [path = '', anchor] = to.split('#');
  const target = path === '' ? page : join(dirname(page), path);
  if (!existsSync(join(root, target))) return false;
  if (anchor === undefined) return true;
  const headings = [...read(target).matchAll(/^#+ (.+)$/gm)].map((match) =>
    (match[1] ?? '')
      .toLowerCase()
      .replaceAll(/[^\w\s-]/g, '')
      .trim()
      .replaceAll(/\s/g, '-'),
  );
  return headings.includes(anchor);
}
