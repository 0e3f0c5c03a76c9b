import { parse } from 'dotenv';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ENGINE_FIELDS, type PasteEngine } from './engine-fields.ts';
import { readEnvLines } from './env-lines.ts';
import { parseConnectionText } from './parse-connection-text.ts';
import { TextRefused } from './pasted.ts';
import { ADO } from './texts/ado.ts';
import { COMPOSE } from './texts/compose.ts';
import { ENV } from './texts/env.ts';
import { JDBC } from './texts/jdbc.ts';
import { KUBERNETES } from './texts/kubernetes.ts';
import { LIBPQ } from './texts/libpq.ts';
import { ORACLE } from './texts/oracle.ts';
import { URL } from './texts/url.ts';

const SEEDS = [...URL, ...JDBC, ...LIBPQ, ...ADO, ...ORACLE, ...ENV, ...COMPOSE, ...KUBERNETES].map(([text]) => text);

/** A known text, cut, doubled, or with something put into it; or any text at all. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc
    .tuple(
      fc.constantFrom(...SEEDS),
      fc.nat(),
      fc.nat(),
      fc.oneof(fc.string({ unit: 'binary', maxLength: 12 }), fc.constantFrom(...SEEDS)),
    )
    .map(([seed, from, to, put]) => {
      const [a, b] = [from % (seed.length + 1), to % (seed.length + 1)].toSorted((x, y) => x - y) as [number, number];
      return seed.slice(0, a) + put + seed.slice(b);
    }),
);

const attempt = (text: string, hint?: PasteEngine) => {
  try {
    return { pasted: parseConnectionText(text, hint), message: '' };
  } catch (error) {
    if (error instanceof TextRefused) return { pasted: null, message: error.message };
    throw error;
  }
};

it('any text is taken or refused, never thrown at, and fills fields of its engine alone', () => {
  fc.assert(
    fc.property(
      anyText,
      fc.option(fc.constantFrom<PasteEngine>('mysql', 'oracle', 'sqlite'), { nil: undefined }),
      (text, hint) => {
        const { pasted } = attempt(text, hint);
        const known: readonly string[] = pasted ? ENGINE_FIELDS[pasted.engine] : [];
        const fields = Object.entries(pasted?.fields ?? {});
        const lines = fields.filter(([name, value]) => typeof value === 'string' && !name.startsWith('tls.'));
        expect(fields.filter(([name]) => !known.includes(name))).toEqual([]);
        expect(fields.filter(([, value]) => !['string', 'number', 'boolean'].includes(typeof value))).toEqual([]);
        expect(lines.filter(([, value]) => /\p{Cc}/u.test(String(value)))).toEqual([]);
      },
    ),
    { numRuns: 4_000 },
  );
});

it('every beginning of a known text is taken, or told what is wrong in one sentence', () => {
  const messages = SEEDS.flatMap((text) => [...text].map((_, end) => attempt(text.slice(0, end)).message));
  expect(messages.filter((message) => message !== '' && !/^[^\n]{10,400}\.$/.test(message))).toEqual([]);
});

/** No piece of it is a word of ours. */
const CANARY = 'Zq7xKw';
const secretText = fc
  .string({ unit: fc.constantFrom(...'abcXYZ019!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~ é🔑'), maxLength: 12 })
  .map((text) => `${CANARY}${text}${CANARY}`);

const WAYS: Record<string, (secret: string) => string> = {
  url: (secret) => `postgres://app:${secret}@db/shop?sslmode=prefer&x=1`,
  encoded: (secret) => `mysql://app:${encodeURIComponent(secret)}@db/shop?socketPath=/x`,
  query: (secret) => `jdbc:postgresql://db/shop?user=app&password=${encodeURIComponent(secret)}&sslcert=/x`,
  ado: (secret) => `Server=db;Database=shop;User Id=app;Password="${secret.replaceAll('"', '""')}";Encrypt=true;Foo=1`,
  odbc: (secret) =>
    `Driver={ODBC Driver 18 for SQL Server};Server=db;Uid=app;Pwd={${secret.replaceAll('}', '}}')}};Trusted_Connection=yes`,
  libpq: (secret) => `host=db password='${secret.replaceAll(/['\\]/g, '\\$&')}' passfile=/x`,
  easy: (secret) => `app/"${secret.replaceAll('"', '')}"@db:1521/x?wallet_location=/w`,
  env: (secret) => `DB_HOST=db\nDB_PORT=5432\nDB_PASSWORD='${secret.replaceAll("'", '')}'\nOTHER=1`,
  secret: (secret) =>
    JSON.stringify({ kind: 'Secret', stringData: { PGHOST: 'db', PGPASSWORD: secret, OTHER: secret } }),
};

it.each(Object.entries(WAYS))('a password is read, or stands nowhere in what is said (%s)', (_name, write) => {
  fc.assert(
    fc.property(secretText, (secret) => {
      const { pasted, message } = attempt(write(secret));
      const { fields: _fields, ...open } = pasted ?? { fields: {} };
      expect(JSON.stringify(open) + message).not.toContain(CANARY);
    }),
    { numRuns: 400 },
  );
});

it.each(['encoded', 'query', 'ado', 'odbc', 'libpq', 'secret'])('a password comes out as it went in (%s)', (way) => {
  fc.assert(
    fc.property(secretText, (secret) => {
      // what refers to a variable is not known here
      fc.pre(!/\$\{[^}]*\}/.test(secret) || way !== 'secret');
      expect(attempt(WAYS[way]?.(secret) ?? '').pasted?.fields.password).toBe(secret);
    }),
    { numRuns: 400 },
  );
});

it('a URL of generated fields gives them back', () => {
  const word = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
    .filter((text) => !/\p{Cc}/u.test(text) && text.isWellFormed() && !/^\.{1,2}$/.test(text));
  const host = fc.oneof(
    fc.domain(),
    fc.ipV4(),
    fc.ipV6().map((ip) => `[${ip}]`),
  );
  fc.assert(
    fc.property(
      fc.constantFrom('postgresql', 'mysql'),
      host,
      fc.integer({ min: 1, max: 65_535 }),
      word,
      word,
      word,
      (scheme, at, port, user, password, database) => {
        const code = encodeURIComponent;
        const { pasted } = attempt(`${scheme}://${code(user)}:${code(password)}@${at}:${port}/${code(database)}`);
        expect(pasted).toMatchObject({
          engine: scheme,
          ignored: [],
          refused: [],
          fields: { port, user, password, database },
        });
        expect(pasted?.fields.host).toMatch(/^[\w.:-]+$/);
      },
    ),
    { numRuns: 1_000 },
  );
});

it('a .env block is read as dotenv reads it', () => {
  const value = fc.oneof(
    fc.string({ unit: fc.constantFrom(...'ab1#=\'"` \\n:$'), maxLength: 10 }),
    fc.string({ maxLength: 10 }).map((text) => `'${text.replaceAll(/['\\]/g, '')}'`),
    fc.string({ maxLength: 10 }).map((text) => `"${text.replaceAll(/["\\]/g, '')}\\n"`),
  );
  const line = fc
    .tuple(fc.constantFrom('A', 'B_C', 'export D', 'e.f'), fc.constantFrom('=', ' = ', '= '), value)
    .map(([key, sign, text]) => `${key}${sign}${text}`);
  fc.assert(
    fc.property(fc.array(line, { maxLength: 5 }), (lines) => {
      const text = lines.join('\n');
      let mine: Record<string, string>;
      try {
        mine = Object.fromEntries(readEnvLines(text).map(({ key, value: read }) => [key, read]));
      } catch {
        // a line that can not be read is named here, where dotenv passes over it
        return;
      }
      expect(mine).toEqual(parse(text));
    }),
    { numRuns: 2_000 },
  );
});
