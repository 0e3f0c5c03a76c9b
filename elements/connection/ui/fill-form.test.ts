import { describe, expect, it } from 'vitest';
import { definitions } from '../../database/definitions.ts';
import { bodyFields } from '../body-fields.ts';
import { fillForm } from './fill-form.ts';
import { bodyOf, secretsOf, valuesOf, type FormValues } from './form-values.ts';
import { readPaste, splitPasted } from './read-paste.ts';

const fields = bodyFields(definitions.postgresql, 'databases');
const TEXT = 'postgres://app:p%23w@db:5433/shop?sslmode=require';

/** A form without a screen: what react-hook-form does with the two calls, on plain values. */
function formOf(body: Record<string, unknown>) {
  const values = valuesOf(fields, { title: '', description: '' }, body);
  const form = {
    getValues: (path: string) => at(path)[0]?.[at(path)[1]],
    setValue: (path: string, value: unknown) => {
      const [group, name] = at(path);
      group[name] = value;
    },
  };
  const at = (path: string): [Record<string, unknown>, string] => {
    const [head = '', ...rest] = path.split('.');
    return rest.length === 0
      ? [values as unknown as Record<string, unknown>, head]
      : [values[head as 'fields' | 'secrets'] as Record<string, unknown>, rest.join('.')];
  };
  return { values, form: form as unknown as Parameters<typeof fillForm>[0] };
}

const use = (values: FormValues, form: Parameters<typeof fillForm>[0], text: string) => {
  const count = fillForm(form, fields, readPaste(text, 'postgresql').pasted?.fields ?? {}, () => 'MAIN_PASSWORD');
  return { count, body: bodyOf(bodyFields(definitions.postgresql, 'databases', values.connection !== ''), values) };
};

describe('a pasted text in the form', () => {
  it('stands as if typed, its password apart under the proposed key', () => {
    const { values, form } = formOf({ schema: 'sales' });
    const { count, body } = use(values, form, TEXT);
    expect(count).toBe(6);
    expect(body).toEqual({
      schema: 'sales',
      database: 'shop',
      host: 'db',
      port: 5433,
      user: 'app',
      password: { $env: 'MAIN_PASSWORD' },
      tls: { mode: 'require' },
    });
    expect(secretsOf(fields, values, 'databases.Main').password?.text).toBe('p#w');
  });

  it('sets the variable that the password refers to already, and leaves the rest of the form', () => {
    const { values, form } = formOf({ host: 'old', user: { $env: 'U' }, password: { $env: 'OLD_PW' }, database: 'd' });
    const { body } = use(values, form, 'postgres://:secret@db');
    expect(body).toEqual({ host: 'db', user: { $env: 'U' }, password: { $env: 'OLD_PW' }, database: 'd' });
    expect(values.secrets.password).toEqual({ key: 'OLD_PW', text: 'secret' });
  });

  it('leaves its connection for a server of its own, and keeps it otherwise', () => {
    const attached = { connection: 'connections.Primary', database: 'd' };
    const first = formOf(attached);
    expect(use(first.values, first.form, TEXT).body.connection).toBeUndefined();
    const second = formOf(attached);
    expect(use(second.values, second.form, 'dbname=shop').body).toEqual({ ...attached, database: 'shop' });
  });
});

describe('what is pasted', () => {
  it('says nothing of an empty text, and what is wrong with one that can not be read', () => {
    expect(readPaste(' \n', null)).toEqual({ pasted: null, wrong: null });
    expect(readPaste('postgres://', 'postgresql').wrong).toBe('At character 12 a host is expected.');
  });

  it('tells the fields of a form from those it does not have', () => {
    const { pasted } = readPaste(TEXT, null);
    if (!pasted) throw new Error('not read');
    const { taken, left } = splitPasted(pasted, bodyFields(definitions.postgresql, 'connections'));
    expect(taken.map(({ name }) => name)).toEqual(['host', 'port', 'user', 'password', 'tls.mode']);
    expect(left).toEqual(['database']);
  });
});
