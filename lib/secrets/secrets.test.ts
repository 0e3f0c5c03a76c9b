import { readFileSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Fault } from '#lib/core/errors.ts';
import { audit, verifyAudit } from '#lib/access/audit.ts';
import { newId } from '#lib/store/new-id.ts';
import { store, transaction } from '#lib/store/store.ts';
import { ownStore } from '#test/support/store.ts';
import { decrypt, encrypt } from './cipher.ts';
import { derivedKey, forgetMasterKey, installationId, masterKey } from './master-key.ts';
import { openValue, sealValue } from './values.ts';

const own = ownStore();
beforeAll(own.ready);
afterAll(own.remove);

const CANARY = 'S3cr3t-ünïcode "§$%&/()=?';
const keyFile = async () => join(own.home, 'config/mooring', `${await installationId()}.key`);

async function newPlace() {
  const app = await store().app.create({ data: { id: newId('a'), name: newId('a'), title: '' } });
  const data = { id: newId('v'), appId: app.id, name: 'development', position: 0 };
  const environment = await store().environment.create({ data });
  return { appId: app.id, environmentId: environment.id, key: 'MAIN_PASSWORD', version: 1 };
}

describe('cipher', () => {
  it('opens with the same key and place only, and never seals the same way twice', () => {
    const key = randomBytes(32);
    const sealed = encrypt(key, Buffer.from(CANARY), ['a', 'bc']);
    expect(decrypt(key, sealed, ['a', 'bc']).toString()).toBe(CANARY);
    expect(() => decrypt(key, sealed, ['ab', 'c'])).toThrow('authenticate');
    expect(() => decrypt(randomBytes(32), sealed, ['a', 'bc'])).toThrow('authenticate');
    const changed = sealed.replace(/^v1\../, (start) => (start === 'v1.A' ? 'v1.B' : 'v1.A'));
    expect(() => decrypt(key, changed, ['a', 'bc'])).toThrow('authenticate');
    expect(encrypt(key, Buffer.from(CANARY), ['a', 'bc'])).not.toBe(sealed);
  });
});

describe('values', () => {
  it('opens a value where it was sealed, and nowhere else', async () => {
    const place = await newPlace();
    const other = await newPlace();
    const sealed = await transaction((tx) => sealValue(tx, place, CANARY));
    await transaction((tx) => sealValue(tx, other, 'so that it has a data key'));
    expect((await openValue(place, sealed)).reveal()).toBe(CANARY);
    for (const wrong of [{ ...place, key: 'OTHER' }, { ...place, version: 2 }, other]) {
      await expect(openValue(wrong, sealed)).rejects.toMatchObject({ code: 'sealed' });
    }
  });

  it('does not keep a data key whose transaction was rolled back', async () => {
    const place = await newPlace();
    const rolledBack = transaction(async (tx) => {
      await sealValue(tx, place, CANARY);
      throw new Error('no');
    });
    await expect(rolledBack).rejects.toThrow('no');
    const sealed = await transaction((tx) => sealValue(tx, place, CANARY));
    expect((await openValue(place, sealed)).reveal()).toBe(CANARY);
  });

  it('leaves neither the value nor the key in the files of the store', async () => {
    const place = await newPlace();
    await transaction(async (tx) => {
      const sealed = await sealValue(tx, place, CANARY);
      await tx.value.create({
        data: {
          id: newId('s'),
          environmentId: place.environmentId,
          key: place.key,
          sealed,
          version: 1,
          secret: true,
          setAt: new Date(),
        },
      });
    });
    const bytes = readdirSync(own.home)
      .filter((name) => name.startsWith('store.db'))
      .map((name) => readFileSync(join(own.home, name)));
    const key = readFileSync(await keyFile(), 'utf8').trim();
    for (const canary of [CANARY, key, Buffer.from(key, 'base64')]) {
      expect(bytes.some((file) => file.includes(canary))).toBe(false);
    }
  });
});

describe('audit', () => {
  const events = async () => {
    await transaction((tx) => audit(tx, 'system', 'one', { detail: { n: 1 } }));
    await Promise.all(
      Array.from({ length: 20 }, (_, n) => transaction((tx) => audit(tx, 'system', 'many', { detail: { n } }))),
    );
  };

  it('is an unbroken chain, also when many write at once', async () => {
    await events();
    expect(await verifyAudit()).toMatchObject({ rows: 21, brokenAt: null });
  });

  it('notices a changed row and a missing one', async () => {
    const rows = await store().audit.findMany({ orderBy: { seq: 'asc' } });
    const third = rows[2];
    if (!third) throw new Error('too few rows');
    const where = { seq: third.seq };
    await store().audit.update({ where, data: { actor: 'somebody else' } });
    expect((await verifyAudit()).brokenAt).toBe(third.seq);
    await store().audit.update({ where, data: { actor: third.actor } });
    await store().audit.delete({ where });
    expect((await verifyAudit()).brokenAt).toBe(rows[3]?.seq);
    await store().audit.create({ data: third });
    expect((await verifyAudit()).brokenAt).toBe(null);
  });

  it('is taken back with the change it tells of', async () => {
    const before = await store().audit.count();
    const failing = transaction(async (tx) => {
      await audit(tx, 'system', 'never');
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await store().audit.count()).toBe(before);
  });
});

describe('master key', () => {
  it('lies in a file of its own that only its owner can read', async () => {
    const file = await keyFile();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect((await masterKey()).place).toBe(file);
  });

  it.each(['lost', 'another'])('seals the portal when it is %s, overwrites nothing, and heals', async (what) => {
    const place = await newPlace();
    const sealed = await transaction((tx) => sealValue(tx, place, CANARY));
    const file = await keyFile();
    renameSync(file, `${file}.away`);
    if (what === 'another') writeFileSync(file, randomBytes(32).toString('base64'));
    const before = readdirSync(join(own.home, 'config/mooring'));
    forgetMasterKey();
    expect((await masterKey()).state).toBe('sealed');
    await expect(openValue(place, sealed)).rejects.toBeInstanceOf(Fault);
    await expect(transaction((tx) => sealValue(tx, place, 'new'))).rejects.toMatchObject({ code: 'sealed' });
    await expect(transaction((tx) => audit(tx, 'system', 'change'))).rejects.toMatchObject({ code: 'sealed' });
    expect(readdirSync(join(own.home, 'config/mooring'))).toEqual(before);
    renameSync(`${file}.away`, file);
    forgetMasterKey();
    expect((await openValue(place, sealed)).reveal()).toBe(CANARY);
    expect((await derivedKey('audit')).length).toBe(32);
  });
});
