import { expect, it } from 'vitest';
import { ownPath } from './own-path.ts';

it.each(['/', '/apps/shop', '/apps/shop/e/databases.Main?tab=test#top', '/users?x=//evil.example'])(
  '%s is a path of the portal',
  (path) => expect(ownPath(path)).toBe(path),
);

it.each([
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/\r\n\\evil.example',
  '\t//evil.example',
  '/.//evil.example',
  '/a/..//evil.example',
  '/%2e//evil.example',
  'javascript:alert(1)',
  '/\u0000//evil.example',
  '',
  undefined,
  ['/apps', '//evil.example'],
])('%j leads nowhere else', (to) => {
  const path = ownPath(to);
  expect(new URL(path, 'https://portal.example').origin).toBe('https://portal.example');
  expect(path).toMatch(/^\/(?![/\\])[\x21-\x7e]*$/);
});
