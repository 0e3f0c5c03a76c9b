import { randomBytes } from 'node:crypto';
import { Fault } from '#lib/core/errors.ts';
import { processWide } from '#lib/core/process-wide.ts';
import { Secret } from '#lib/core/secret.ts';
import { newId } from '#lib/store/new-id.ts';
import type { Tx } from '#lib/store/open.ts';
import { store } from '#lib/store/store.ts';
import { decrypt, encrypt } from './cipher.ts';
import { derivedKey } from './master-key.ts';

/** Where a value lies: all of it is bound into the sealed text, so a row copied elsewhere does not open. */
export type Place = {
  /** App.id */
  appId: string;
  /** Environment.id */
  environmentId: string;
  /** the variable's key */
  key: string;
  /** Value.version: counts up with each change */
  version: number;
};

/** Seals a value for `Value.sealed`; makes the data key of the app and environment when there is none yet. @throws Fault `sealed` */
export async function sealValue(tx: Tx, place: Place, text: string | Secret): Promise<string> {
  const key = (await dataKey(tx, place)) ?? (await makeDataKey(tx, place));
  return encrypt(key, Buffer.from(text instanceof Secret ? text.reveal() : text, 'utf8'), valueContext(place));
}

/** Opens what {@link sealValue} gave. @throws Fault `sealed`: no master key, or the row is not what was sealed there */
export async function openValue(place: Place, sealed: string): Promise<Secret> {
  const key = await dataKey(store(), place);
  try {
    if (key) return new Secret(decrypt(key, sealed, valueContext(place)).toString('utf8'));
  } catch {
    // told below, without the cipher's words
  }
  throw new Fault('sealed', `The value of ${place.key} can not be opened: its row was changed. Set it again.`);
}

async function dataKey(tx: Tx, place: Place): Promise<Buffer | null> {
  const { appId, environmentId } = place;
  const row = await tx.dataKey.findUnique({ where: { appId_environmentId: { appId, environmentId } } });
  if (!row) return null;
  // by the wrapped text, so a key made in a transaction that is rolled back is never used again
  const unwrapped = processWide('data-keys', () => new Map<string, Buffer>());
  const cached = unwrapped.get(row.wrapped);
  const wrapping = await derivedKey('wrap');
  if (cached) return cached;
  const key = decrypt(wrapping, row.wrapped, keyContext(place));
  unwrapped.set(row.wrapped, key);
  return key;
}

async function makeDataKey(tx: Tx, place: Place): Promise<Buffer> {
  const { appId, environmentId } = place;
  const key = randomBytes(32);
  const wrapped = encrypt(await derivedKey('wrap'), key, keyContext(place));
  await tx.dataKey.create({ data: { id: newId('k'), appId, environmentId, wrapped } });
  return key;
}

const valueContext = (place: Place) => ['value', place.appId, place.environmentId, place.key, String(place.version)];
const keyContext = (place: Place) => ['data-key', place.appId, place.environmentId];
