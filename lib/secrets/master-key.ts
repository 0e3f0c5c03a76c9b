import { hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { config } from '#lib/config.ts';
import { Fault } from '#lib/core/errors.ts';
import { log } from '#lib/core/log.ts';
import { processWide } from '#lib/core/process-wide.ts';
import { newId } from '#lib/store/new-id.ts';
import { store } from '#lib/store/store.ts';

/**
 * What the master key is good for, or why it is not there. `place` says where it lies, for people.
 * A portal whose key is wrong or lost is *sealed*: it shows structure, uses no value and overwrites nothing.
 */
export type MasterKey =
  | { state: 'open'; place: string; made: boolean; derive(purpose: string): Buffer }
  | { state: 'sealed'; place: string; why: string };

const KEY_BYTES = 32;
const INSTALLATION = 'installation-id';
const CHECK = 'master-key-check';

const slot = (): { key: Promise<MasterKey> | undefined } => processWide('master-key', () => ({ key: undefined }));

/** The master key of this installation, read once per process; the first start of all makes one. */
export function masterKey(): Promise<MasterKey> {
  return (slot().key ??= load().catch((error: unknown) => {
    forgetMasterKey();
    throw error;
  }));
}

/** Reads the key anew at the next use: after the right one was put back. */
export function forgetMasterKey(): void {
  slot().key = undefined;
}

/** A key derived for one purpose (HKDF-SHA256, RFC 5869). @throws Fault `sealed` */
export async function derivedKey(purpose: string): Promise<Buffer> {
  const key = await masterKey();
  if (key.state === 'open') return key.derive(purpose);
  throw new Fault(
    'sealed',
    `The portal is sealed: ${key.why}. Put the master key back (${key.place}) and start the portal again.`,
  );
}

/** Random, made with the store: names the key file. */
export async function installationId(): Promise<string> {
  const found = await store().setting.upsert({
    where: { key: INSTALLATION },
    create: { key: INSTALLATION, value: newId('i') },
    update: {},
  });
  return found.value;
}

async function load(): Promise<MasterKey> {
  const { masterKey: text, masterKeyFile } = config();
  const file = masterKeyFile ?? join(config().keyFolder, `${await installationId()}.key`);
  const place = text === null ? file : 'MOORING_MASTER_KEY';
  const check = await store().setting.findUnique({ where: { key: CHECK } });
  const made = text === null && masterKeyFile === null && !check && !existsSync(file);
  if (made) makeKeyFile(file);
  const bytes = text === null ? readKeyFile(file) : parseKey(text);
  if (bytes === null) return { state: 'sealed', place, why: 'the master key is missing or is not 32 bytes in base64' };
  const derive = (purpose: string): Buffer =>
    Buffer.from(hkdfSync('sha256', bytes, '', `mooring ${purpose}`, KEY_BYTES));
  const mark = derive('check').toString('base64url');
  if (!check) await store().setting.create({ data: { key: CHECK, value: mark } });
  else if (check.value !== mark) return { state: 'sealed', place, why: 'the master key is not the one of this store' };
  return { state: 'open', place, made, derive };
}

function makeKeyFile(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, `${randomBytes(KEY_BYTES).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
}

function readKeyFile(file: string): Buffer | null {
  if (!existsSync(file)) return null;
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) {
    log().warn(
      `other users of this machine can read the master key ${file}: make it readable for its owner alone (chmod 600)`,
    );
  }
  return parseKey(readFileSync(file, 'utf8'));
}

function parseKey(text: string): Buffer | null {
  const bytes = Buffer.from(text.trim(), 'base64');
  return bytes.length === KEY_BYTES ? bytes : null;
}
