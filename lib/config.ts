import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'dotenv';
import { z } from 'zod';
import { Fault } from './core/errors.ts';
import { nearest } from './core/nearest.ts';
import { processWide } from './core/process-wide.ts';

/** The project's folder: relative paths in the settings start here, for portal and command line alike. */
// a bundle does not know where its source lay, but shares the process with the server, or is being built in that folder
export const PROJECT_ROOT = processWide('project-root', () =>
  import.meta.dirname === undefined ? process.cwd() : join(import.meta.dirname, '..'),
);

/** The portal's own settings (product.md section 9), parsed. */
export type Config = {
  port: number;
  host: string;
  /** absolute */
  home: string;
  /** absolute path of the SQLite store */
  storeFile: string;
  /** 32 bytes in base64, or null: a key file */
  masterKey: string | null;
  /** absolute, or null: the one of the installation */
  masterKeyFile: string | null;
  /** folder of key files made by Mooring */
  keyFolder: string;
  /** without a trailing slash */
  baseUrl: string;
  /** origins that count as our own */
  origins: string[];
  targets: 'local' | 'listed';
  /** CIDR, host or host:port */
  targetsAllow: string[];
  singleInstance: boolean;
  url: string;
  token: string | null;
  /** sentences for the log at start */
  warnings: string[];
};

const optional = z
  .string()
  .optional()
  .transform((text) => (text === undefined || text.trim() === '' ? null : text.trim()));

const SETTINGS = {
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  MOORING_HOME: z.string().min(1).default('.mooring'),
  MOORING_STORE_URL: optional,
  MOORING_MASTER_KEY: optional,
  MOORING_MASTER_KEY_FILE: optional,
  MOORING_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  MOORING_TARGETS: z.enum(['local', 'listed']).optional(),
  MOORING_TARGETS_ALLOW: optional,
  MOORING_SINGLE_INSTANCE: z.enum(['0', '1']).optional(),
  MOORING_URL: optional,
  MOORING_TOKEN: optional,
};

const KNOWN = Object.keys(SETTINGS).filter((name) => name.startsWith('MOORING_'));
// Kubernetes sets these for a service of the name `mooring`
const FOREIGN = /^MOORING_(SERVICE_|PORT)/;

/**
 * The settings of this process, read once from the environment and the project's `.env` (the environment wins).
 * @throws Fault `wrong-input`, every wrong setting named
 */
export function config(): Config {
  return processWide('config', () => {
    const file = join(PROJECT_ROOT, '.env');
    return parseConfig({ ...(existsSync(file) ? parse(readFileSync(file)) : {}), ...process.env });
  });
}

/** {@link config} of any environment. */
export function parseConfig(env: Record<string, string | undefined>): Config {
  const parsed = z.object(SETTINGS).safeParse(env);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Fault('wrong-input', `The settings can not be used: ${wrong.join('; ')}. Correct them and start again.`);
  }
  const set = parsed.data;
  const home = resolve(PROJECT_ROOT, set.MOORING_HOME);
  const loopback = isLoopback(set.HOST);
  const baseUrl = (
    set.MOORING_BASE_URL ?? `http://${loopback ? 'localhost' : bracketed(set.HOST)}:${set.PORT}`
  ).replace(/\/+$/, '');
  return {
    port: set.PORT,
    host: set.HOST,
    home,
    storeFile: storeFile(set.MOORING_STORE_URL, home),
    masterKey: set.MOORING_MASTER_KEY,
    masterKeyFile: set.MOORING_MASTER_KEY_FILE && resolve(PROJECT_ROOT, set.MOORING_MASTER_KEY_FILE),
    keyFolder: join(env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'mooring'),
    baseUrl,
    origins: originsOf(baseUrl, loopback ? set.PORT : null),
    targets: set.MOORING_TARGETS ?? (loopback ? 'local' : 'listed'),
    targetsAllow: (set.MOORING_TARGETS_ALLOW ?? '').split(',').flatMap((part) => part.trim() || []),
    singleInstance: set.MOORING_SINGLE_INSTANCE === '1',
    url: (set.MOORING_URL ?? baseUrl).replace(/\/+$/, ''),
    token: set.MOORING_TOKEN,
    warnings: unknownSettings(env),
  };
}

function storeFile(url: string | null, home: string): string {
  if (url === null) return join(home, 'store.db');
  if (url.startsWith('file:')) return resolve(PROJECT_ROOT, url.slice('file:'.length).replace(/^\/\/(?=\/)/, ''));
  throw new Fault(
    'wrong-input',
    'MOORING_STORE_URL must be a `file:` path: a store on another server is not supported yet. Correct it and start again.',
  );
}

function originsOf(baseUrl: string, loopbackPort: number | null): string[] {
  const own = new URL(baseUrl).origin;
  if (loopbackPort === null) return [own];
  return [...new Set([own, ...['localhost', '127.0.0.1', '[::1]'].map((host) => `http://${host}:${loopbackPort}`)])];
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}

function bracketed(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}

function unknownSettings(env: Record<string, string | undefined>): string[] {
  return Object.keys(env)
    .filter((name) => name.startsWith('MOORING_') && !KNOWN.includes(name) && !FOREIGN.test(name))
    .map((name) => `${name} is not a setting of Mooring. The nearest one is ${nearest(name, KNOWN)}.`);
}
