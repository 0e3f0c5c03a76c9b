import { readFileSync, statSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Problem, UserRow } from '#lib/http/api.ts';
import { newId } from '#lib/store/new-id.ts';
import { store, transaction } from '#lib/store/store.ts';
import { PASSWORD, api, people } from '#test/support/api.ts';
import { ownStore } from '#test/support/store.ts';
import type { Actor } from './actor.ts';
import { verifyAudit } from './audit.ts';
import { authenticateDataToken, dataTokenFromCache } from './data-token.ts';
import { createUser, hashOfPassword } from './credentials.ts';
import { localProofFile } from './local-proof.ts';
import { newOwnerToken } from './owner-token.ts';
import { checkPassword } from './password.ts';
import { setupOwner } from './setup-owner.ts';
import { signIn } from './sign-in.ts';
import { createDataToken, createManagementToken, revokeToken } from './tokens.ts';

const own = ownStore();
let tokens: Awaited<ReturnType<typeof people>>;
beforeAll(own.ready);
afterAll(own.remove);

describe('set-up', () => {
  it('makes one owner of a race of 50', async () => {
    const ownerToken = await newOwnerToken();
    if (ownerToken === null) throw new Error('there is an owner');
    const tries = Array.from({ length: 50 }, (_, n) =>
      setupOwner({ ownerToken, email: `racer-${n}@example.org`, password: PASSWORD }, `address-${n}`),
    );
    const outcomes = await Promise.allSettled(tries);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await store().user.count()).toBe(1);
    expect(await newOwnerToken()).toBe(null);
    const again = { ownerToken, email: 'late@example.org', password: PASSWORD };
    expect(await api<Problem>('POST', '/setup', { body: again })).toMatchObject({
      status: 409,
      body: { code: 'exists' },
    });
    await store().user.deleteMany();
    // fifty scrypt hashes
  }, 120_000);

  it('wants a token that is right, and a password that is good', async () => {
    const ownerToken = (await newOwnerToken()) ?? '';
    const body = { ownerToken: `${ownerToken}x`, email: 'a@example.org', password: PASSWORD };
    expect((await api('POST', '/setup', { body })).status).toBe(401);
    expect((await api('POST', '/setup', { body: { ...body, ownerToken, password: 'short' } })).status).toBe(400);
    expect(await store().user.count()).toBe(0);
  });

  it('takes the proof of local access, which lies in a private file, and prints a token that ends', async () => {
    tokens = await people();
    expect(statSync(localProofFile()).mode & 0o777).toBe(0o600);
    const me = await api('GET', '/session', { token: tokens.owner });
    expect(me).toMatchObject({ status: 200, body: { email: 'owner@example.org', role: 'owner', scope: 'full' } });
    const [row] = await store().token.findMany({ where: { user: { role: 'owner' } } });
    const hours = ((row?.expiresAt?.getTime() ?? 0) - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(23.9);
    expect(hours).toBeLessThanOrEqual(24);
  });

  it('resets an owner with the proof, and not without', async () => {
    const body = { email: 'owner@example.org', password: 'another good phrase 77' };
    expect((await api('POST', '/setup/reset-owner', { body: { ...body, proof: 'wrong' } })).status).toBe(401);
    const proof = readFileSync(localProofFile(), 'utf8');
    expect((await api('POST', '/setup/reset-owner', { body: { ...body, proof } })).status).toBe(200);
    await expect(signIn({ ...body, remote: 'r' })).resolves.toMatchObject({ actor: { role: 'owner' } });
    expect((await api('POST', '/setup/reset-owner', { body: { ...body, password: PASSWORD, proof } })).status).toBe(
      200,
    );
  });
});

describe('sessions', () => {
  const session = async (email = 'developer@example.org') => {
    const { setCookie } = await signIn({ email, password: PASSWORD, remote: newId('r') });
    return setCookie.map((line) => line.split(';')[0]).join('; ');
  };

  it('are cookies that scripts can not read', async () => {
    const { setCookie } = await signIn({ email: 'viewer@example.org', password: PASSWORD, remote: 'r1' });
    expect(setCookie).toHaveLength(1);
    expect(setCookie[0]).toMatch(/^mooring\.session_token=.*HttpOnly; SameSite=Lax/);
  });

  it('let one read; to change something the request must come from our own pages', async () => {
    const cookie = await session('owner@example.org');
    expect((await api('GET', '/session', { headers: { cookie } })).status).toBe(200);
    const invite = (headers: Record<string, string>) =>
      api('POST', '/users', {
        headers: { cookie, ...headers },
        body: { email: newId('x') + '@example.org', role: 'viewer' },
      });
    expect((await invite({})).status).toBe(403);
    expect((await invite({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await invite({ origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' })).status).toBe(403);
    expect((await invite({ origin: 'http://localhost:3000', 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    for (const origin of ['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000']) {
      expect((await invite({ origin })).status).toBe(201);
    }
    expect((await invite({ 'sec-fetch-site': 'same-origin' })).status).toBe(201);
  });

  it('refuses a forged cookie', async () => {
    const cookie = (await session()).replace(/token=..../, 'token=AAAA');
    expect((await api('GET', '/session', { headers: { cookie } })).status).toBe(401);
  });

  it('gives the unknown, the mistaken and the disabled one answer', async () => {
    const answers = await Promise.all(
      [
        { email: 'nobody@example.org', password: PASSWORD },
        { email: 'viewer@example.org', password: 'not the right one' },
      ].map((body) => api<Problem>('POST', '/login', { body })),
    );
    expect(answers.map(({ status }) => status)).toEqual([401, 401]);
    expect(answers[0]?.body.detail).toBe(answers[1]?.body.detail);
  });

  it('stops guessing', async () => {
    const guess = () => signIn({ email: 'guessed@example.org', password: 'a wrong password', remote: 'guesser' });
    for (let n = 0; n < 10; n++) await expect(guess()).rejects.toMatchObject({ code: 'not-signed-in' });
    await expect(guess()).rejects.toMatchObject({ code: 'too-many' });
  });

  it('gives the command line a token for a password, and keeps no session', async () => {
    const before = await store().session.count();
    const body = { email: 'viewer@example.org', password: PASSWORD };
    const { body: made } = await api<{ token: string }>('POST', '/login', { body });
    expect(await api('GET', '/session', { token: made.token })).toMatchObject({ body: { role: 'viewer' } });
    expect(await store().session.count()).toBe(before);
  });
});

describe('people', () => {
  it('are invited by a link that works once', async () => {
    const body = { email: 'New.Person@example.org', role: 'developer' };
    const { body: invited } = await api<{ link: string }>('POST', '/users', { token: tokens.owner, body });
    const token = invited.link.split('/').at(-1) ?? '';
    expect(invited.link).toBe(`http://localhost:3000/invite/${token}`);
    const accept = () =>
      api<{ user: UserRow }>('POST', `/invitations/${token}`, { body: { name: 'New', password: PASSWORD } });
    const twice = await Promise.all([accept(), accept()]);
    expect(twice.map(({ status }) => status).sort()).toEqual([200, 404]);
    const me = await signIn({ email: 'new.person@example.org', password: PASSWORD, remote: 'r2' });
    expect(me.actor.role).toBe('developer');
    expect((await api('POST', '/users', { token: tokens.owner, body })).status).toBe(409);
  });

  it('lose sessions and tokens at once when they are disabled, and come back by a reset', async () => {
    const hash = await hashOfPassword(PASSWORD);
    const { id } = await transaction((tx) =>
      createUser(tx, { email: 'gone@example.org', name: 'g', role: 'developer', hash }),
    );
    const who: Actor = {
      userId: id,
      email: 'gone@example.org',
      role: 'developer',
      scope: 'full',
      tokenId: null,
      onlyApp: null,
      onlyEnvironment: null,
    };
    const { token } = await createManagementToken(who, { scope: 'read' });
    const { setCookie } = await signIn({ email: who.email, password: PASSWORD, remote: 'r3' });
    const headers = { cookie: setCookie[0]?.split(';')[0] ?? '' };
    expect((await api('GET', '/session', { token })).status).toBe(200);
    expect((await api('GET', '/session', { headers })).status).toBe(200);
    expect((await api('POST', '/users/gone@example.org/disable', { token: tokens.owner })).status).toBe(204);
    expect((await api('GET', '/session', { token })).status).toBe(401);
    expect((await api('GET', '/session', { headers })).status).toBe(401);
    const again = signIn({ email: who.email, password: PASSWORD, remote: 'r3' });
    await expect(again).rejects.toMatchObject({ code: 'not-signed-in' });
    const { body } = await api<{ link: string }>('POST', '/users/gone@example.org/reset', { token: tokens.owner });
    const password = 'quite another phrase 9';
    await api('POST', `/invitations/${body.link.split('/').at(-1)}`, { body: { password } });
    await expect(signIn({ email: who.email, password, remote: 'r3' })).resolves.toBeDefined();
    await expect(signIn({ email: who.email, password: PASSWORD, remote: 'r3' })).rejects.toBeDefined();
    expect((await api('GET', '/session', { token })).status).toBe(401);
  });

  it('keep one owner', async () => {
    const refused = await api('POST', '/users/owner@example.org/disable', { token: tokens.owner });
    expect(refused).toMatchObject({ status: 422, body: { code: 'refused' } });
  });

  it('are shown to owners only', async () => {
    const { body } = await api<{ users: UserRow[] }>('GET', '/users', { token: tokens.owner });
    expect(body.users.map(({ email }) => email)).toContain('viewer@example.org');
    expect((await api('GET', '/users', { token: tokens.developer })).status).toBe(403);
  });
});

describe('passwords', () => {
  it.each([
    'toshort',
    'Password1234!',
    'aaaaaaaaaaaaaaa',
    '1234567890123',
    'abcdefghijklmn',
    'margaret2024',
    'Welcome-Welcome1',
  ])('refuses %s', (password) => expect(() => checkPassword(password, 'margaret@example.org')).toThrow('password'));
  it('takes a phrase', () => {
    expect(() => checkPassword('four unrelated words here', 'margaret@example.org')).not.toThrow();
  });
});

describe('tokens', () => {
  const actorOf = async (role: Actor['role']): Promise<Actor> => {
    const user = await store().user.findUniqueOrThrow({ where: { email: `${role}@example.org` } });
    return {
      userId: user.id,
      email: user.email,
      role,
      scope: 'full',
      tokenId: null,
      onlyApp: null,
      onlyEnvironment: null,
    };
  };
  beforeAll(async () => {
    const app = await store().app.create({ data: { id: newId('a'), name: 'shop', title: 'Shop' } });
    for (const [position, name] of ['development', 'production'].entries()) {
      const data = { id: newId('v'), appId: app.id, name, position, protected: name === 'production' };
      await store().environment.create({ data });
    }
    await store().app.create({ data: { id: newId('a'), name: 'other', title: 'Other' } });
  });

  it('open the data of one app and environment, until they are revoked', async () => {
    const developer = await actorOf('developer');
    const { token } = await createDataToken(developer, { app: 'shop', environment: 'development', role: 'write' });
    const access = { appName: 'shop', environment: 'development', role: 'write' };
    expect(dataTokenFromCache(token)).toBeUndefined();
    expect(await authenticateDataToken(token)).toEqual(access);
    expect(dataTokenFromCache(token)).toEqual(access);
    const row = await store().token.findFirstOrThrow({ where: { kind: 'data' } });
    expect(JSON.stringify(row)).not.toContain(token);
    await revokeToken(developer, { id: row.id });
    expect(dataTokenFromCache(token)).toBeUndefined();
    expect(await authenticateDataToken(token)).toBe(null);
  });

  it('end with their maker, and read only when the maker may', async () => {
    const developer = await actorOf('developer');
    const { token } = await createDataToken(developer, { app: 'shop', environment: 'development', role: 'write' });
    const where = { id: developer.userId };
    await store().user.update({ where, data: { role: 'viewer' } });
    expect(await authenticateDataToken(token)).toMatchObject({ role: 'read' });
    await store().user.update({ where, data: { role: 'developer' } });
    await api('POST', '/users/developer@example.org/disable', { token: tokens.owner });
    expect(await authenticateDataToken(token)).toBe(null);
    await store().user.update({ where, data: { disabledAt: null } });
    expect(await authenticateDataToken(token)).toBe(null);
  });

  it('of the two kinds are not interchangeable, and end', async () => {
    const owner = await actorOf('owner');
    const { token: data } = await createDataToken(owner, { app: 'shop', environment: 'development', role: 'read' });
    const { token: management } = await createManagementToken(owner, { scope: 'read', expires: 60_000 });
    expect((await api('GET', '/session', { token: data })).status).toBe(401);
    expect(await authenticateDataToken(management)).toBe(null);
    expect((await api('GET', '/session', { token: management })).status).toBe(200);
    await store().token.updateMany({
      where: { expiresAt: { not: null }, scope: 'read' },
      data: { expiresAt: new Date(Date.now() - 1) },
    });
    expect((await api('GET', '/session', { token: management })).status).toBe(401);
  });

  it('have no more than their maker: not in a protected environment, not beyond their own place', async () => {
    const developer = await actorOf('developer');
    const place = { app: 'shop', environment: 'production', role: 'read' } as const;
    await expect(createDataToken(developer, place)).rejects.toMatchObject({ code: 'no-right' });
    await expect(createDataToken(await actorOf('viewer'), place)).rejects.toMatchObject({ code: 'no-right' });
    const narrowed: Actor = {
      ...(await actorOf('owner')),
      tokenId: 't',
      onlyApp: 'shop',
      onlyEnvironment: 'development',
    };
    await expect(createDataToken(narrowed, place)).rejects.toMatchObject({ code: 'not-found' });
    await expect(createManagementToken(narrowed, { scope: 'full' })).rejects.toMatchObject({ code: 'no-right' });
    await expect(createManagementToken(narrowed, { scope: 'full', app: 'shop' })).rejects.toMatchObject({
      code: 'no-right',
    });
    await expect(createManagementToken(narrowed, { scope: 'full', app: 'other' })).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});

describe('audit of people', () => {
  it('tells of each change, names no secret, and is whole', async () => {
    const rows = await store().audit.findMany();
    const actions = new Set(rows.map(({ action }) => action));
    const wanted = [
      'user.setup',
      'user.invite',
      'user.accept-invite',
      'user.disable',
      'user.reset',
      'token.create',
      'token.revoke',
    ];
    expect([...actions]).toEqual(expect.arrayContaining(wanted));
    expect(JSON.stringify(rows)).not.toContain(PASSWORD);
    expect(JSON.stringify(rows)).not.toMatch(/mr[mdlop]_/);
    expect((await verifyAudit()).brokenAt).toBe(null);
  });

  it('is part of what the doctor looks at', async () => {
    const { body } = await api<{ checks: { name: string; state: string }[] }>('GET', '/doctor', {
      token: tokens.viewer,
    });
    expect(Object.fromEntries(body.checks.map(({ name, state }) => [name, state]))).toEqual({
      store: 'ok',
      'master-key': 'ok',
      audit: 'ok',
      certificates: 'ok',
      settings: 'ok',
    });
  });
});
