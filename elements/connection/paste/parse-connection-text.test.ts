import { describe, expect, it } from 'vitest';
import { definitionList } from '../../database/definitions.ts';
import { ENGINE_FIELDS, isPasteEngine, isSecretField, type PasteEngine } from './engine-fields.ts';
import { parseConnectionText } from './parse-connection-text.ts';
import { TextRefused } from './pasted.ts';
import { ADO, ADO_WRONG } from './texts/ado.ts';
import { COMPOSE, COMPOSE_WRONG } from './texts/compose.ts';
import { ENV, ENV_WRONG } from './texts/env.ts';
import { JDBC, JDBC_WRONG } from './texts/jdbc.ts';
import { KUBERNETES, KUBERNETES_WRONG } from './texts/kubernetes.ts';
import { LIBPQ, LIBPQ_WRONG } from './texts/libpq.ts';
import { ORACLE, ORACLE_WRONG } from './texts/oracle.ts';
import type { Taken, Wrong } from './texts/text.ts';
import { URL, URL_WRONG } from './texts/url.ts';

const FORMS: [name: string, taken: Taken[], wrong: Wrong[]][] = [
  ['URLs', URL, URL_WRONG],
  ['JDBC URLs', JDBC, JDBC_WRONG],
  ['libpq', LIBPQ, LIBPQ_WRONG],
  ['ADO.NET and ODBC', ADO, ADO_WRONG],
  ['EZConnect and TNS', ORACLE, ORACLE_WRONG],
  ['.env blocks', ENV, ENV_WRONG],
  ['compose files', COMPOSE, COMPOSE_WRONG],
  ['Kubernetes Secrets', KUBERNETES, KUBERNETES_WRONG],
];

const said = (text: string, hint?: PasteEngine): string => {
  try {
    parseConnectionText(text, hint);
  } catch (error) {
    if (error instanceof TextRefused) return error.message;
    throw error;
  }
  return '';
};

describe.each(FORMS)('%s', (_name, taken, wrong) => {
  it.each(taken)('%j', (text, engine, fields, { ignored = [], refused = [] } = {}) => {
    const pasted = parseConnectionText(text);
    expect({ ...pasted, refused: pasted.refused.map(({ key }) => key) }).toEqual({
      form: expect.any(String),
      engine,
      fields,
      ignored,
      refused,
    });
  });

  it.each(wrong)('refuses %j', (text, says) => {
    expect(said(text)).toContain(says);
  });
});

describe('a text', () => {
  it('is one of at least 200, over all forms', () => {
    expect(FORMS.flatMap(([, taken, wrong]) => [...taken, ...wrong]).length).toBeGreaterThan(380);
  });

  it('is bounded in length, settings and depth', () => {
    expect(said('x'.repeat(65_537))).toContain('over 65536 characters');
    expect(said(`postgres://db/x?${'a=1&'.repeat(300)}`)).toContain('over 200 settings');
    expect(said(`services: ${'{'.repeat(2_000)}`)).toContain('nested too deep');
    expect(said(`services: ${'[x,'.repeat(10_000)}`)).not.toBe('');
    expect(said(`(${'A=('.repeat(20_000)}`)).toContain('nested too deep');
  });

  it('is read in no more than a moment, whatever stands in it', () => {
    const hostile = [
      'h,',
      'a:1,',
      ' ',
      '\n',
      'a=',
      ';',
      '(',
      '{',
      '"',
      '\\',
      'A=b\n',
      '- ',
      '# x\n',
      'a.',
      '@',
      '/',
      '%41',
      '&a',
    ].flatMap((piece) =>
      ['', 'postgres://', 'Server=', 'host=', 'services:\n', 'x/', '(A=', 'DB_HOST='].map(
        (head) => `${head}${piece.repeat(60_000 / piece.length)}`,
      ),
    );
    const slow = hostile.filter((text) => {
      const begin = performance.now();
      said(text);
      return performance.now() - begin > 1_500;
    });
    expect(slow.map((text) => text.slice(0, 30))).toEqual([]);
  });

  it('that could be of several engines is of the one asked for', () => {
    const text = 'Server=db;Database=shop;User Id=app;Password=pw';
    expect(parseConnectionText(text).engine).toBe('sqlserver');
    expect(parseConnectionText(text, 'mysql').engine).toBe('mysql');
    expect(parseConnectionText('DB_HOST=db', 'dm').engine).toBe('dm');
    expect(parseConnectionText('postgres://db/shop', 'mysql').engine).toBe('postgresql');
  });

  it('gives no field of a compose file that has a better fitting service', () => {
    const text = 'services:\n  a:\n    image: postgres\n  b:\n    image: mysql:8\n    ports: ["3306:3306"]';
    expect(parseConnectionText(text, 'mysql')).toMatchObject({
      engine: 'mysql',
      fields: { host: 'localhost', port: 3306 },
    });
  });

  it('says why something is refused', () => {
    const { refused } = parseConnectionText('postgres://db/shop?host=x&sslcert=/y&sslmode=prefer');
    expect(refused).toEqual([
      { key: 'host', why: 'names another host than the one that stands in its place' },
      { key: 'sslcert', why: 'a path to a file; certificates and keys are given as text' },
      { key: 'sslmode', why: 'would go on without encryption or without a check; choose a TLS mode' },
    ]);
  });
});

describe('fields of the engines', () => {
  it.each(definitionList)('$engine has what is pasted into it', ({ engine, ownFields, sharedFields }) => {
    const fields = [...ownFields, ...sharedFields];
    if (!isPasteEngine(engine)) throw new Error(`${engine} has no list`);
    expect(ENGINE_FIELDS[engine].filter((name) => !fields.some((field) => field.name === name))).toEqual([]);
    const wanted = fields.filter(
      ({ group, name }) => /^(?:server|login|tls)$/.test(group) || /^(?:database|schema|file)$/.test(name),
    );
    expect(
      wanted.map(({ name }) => name).filter((name) => !ENGINE_FIELDS[engine].some((each) => each === name)),
    ).toEqual([]);
    expect(
      fields
        .filter(({ kind, name }) => kind === 'secret' && name !== 'ddlPassword')
        .map(({ name }) => isSecretField(name)),
    ).not.toContain(false);
  });
});
