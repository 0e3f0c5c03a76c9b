import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPortal } from '#test/support/portal.ts';
import type { TestPortal } from '#test/support/portal.ts';

let portal: TestPortal;
/** of a client that began a request and then said nothing: when it was cut off, ms */
let silentFor: Promise<number>;
beforeAll(async () => {
  portal = await startPortal();
  const silent = connect(port(), '127.0.0.1');
  silent.write('GET /healthz HTTP/1.1\r\nhost: localhost\r\n');
  const began = Date.now();
  silentFor = once(silent.resume(), 'close').then(() => Date.now() - began);
});
afterAll(() => portal.stop());

const port = () => Number(new URL(portal.url).port);

describe('the server', () => {
  it('says where it is, where the key lies, and the owner token once', () => {
    expect(portal.output()).toContain(`Mooring is running at ${portal.url}`);
    expect(portal.output()).toMatch(/A master key was made: .+\.key\. Back it up/);
    expect(portal.output().match(/owner token mro_[\w-]{43}/g)).toHaveLength(1);
    expect(statSync(join(portal.home, 'local-proof')).mode & 0o777).toBe(0o600);
  });

  it('answers the management API, the data API and health', async () => {
    expect(await (await portal.api('/session')).json()).toMatchObject({ email: 'owner@example.org' });
    expect((await fetch(`${portal.url}/data/shop/development/Customer`)).headers.get('content-type')).toContain('json');
    expect(await (await fetch(`${portal.url}/healthz`)).json()).toEqual({ status: 'ok' });
    expect(await (await fetch(`${portal.url}/readyz`)).json()).toEqual({ status: 'ready', sealed: false });
  });

  it('sets its headers, and tells no caller more than the problem', async () => {
    const answer = await fetch(`${portal.url}/api/v1/session`);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('x-frame-options')).toBe('DENY');
    expect(answer.headers.get('x-powered-by')).toBe(null);
  });

  it('refuses headers beyond 16 KiB', async () => {
    const answer = await fetch(`${portal.url}/healthz`, { headers: { 'x-large': 'x'.repeat(20_000) } });
    expect(answer.status).toBe(431);
  });

  it('ends the connection with an answer to a body that it did not take whole', async () => {
    const socket = connect(port(), '127.0.0.1');
    let received = '';
    socket.on('data', (bytes) => (received += bytes.toString()));
    socket.on('error', () => undefined);
    const head = `POST /api/v1/login HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 4000000\r\n\r\n`;
    socket.write(head + 'x'.repeat(100_000));
    await once(socket, 'close');
    expect(received).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(received.toLowerCase()).toContain('connection: close');
    expect(await (await fetch(`${portal.url}/healthz`)).json()).toEqual({ status: 'ok' });
  });

  it('counts attempts by the caller’s real address, whatever the request claims', async () => {
    const guess = (n: number) =>
      fetch(`${portal.url}/api/v1/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-mooring-remote': `10.0.0.${n}` },
        body: JSON.stringify({ email: 'nobody@example.org', password: 'a wrong password' }),
      });
    const statuses = [];
    for (let n = 0; n < 11; n++) statuses.push((await guess(n)).status);
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429]);
  });

  it('says in one sentence that the port is taken', async () => {
    const samePort = startPortal({ env: { PORT: String(port()) } });
    await expect(samePort).rejects.toThrow(`Port ${port()} on 127.0.0.1 is taken`);
  });

  it('says at the start what is wrong with the list of targets', async () => {
    const wrong = startPortal({ env: { MOORING_TARGETS_ALLOW: '10.0.0.0/8, a b' } });
    await expect(wrong).rejects.toThrow('MOORING_TARGETS_ALLOW: expected CIDR ranges');
  });

  it('finishes a running request when it is told to stop, and leaves nothing open', async () => {
    const other = await startPortal();
    const socket = connect(Number(new URL(other.url).port), '127.0.0.1');
    let received = '';
    socket.on('data', (bytes) => (received += bytes.toString()));
    const body = JSON.stringify({ scope: 'read' });
    socket.write(
      `POST /api/v1/tokens HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${other.ownerToken}\r\n` +
        `content-type: application/json\r\ncontent-length: ${body.length}\r\nexpect: 100-continue\r\n\r\n`,
    );
    await once(socket, 'data');
    other.child.kill('SIGTERM');
    await expect.poll(() => fetch(`${other.url}/healthz`).catch(() => 'refused')).toBe('refused');
    socket.write(body);
    await once(socket, 'close');
    expect(received).toContain('201 Created');
    expect(await other.stop()).toBe(0);
    expect(existsSync(other.home)).toBe(false);
  });

  it('cuts off who does not finish the headers of a request', async () => {
    const ms = await silentFor;
    expect(ms).toBeGreaterThan(10_000);
    expect(ms).toBeLessThan(17_500);
  });

  it('makes its files for its own user alone', () => {
    for (const name of ['store.db', 'local-proof']) expect(statSync(join(portal.home, name)).mode & 0o077).toBe(0);
  });

  it('is sealed by a wrong master key: shows structure, changes nothing, and heals', async () => {
    const home = mkdtempSync(join(tmpdir(), 'mooring-sealed-'));
    const first = await startPortal({ home });
    await first.stop();
    const [name] = readdirSync(join(home, 'config/mooring'));
    const file = join(home, 'config/mooring', name ?? '');
    const right = readFileSync(file);
    writeFileSync(file, randomBytes(32).toString('base64'));

    const sealed = await startPortal({ home, setup: false });
    expect(sealed.output()).toContain('The portal is sealed: the master key is not the one of this store');
    expect(await (await fetch(`${sealed.url}/readyz`)).json()).toMatchObject({ sealed: true });
    const token = first.ownerToken;
    expect((await sealed.api('/session', { token })).status).toBe(200);
    const refused = await sealed.api('/tokens', { token, method: 'POST', body: { scope: 'read' } });
    expect(await refused.json()).toMatchObject({ status: 503, code: 'sealed' });
    await sealed.stop();

    writeFileSync(file, right);
    const healed = await startPortal({ home, setup: false });
    expect((await healed.api('/tokens', { token, method: 'POST', body: { scope: 'read' } })).status).toBe(201);
    await healed.stop();
    rmSync(home, { recursive: true });
  }, 120_000);
});
