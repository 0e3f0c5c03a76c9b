import { describe, expect, it } from 'vitest';
import { CanarySweep } from './canaries.ts';

const FORMS: [string, (text: string) => string | Buffer][] = [
  ['as it stands', (text) => `before ${text} after`],
  ['JSON', (text) => JSON.stringify({ detail: JSON.stringify(text) })],
  ['a URL', (text) => `?q=${encodeURIComponent(text)}`],
  ['HTML', (text) => `<p>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</p>`],
  ['base64', (text) => Buffer.from(text).toString('base64')],
  ['base64 after one byte', (text) => Buffer.from(`a${text}`).toString('base64')],
  ['base64 after two bytes', (text) => Buffer.from(`ab${text}z`).toString('base64')],
  ['base64url within base64', (text) => Buffer.from(`user:${text}`).toString('base64url')],
  ['hex', (text) => Buffer.from(text).toString('hex')],
  ['upper-case hex', (text) => Buffer.from(text).toString('hex').toUpperCase()],
  ['UTF-16', (text) => Buffer.from(text, 'utf16le')],
];

describe('the sweep', () => {
  it.each(FORMS)('finds a canary as %s', (_, form) => {
    const sweep = new CanarySweep();
    const { text } = sweep.secret('password');
    sweep.add('clean', 'nothing to see');
    expect(sweep.hits()).toEqual([]);
    sweep.add('leak', form(text));
    expect(sweep.hits()).toContainEqual(expect.objectContaining({ canary: 'password', sink: 'leak' }));
  });

  it('lets through only what is expected at one place', () => {
    const sweep = new CanarySweep();
    const { text } = sweep.secret('token');
    sweep.add('the answer that makes it', text, ['token']);
    expect(sweep.hits()).toEqual([]);
    sweep.add('a list', text);
    expect(sweep.hits().map(({ sink }) => sink)).toEqual(['a list']);
  });
});
