import { describe, expect, test } from 'vitest';
import { definitionList } from '#elements/database/definitions.ts';
import { Secret } from '#lib/core/secret.ts';
import type { ResolvedElement } from '#lib/variables/resolution.ts';
import { maskedText, shownField } from './masked-text.ts';

const literal = (value: string | number | Secret) => ({ value, origin: { from: 'literal' as const } });

const element = (fields: ResolvedElement['fields']): ResolvedElement => ({
  element: 'connections.Main',
  elementId: 'e',
  engine: '',
  connection: null,
  fields,
  uses: [],
});

describe.each(definitionList.filter(({ connectionType }) => connectionType !== null))('$title', (definition) => {
  const text = (fields: ResolvedElement['fields'], database: string | null = null) =>
    maskedText(definition, element(fields), database).slice(`${definition.engine}://`.length);

  test('shows where and who, never the password', () => {
    const fields = {
      host: literal('db.example.com'),
      port: literal(1234),
      user: literal('sh@p'),
      password: literal(new Secret('canary')),
    };
    expect(text(fields, 'a b')).toBe('sh%40p:••••@db.example.com:1234/a%20b');
    expect(text({ ...fields, 'tls.mode': literal('require') })).toBe(
      'sh%40p:••••@db.example.com:1234?tls.mode=require',
    );
    expect(text({ ...fields, host: literal('::1') })).toBe('sh%40p:••••@[::1]:1234');
  });

  test('a reference without a value stands as its key', () => {
    const missing = (variable: string) => ({ value: null, origin: { from: 'missing' as const, variable } });
    expect(text({ host: missing('HOST'), port: missing('PORT'), user: missing('USER') })).toBe(
      '{{USER}}:••••@{{HOST}}:{{PORT}}',
    );
  });
});

test('a secret is masked wherever it stands', () => {
  expect(shownField({ value: new Secret('canary'), origin: { from: 'value', variable: 'K' } })).toBe('••••');
  expect(shownField(undefined)).toBeNull();
});
