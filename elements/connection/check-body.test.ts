import { describe, expect, it } from 'vitest';
import { definitionList } from '../database/definitions.ts';
import { postgresql } from '../database/postgresql/definition.ts';
import { sqlite } from '../database/sqlite/definition.ts';
import { bodyJsonSchema } from './body-json-schema.ts';
import { bodySchema } from './body-schema.ts';
import { checkBody } from './check-body.ts';

const whole = {
  database: 'shop',
  host: 'db.example.com',
  user: 'shop',
  password: { $env: 'SHOP_PASSWORD' },
};
const messages = (body: unknown) => checkBody(postgresql, 'databases', body).map((issue) => issue.message);

describe('checkBody', () => {
  it('takes a database with its own fields, references at any leaf included', () => {
    expect(messages({ ...whole, port: { $env: 'PORT' }, tls: { mode: { $env: 'MODE' } }, pool: { max: 5 } })).toEqual(
      [],
    );
  });

  it('names each field that is wrong, with expected and found', () => {
    expect(
      messages({
        ...whole,
        host: '',
        port: '5432',
        readOnly: 'no',
        tls: { mode: 'prefer', ca: 'x', ca2: 'y' },
        pool: 5,
        hots: 'typo',
      }),
    ).toEqual([
      'host: expected a text that is not empty, found an empty text',
      'port: expected a whole number from 1 to 65535, found the text "5432"',
      'readOnly: expected true or false, found the text "no"',
      'tls.mode: expected one of disable, require, verify-ca, verify-full, found the text "prefer"',
      'tls.ca: expected PEM text (-----BEGIN …-----), found the text "x"',
      expect.stringMatching(/^tls\.ca2: unknown/),
      'pool: expected an object of fields',
      expect.stringMatching(/^hots: unknown; known are database, schema/),
    ]);
  });

  it('refuses a private key among certificates, whose field the source keeps', () => {
    const ca = '-----BEGIN CERTIFICATE-----\nAA\n-----END CERTIFICATE-----\n-----BEGIN EC PRIVATE KEY-----\nAA';
    expect(messages({ ...whole, tls: { ca } })).toEqual([
      'tls.ca: expected certificates alone, found a private key, which the source must not keep',
    ]);
  });

  it('refuses a literal in a secret field without repeating it', () => {
    const found = messages({ ...whole, password: 'hunter2' });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain('password: expected a reference to a secret variable');
    expect(found[0]).not.toContain('hunter2');
  });

  it('asks for what has no default', () => {
    expect(messages({ host: 'h' })).toEqual([
      'database: expected a value, found nothing',
      'user: expected a value, found nothing',
      'password: expected a value, found nothing',
    ]);
  });

  it('lets only own fields stand beside connection', () => {
    expect(messages({ connection: 'connections.Primary', database: 'shop', ddlUser: 'm' })).toEqual([]);
    expect(messages({ connection: 'connections.Primary', database: 'shop', host: 'x', tls: {} })).toEqual([
      'host: comes from the connection; leave it out here, or leave out connection',
      'tls: comes from the connection; leave it out here, or leave out connection',
    ]);
    expect(messages({ connection: { $env: 'X' }, database: 'shop' })[0]).toContain('it takes no variable');
    expect(checkBody(sqlite, 'databases', { connection: 'connections.A', file: 'a.db' })).toHaveLength(1);
  });

  it('refuses dotted keys, prototype keys and odd references', () => {
    expect(messages({ ...whole, 'tls.mode': 'disable' })[0]).toContain('tls.mode: unknown');
    expect(messages(JSON.parse(`{"__proto__": 1, ${JSON.stringify(whole).slice(1)}`))[0]).toContain(
      '__proto__: unknown',
    );
    expect(messages({ ...whole, host: { $env: 'host' } })[0]).toContain("expected a variable's key");
    expect(messages({ ...whole, host: { $env: 'HOST', or: 'x' } })[0]).toContain('"$env" alone');
  });
});

describe('bodySchema', () => {
  it('writes keys in the order of the definition and leaves defaults out', () => {
    const body = bodySchema(postgresql, 'databases').parse({
      pool: { max: 10, min: 1 },
      tls: {},
      port: 5432,
      ...whole,
    });
    expect(JSON.stringify(body)).toBe(
      '{"database":"shop","host":"db.example.com","user":"shop","password":{"$env":"SHOP_PASSWORD"},"pool":{"min":1}}',
    );
  });

  it('gives the path of each issue', () => {
    const result = bodySchema(postgresql, 'databases').safeParse({ ...whole, tls: { mode: 'x' } });
    expect(result.error?.issues.map((issue) => issue.path)).toEqual([['tls', 'mode']]);
  });
});

it.each(definitionList)('$engine has a JSON Schema for every field', (definition) => {
  const text = JSON.stringify(bodyJsonSchema(definition, 'databases'));
  for (const field of [...definition.ownFields, ...definition.sharedFields]) expect(text).toContain(field.help);
  expect(text.includes('"connection"')).toBe(definition.connectionType !== null);
});
