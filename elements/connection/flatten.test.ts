import { afterEach, describe, expect, it } from 'vitest';
import type { FieldTree } from './fields.ts';
import { flatten, unflatten } from './flatten.ts';

afterEach(() => {
  for (const name of ['planted', 'confirmTargets']) Reflect.deleteProperty(Object.prototype, name);
});

describe('flatten and unflatten', () => {
  it('are each other’s reverse', () => {
    const body: FieldTree = { host: { $env: 'HOST' }, tls: { mode: 'require', ca: { $env: 'CA' } }, port: 5 };
    expect(flatten(body)).toEqual({ host: { $env: 'HOST' }, 'tls.mode': 'require', 'tls.ca': { $env: 'CA' }, port: 5 });
    expect(unflatten(flatten(body))).toEqual(body);
  });

  it.each(['__proto__.planted', 'tls.__proto__.planted', 'constructor.prototype.planted', 'toString.planted'])(
    '%s reaches nothing outside the body',
    (name) => {
      const tree = unflatten({ [name]: 'yes' });
      expect('planted' in {}).toBe(false);
      expect('planted' in Object.prototype.toString).toBe(false);
      expect(flatten(tree)).toEqual({ [name]: 'yes' });
    },
  );

  it('keeps what a request names __proto__ as an ordinary unknown name', () => {
    const body = JSON.parse('{"tls":{"__proto__":{"confirmTargets":true}},"__proto__":"x"}') as FieldTree;
    const flat = flatten(body);
    expect(Object.keys(flat)).toEqual(['tls.__proto__.confirmTargets', '__proto__']);
    expect(Object.keys(flatten(unflatten(flat)))).toEqual(Object.keys(flat));
    expect('confirmTargets' in {}).toBe(false);
  });

  it('lets a leaf give way to a longer name, so that the check can tell it', () => {
    expect(unflatten({ host: 'h', 'host.x': 'y' })).toEqual({ host: { x: 'y' } });
  });
});
