import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Secret } from '#lib/core/secret.ts';
import type { FieldTree, Source, VariableDefinition } from '#lib/source/source.ts';
import type { TypedValue, ValueSet } from './resolution.ts';
import { resolve } from './resolve.ts';

const set = (name: string, values: Record<string, TypedValue>): ValueSet => ({
  environment: { name, protected: false, position: 0 },
  get: (key) => values[key],
});

const own: FieldTree = {
  database: 'shop',
  host: 'h.example.com',
  user: 'u',
  password: { $env: 'PW' },
};
const PW: Record<string, VariableDefinition> = { PW: { type: 'secret' } };

function source(body: FieldTree, variables: Record<string, VariableDefinition> = {}): Source {
  return {
    app: { name: 'shop', title: 'Shop', defaultDatabase: null },
    variables: { ...PW, ...variables },
    elements: [
      { id: 'e_1', fullName: 'databases.Main', type: 'databases.PgSqlType', title: 'Main', family: 'databases', body },
    ],
  };
}

function one(body: FieldTree, variables: Record<string, VariableDefinition>, values: ValueSet) {
  const { elements, reasons, warnings } = resolve(source(body, variables), values);
  return { fields: elements[0]?.fields ?? {}, uses: elements[0]?.uses, reasons, warnings };
}

const pw = new Secret('p');

describe('rule 3.1', () => {
  const port = { ...own, port: { $env: 'PORT' } };

  it('takes the value set, else the default', () => {
    const variables = { PORT: { type: 'number', default: 1 } } as const;
    expect(one(port, variables, set('test', { PW: pw, PORT: 2 })).fields.port).toEqual({
      value: 2,
      origin: { from: 'value', variable: 'PORT' },
    });
    expect(one(port, variables, set('test', { PW: pw })).fields.port).toEqual({
      value: 1,
      origin: { from: 'default', variable: 'PORT' },
    });
  });

  it('lets no default satisfy required, but in development', () => {
    const variables = { PORT: { type: 'number', default: 1, required: true } } as const;
    expect(one(port, variables, set('test', { PW: pw })).reasons).toMatchObject([
      { element: 'databases.Main', field: 'port', variable: 'PORT', environment: 'test', code: 'missing-variable' },
    ]);
    expect(one(port, variables, set('development', { PW: pw })).fields.port?.value).toBe(1);
  });

  it('makes an optional field absent, with its own default, unless the variable is required', () => {
    const body = { ...own, pool: { max: { $env: 'MAX' } } };
    expect(one(body, { MAX: { type: 'number' } }, set('test', { PW: pw })).fields['pool.max']).toEqual({
      value: 10,
      origin: { from: 'absent', variable: 'MAX' },
    });
    expect(one(body, { MAX: { type: 'number', required: true } }, set('test', { PW: pw })).reasons).toHaveLength(1);
  });

  it.each(['readOnly', 'tls.mode'])('never guesses %s', (name) => {
    const body = name === 'readOnly' ? { ...own, readOnly: { $env: 'X' } } : { ...own, tls: { mode: { $env: 'X' } } };
    const type = name === 'readOnly' ? 'boolean' : 'text';
    expect(one(body, { X: { type } }, set('test', { PW: pw })).reasons).toMatchObject([{ field: name, variable: 'X' }]);
  });

  it('has the second of a pair missing', () => {
    const body = { ...own, ddlUser: 'm', ddlPassword: { $env: 'DDL' } };
    const reasons = one(body, { DDL: { type: 'secret' } }, set('test', { PW: pw })).reasons;
    expect(reasons).toMatchObject([{ field: 'ddlPassword', variable: 'DDL', code: 'missing-variable' }]);
    expect(one({ ...own, ddlUser: 'm' }, {}, set('test', { PW: pw })).reasons).toMatchObject([
      { field: 'ddlPassword', code: 'missing-field' },
    ]);
  });

  it('does not resolve leaves that the mode does not use', () => {
    const body = { ...own, tls: { mode: 'disable', ca: { $env: 'NOWHERE' }, key: { $env: 'KEY' } } };
    const variables = { KEY: { type: 'secret', required: true } } as const;
    const { fields, reasons, warnings, uses } = one(body, variables, set('test', { PW: pw, KEY: pw }));
    expect(reasons).toEqual([]);
    expect(fields['tls.ca']).toEqual({ value: null, origin: { from: 'skipped', variable: 'NOWHERE' } });
    expect(warnings).toMatchObject([{ variable: 'KEY', code: 'required-unused' }]);
    expect(uses).toEqual(['PW']);
  });

  it('judges TLS leaves once the mode is decided by the address', () => {
    const body = { ...own, tls: { cert: 'PEM -----BEGIN X', key: { $env: 'KEY' } } };
    const bare = source(body, { KEY: { type: 'secret' } });
    expect(resolve(bare, set('test', { PW: pw })).reasons).toEqual([]);
    const strict = resolve(bare, set('test', { PW: pw }), { tlsMode: () => 'verify-full' });
    expect(strict.reasons).toMatchObject([{ field: 'tls.key', variable: 'KEY' }]);
    expect(resolve(bare, set('test', { PW: pw }), { tlsMode: () => 'disable' }).reasons).toEqual([]);
  });

  it('counts an empty text as a value of a text only', () => {
    const body = { ...own, options: { applicationName: { $env: 'NAME' } } };
    expect(one(body, { NAME: { type: 'text' } }, set('test', { PW: pw, NAME: '' })).fields).toMatchObject({
      'options.applicationName': { value: '' },
    });
    expect(one(own, {}, set('test', { PW: new Secret('') })).reasons).toMatchObject([{ variable: 'PW' }]);
  });
});

describe('rule 3.3', () => {
  it('lists every undefined and missing variable with element and field', () => {
    const body = { ...own, host: { $env: 'HOST' }, port: { $env: 'GONE' } };
    expect(
      one(body, { HOST: { type: 'text' } }, set('test', {})).reasons.map((r) => [r.field, r.variable, r.code]),
    ).toEqual([
      ['host', 'HOST', 'missing-variable'],
      ['port', 'GONE', 'undefined-variable'],
      ['password', 'PW', 'missing-variable'],
    ]);
  });

  it('refuses a value that does not fit its field', () => {
    const body = { ...own, port: { $env: 'PORT' } };
    const { reasons } = one(body, { PORT: { type: 'number' } }, set('test', { PW: pw, PORT: 70_000 }));
    expect(reasons).toMatchObject([{ code: 'wrong-value', field: 'port', variable: 'PORT' }]);
  });
});

it('takes shared fields of an attached database from its connection, and tells its faults there, once', () => {
  const { database, ...shared } = own;
  const attached = { connection: 'connections.P', database: database as string };
  const both: Source = {
    ...source({}),
    elements: [
      {
        id: 'c',
        fullName: 'connections.P',
        type: 'connections.PgSqlType',
        title: 'P',
        family: 'connections',
        body: shared,
      },
      {
        id: 'a',
        fullName: 'databases.A',
        type: 'databases.PgSqlType',
        title: 'A',
        family: 'databases',
        body: attached,
      },
      {
        id: 'b',
        fullName: 'databases.B',
        type: 'databases.PgSqlType',
        title: 'B',
        family: 'databases',
        body: attached,
      },
    ],
  };
  expect(resolve(both, set('test', {})).reasons).toMatchObject([{ element: 'connections.P', field: 'password' }]);
  const [database1] = resolve(both, set('test', { PW: pw }), { only: ['databases.A'] }).elements;
  expect(database1).toMatchObject({ connection: 'connections.P', fields: { host: { value: 'h.example.com' } } });
  expect(Object.keys(database1?.fields ?? {})).toContain('pool.max');
});

describe('over any values', () => {
  const variable = fc.record({
    type: fc.constant('text' as const),
    required: fc.boolean(),
    default: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
    set: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
    environment: fc.constantFrom('development', 'test'),
  });

  it('gives exactly what rule 3.1 says of a field that is not optional', () => {
    fc.assert(
      fc.property(variable, (each) => {
        fc.pre(!/\p{Cc}/u.test(`${each.set}${each.default}`));
        const definition = {
          type: each.type,
          required: each.required,
          ...(each.default === undefined ? {} : { default: each.default }),
        };
        const values = set(each.environment, { PW: pw, ...(each.set === undefined ? {} : { HOST: each.set }) });
        const { fields, reasons } = one({ ...own, host: { $env: 'HOST' } }, { HOST: definition }, values);
        const standIn = !each.required || each.environment === 'development' ? each.default : undefined;
        const expected = each.set ?? standIn;
        expect(fields.host?.value).toBe(expected);
        expect(reasons.length).toBe(expected === undefined ? 1 : 0);
      }),
    );
  });

  it('takes any text of a password as it stands, and never prints it', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (text) => {
        const secret = new Secret(text);
        const { fields } = one(own, {}, set('test', { PW: secret }));
        expect(fields.password?.value).toBe(secret);
        expect(JSON.stringify(fields.password)).toContain('"[secret]"');
      }),
    );
  });
});
