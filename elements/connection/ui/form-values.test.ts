import { describe, expect, it } from 'vitest';
import { definitions } from '../../database/definitions.ts';
import { bodyFields } from '../body-fields.ts';
import { checkBody } from '../check-body.ts';
import { bodyOf, parsed, proposedKey, secretsOf, valuesOf } from './form-values.ts';

const { postgresql } = definitions;
const own = bodyFields(postgresql, 'databases');
const body = {
  database: 'shop',
  host: { $env: 'DB_HOST' },
  port: 5433,
  user: 'app',
  password: { $env: 'MAIN_PASSWORD' },
  tls: { mode: 'verify-full' },
};

describe('form values', () => {
  it('gives the body back as it was', () => {
    const values = valuesOf(own, { title: 'Main', description: '' }, body);
    expect(bodyOf(own, values)).toEqual(body);
    expect(checkBody(postgresql, 'databases', bodyOf(own, values))).toEqual([]);
  });

  it('lets a typed secret stand as a reference, and hands its text over apart', () => {
    const values = valuesOf(own, { title: '', description: '' }, { ...body, password: undefined as never });
    values.secrets.password = { key: 'MAIN_PASSWORD', text: 'p"4$' };
    expect(bodyOf(own, values)).toEqual(body);
    expect(JSON.stringify(bodyOf(own, values))).not.toContain('p\\"4$');
    expect(secretsOf(own, values, 'databases.Main')).toEqual({
      password: { key: 'MAIN_PASSWORD', text: 'p"4$', name: 'Main password' },
    });
  });

  it('leaves the shared fields out of an attached database', () => {
    const values = { ...valuesOf(own, { title: '', description: '' }, body), connection: 'connections.Primary' };
    expect(bodyOf(bodyFields(postgresql, 'databases', true), values)).toEqual({
      connection: 'connections.Primary',
      database: 'shop',
    });
  });

  it('proposes keys from the last name and the field', () => {
    expect(proposedKey('databases.shop.MainDb', 'password')).toBe('MAIN_DB_PASSWORD');
    expect(proposedKey('connections.Primary', 'pool.acquireTimeoutMs')).toBe('PRIMARY_POOL_ACQUIRE_TIMEOUT_MS');
  });

  it('reads numbers, and leaves what is none', () => {
    const port = own.find((field) => field.name === 'port');
    if (!port) throw new Error('no port');
    expect(parsed(port, '5433')).toBe(5433);
    expect(parsed(port, '54x')).toBe('54x');
    expect(parsed(port, '')).toBe('');
  });
});
