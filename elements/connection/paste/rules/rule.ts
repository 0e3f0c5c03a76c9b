import type { Draft } from '../draft.ts';
import type { PasteField } from '../engine-fields.ts';

/** What one named setting means: it puts into the draft a field, or why not. */
export type Rule = (draft: Draft, key: string, value: string) => void;

/** By {@link normalKey}. */
export type Rules = Readonly<Record<string, Rule>>;

/** `Connect Timeout`, `connect_timeout` and `connectTimeout` are one key. */
export function normalKey(key: string): string {
  return key.toLowerCase().replaceAll(/[\s_.-]/g, '');
}

const ON = new Set(['', '1', 'true', 'yes', 'on', 'y']);
const OFF = new Set(['0', 'false', 'no', 'off', 'n']);

/** null: neither. */
export function readSwitch(value: string): boolean | null {
  const text = value.trim().toLowerCase();
  return ON.has(text) ? true : OFF.has(text) ? false : null;
}

export const take =
  (field: PasteField): Rule =>
  (draft, key, value) =>
    draft.take(field, key, value);

export const refuse =
  (why: string): Rule =>
  (draft, key) =>
    draft.refuse(key, why);

export const ignore: Rule = (draft, key) => draft.ignore(key);

/** Refused unless it is switched off, which says nothing. */
export const refuseOn =
  (why: string): Rule =>
  (draft, key, value) =>
    readSwitch(value) === false ? draft.ignore(key) : draft.refuse(key, why);

/** Refused unless it is switched on, which says nothing. */
export const refuseOff =
  (why: string): Rule =>
  (draft, key, value) =>
    readSwitch(value) === true ? draft.ignore(key) : draft.refuse(key, why);

/** PEM text; what stands for it elsewhere is the path of a file. */
export const pem =
  (field: PasteField): Rule =>
  (draft, key, value) =>
    value.trimStart().startsWith('-----BEGIN ') ? draft.take(field, key, value) : draft.refuse(key, FILE_PATH);

/** A time; `unit` is left out where it depends on who wrote the text. */
export const time =
  (field: PasteField, unit?: 's' | 'ms'): Rule =>
  (draft, key, value) => {
    const [, figure, named] = /^(\d{1,9})\s*(ms|s|m|min)?$/i.exec(value.trim()) ?? [];
    const factor = UNITS[(named ?? unit ?? (draft.found.seconds ? 's' : 'ms')).toLowerCase()];
    draft.take(field, key, figure === undefined || factor === undefined ? value : String(Number(figure) * factor));
  };

const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, min: 60_000 };

/** A switch of encryption that names no mode. */
export const encrypt: Rule = (draft, key, value) => {
  const on = readSwitch(value);
  if (on === null) draft.refuse(key, 'expected true or false');
  else draft.encrypt(key, on);
};

/** Names of modes, lower case; null: a mode that falls back, or checks nothing, and why it is refused. */
export const modes =
  (known: Record<string, 'disable' | 'require' | 'verify-ca' | 'verify-full' | null>): Rule =>
  (draft, key, value) => {
    const name = value.trim().toLowerCase();
    const mode = Object.hasOwn(known, name) ? known[name] : undefined;
    if (mode) draft.mode(key, mode);
    else if (mode === null) draft.refuse(key, UNCHECKED_MODE);
    else draft.refuse(key, 'an unknown TLS mode');
  };

const UNCHECKED_MODE = 'would go on without encryption or without a check; choose a TLS mode';

/** A text that names the server itself; in a URL it would send what stands there elsewhere. */
export const host: Rule = (draft, key, value) =>
  draft.found.namesHost ? draft.take('host', key, value) : draft.refuse(key, HOST_OVERRIDE);

export const HOST_OVERRIDE = 'names another host than the one that stands in its place';
export const FILE_PATH = 'a path to a file; certificates and keys are given as text';
export const UNCHECKED = 'would switch the check of the certificate off; choose the TLS mode require if that is meant';
export const FOREIGN_CODE = 'would load code of another program';
export const OTHER_LOGIN = 'a way to sign in other than user and password';
export const SEVERAL_HOSTS = 'several hosts; one is expected';
export const STATEMENTS = 'statements or settings of the server as text are not taken';
