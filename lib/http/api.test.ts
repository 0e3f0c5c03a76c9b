import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const METHODS = 'GET|POST|PUT|PATCH|DELETE';
const comments = readFileSync(join(import.meta.dirname, 'api.ts'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('//'))
  .join('\n');

/** `GET /apps/{}`: names of parts that stand for anything left out */
const listed = [...comments.matchAll(new RegExp(`\\b(${METHODS})\\s+(/[-\\w/{}.]+)`, 'g'))].map(
  ([, method, path]) => `${method} ${path!.replaceAll(/\{\w+\}(\.json)?/g, '{}')}`,
);

const root = join(import.meta.dirname, '../../app/api/v1');
const served = globSync('**/route.ts', { cwd: root }).flatMap((file) => {
  const path = `/${file.replaceAll('\\', '/').replace(/\/?route\.ts$/, '')}`.replaceAll(/\[\w+\]/g, '{}');
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(new RegExp(`export const (${METHODS})\\b`, 'g'))].map(([, method]) => `${method} ${path}`);
});

describe('the management API', () => {
  it('serves every endpoint that is written down', () => {
    expect(listed.filter((each) => !served.includes(each))).toEqual([]);
    expect(listed.length).toBeGreaterThan(40);
  });

  it('has no endpoint that is not written down', () => {
    expect(served.filter((each) => !listed.includes(each))).toEqual([]);
  });
});
