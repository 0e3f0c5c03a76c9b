import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { AppOverview, Problem, VariableMatrix } from '#lib/http/api.ts';
import { startPortal } from '#test/support/portal.ts';
import type { TestPortal } from '#test/support/portal.ts';

const home = mkdtempSync(join(tmpdir(), 'mooring-other-key-'));
const keys = { XDG_CONFIG_HOME: join(home, 'config') };
const STRUCTURE = ['/apps', '/apps/shop', '/apps/shop/elements/databases.Main', '/apps/shop/variables'];
const MORE = [
  '/session',
  '/users',
  '/doctor',
  '/tokens',
  '/apps/shop/source',
  '/apps/shop/elements/databases.Main/history',
  '/apps/shop/environments',
  '/apps/shop/environments/development/deployments',
  '/apps/shop/environments/development/releases',
];
let portal: TestPortal | null = null;
let token = '';
/** when each value was set, as the sealed portal told it */
let setAt: (string | null | undefined)[] = [];

async function start(env: Record<string, string> = {}): Promise<TestPortal> {
  portal = await startPortal({ home, env: { ...keys, ...env }, setup: token === '' });
  token ||= portal.ownerToken;
  portal.ownerToken = token;
  return portal;
}
const put = (at: TestPortal, path: string, body: unknown) => at.api(path, { method: 'PUT', body });
const values = '/apps/shop/environments/development/values';

afterEach(() => portal?.stop());
afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});

describe('a portal that is started with another master key', () => {
  it('has something to lose', async () => {
    const right = await start();
    await right.api('/apps', { method: 'POST', body: { name: 'shop' } });
    await right.api('/apps/shop/elements', {
      method: 'POST',
      body: {
        fullName: 'databases.Main',
        type: 'databases.PgSqlType',
        body: { host: '127.0.0.1', port: 1, user: 'u', database: 'd' },
        secrets: { password: { key: 'MAIN_PASSWORD', text: 'the right one' } },
      },
    });
    await put(right, '/apps/shop/variables/SIZE', { definition: { type: 'number' }, development: 5 });
    expect(await right.stop()).toBe(0);
  });

  it('says so, shows structure, and uses and changes nothing', async () => {
    const sealed = await start({ MOORING_MASTER_KEY: randomBytes(32).toString('base64') });
    expect(sealed.output()).toContain('The portal is sealed');
    expect(await (await fetch(`${sealed.url}/readyz`)).json()).toMatchObject({ sealed: true });
    const seen = await Promise.all(
      [...STRUCTURE, ...MORE].map(async (path) => [path, (await sealed.api(path)).status]),
    );
    expect(seen.filter(([, status]) => status !== 200)).toEqual([]);
    const app = (await (await sealed.api('/apps/shop')).json()) as AppOverview;
    expect(app.elements.map(({ fullName }) => fullName)).toEqual(['databases.Main']);
    const { variables } = (await (await sealed.api('/apps/shop/variables')).json()) as VariableMatrix;
    expect(variables.map(({ key }) => key)).toEqual(['MAIN_PASSWORD', 'SIZE']);
    expect(variables.map(({ cells }) => [cells.development?.state, cells.development?.value])).toEqual([
      ['set', null],
      ['set', null],
    ]);
    setAt = variables.map(({ cells }) => cells.development?.setAt);
    const post = (path: string, body: unknown) => sealed.api(path, { method: 'POST', body });
    const changes = [
      await put(sealed, values, { values: { MAIN_PASSWORD: 'overwritten' } }),
      await post('/apps', { name: 'other' }),
      await post('/apps/shop/environments', { name: 'test' }),
      await post('/apps/shop/environments/development/test', {}),
      await post('/apps/shop/environments/development/plan', {}),
      await post('/apps/shop/environments/development/deployments', {}),
      await post('/tokens', { scope: 'read' }),
      await sealed.api(`${values}/MAIN_PASSWORD?confirm=true`, { method: 'DELETE' }),
      await sealed.api('/apps/shop?confirm=shop', { method: 'DELETE' }),
    ];
    const codes = await Promise.all(changes.map(async (answer) => ((await answer.json()) as Problem).code));
    expect(codes).toEqual(codes.map(() => 'sealed'));
    expect(await sealed.stop()).toBe(0);
  });

  it('heals with the right one', async () => {
    const healed = await start();
    expect(healed.output()).not.toContain('sealed');
    const { variables } = (await (await healed.api('/apps/shop/variables')).json()) as VariableMatrix;
    expect(variables.map(({ cells }) => cells.development?.value)).toEqual([null, 5]);
    expect(variables.map(({ cells }) => cells.development?.setAt)).toEqual(setAt);
    const test = await healed.api('/apps/shop/environments/development/test', { method: 'POST', body: {} });
    expect(await test.text()).toContain('refused the connection');
    expect(await healed.stop()).toBe(0);
  });
});
