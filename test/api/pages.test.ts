/** What a browser relies on, on the portal's real pages; they must have been built (`npm test` does). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from '#lib/config.ts';
import { PASSWORD } from '#test/support/api.ts';
import { startPortal } from '#test/support/portal.ts';
import type { TestPortal } from '#test/support/portal.ts';

const built = (file: string): string => join(PROJECT_ROOT, '.next', file);

describe('the pages', () => {
  let portal: TestPortal;
  let cookie = '';
  beforeAll(async () => {
    portal = await startPortal({ pages: true });
    cookie = (await signIn(portal.url)).cookies.map((line) => line.split(';')[0]).join('; ');
  });
  afterAll(() => portal?.stop());

  /** Calls the server action of the sign-in form as a page of `origin` would. */
  async function signIn(origin: string) {
    const manifest = JSON.parse(readFileSync(built('server/server-reference-manifest.json'), 'utf8')) as {
      node: Record<string, { exportedName?: string }>;
    };
    const [id] = Object.entries(manifest.node).find(([, { exportedName }]) => exportedName === 'signInAction') ?? [''];
    const answer = await fetch(`${portal.url}/sign-in`, {
      method: 'POST',
      headers: { 'next-action': id, origin, 'content-type': 'text/plain;charset=UTF-8', accept: 'text/x-component' },
      body: JSON.stringify([{ email: 'owner@example.org', password: PASSWORD }]),
    });
    return { status: answer.status, text: await answer.text(), cookies: answer.headers.getSetCookie() };
  }

  it('give a session in a cookie that scripts and other sites do not get', async () => {
    const { cookies } = await signIn(portal.url);
    const session = cookies.find((line) => line.startsWith('mooring.session_token='));
    expect(session).toMatch(/; HttpOnly/i);
    expect(session).toMatch(/; SameSite=lax/i);
    expect(session).toMatch(/; Path=\//i);
    expect(session).not.toMatch(/; Domain=/i);
  });

  it('give none to a form of another site, right as the password may be', async () => {
    for (const origin of ['https://evil.example', 'null', portal.url.replace('http:', 'https:')]) {
      const { cookies, text } = await signIn(origin);
      expect(cookies.filter((line) => line.includes('session_token'))).toEqual([]);
      expect(text).not.toContain('"ok":true');
    }
  });

  it.each(['/', '/sign-in', '/users', '/apps/harbour', '/apps/harbour/variables', '/nothing'])(
    '%s runs only scripts and style sheets that carry the nonce of its own answer',
    async (path) => {
      const forged = { 'x-nonce': 'forged', 'content-security-policy': `script-src 'nonce-forged'` };
      const load = async () => {
        const answer = await fetch(portal.url + path, { headers: { cookie, ...forged }, redirect: 'manual' });
        return { html: await answer.text(), headers: answer.headers };
      };
      const { html, headers } = await load();
      const policy = headers.get('content-security-policy') ?? '';
      const nonce = /script-src [^;]*'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
      expect(nonce).toMatch(/^[\w+/]{22}==$/);
      expect(policy).toMatch(/script-src (?![^;]*unsafe)/);
      expect(policy).toContain(`frame-ancestors 'none'`);
      const tags = html.match(/<(?:script|style)\b[^>]*>/g) ?? [];
      expect(tags.length).toBeGreaterThan(3);
      expect(tags.filter((tag) => !tag.includes(`nonce="${nonce}"`))).toEqual([]);
      expect(html).not.toMatch(/<[a-z][^>]*\son[a-z]+=/i);
      expect(html).not.toContain('forged');
      const again = await load();
      expect(again.headers.get('content-security-policy')).not.toBe(policy);
      expect(headers.get('cache-control')).toMatch(/no-store/);
      expect(headers.get('x-powered-by')).toBe(null);
    },
  );

  it('share their cookie with the management API, for requests of their own alone', async () => {
    const change = (headers: Record<string, string>, path = '/apps', body: object = { name: 'made' }) =>
      fetch(`${portal.url}/api/v1${path}`, {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      }).then(({ status }) => status);
    const test = '/apps/harbour/environments/development/test';
    for (const path of ['/apps', test]) {
      for (const headers of [
        {},
        { origin: 'https://evil.example' },
        { origin: 'null' },
        { origin: `${portal.url}.evil.example` },
        { origin: portal.url, 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site' },
        { 'sec-fetch-site': 'none' },
      ] as Record<string, string>[]) {
        expect(await change(headers, path)).toBe(403);
      }
    }
    const session = await fetch(`${portal.url}/api/v1/session`, { headers: { cookie } });
    expect(await session.json()).toMatchObject({ email: 'owner@example.org' });
    expect(await change({ origin: portal.url }, test, {})).toBe(200);
    expect(await change({ origin: portal.url, 'sec-fetch-site': 'same-origin' })).toBeLessThan(300);
  });
});
