import { POOL_FIELDS } from '../common-fields.ts';

/** Every field that a pasted text may fill, and how its value is read. */
const FIELD_KINDS = {
  host: 'host',
  port: 'number',
  instance: 'text',
  serviceName: 'text',
  user: 'text',
  password: 'secret',
  database: 'text',
  schema: 'text',
  file: 'file',
  readOnly: 'boolean',
  'tls.mode': 'mode',
  'tls.ca': 'pem',
  'tls.cert': 'pem',
  'tls.key': 'secretPem',
  'tls.keyPassphrase': 'secret',
  'tls.serverName': 'text',
  'pool.max': 'number',
  'pool.min': 'number',
  'pool.idleTimeoutMs': 'number',
  'pool.maxLifetimeMs': 'number',
  'pool.acquireTimeoutMs': 'number',
  'pool.connectTimeoutMs': 'number',
  'pool.statementTimeoutMs': 'number',
  'options.applicationName': 'text',
  'options.timeZone': 'text',
  'options.charset': 'text',
} as const;

export type EngineFields = typeof FIELD_KINDS;
export type PasteField = keyof EngineFields;

const SERVER = ['host', 'port', 'user', 'password'] as const;
const VERIFIED = ['tls.mode', 'tls.ca', 'tls.serverName'] as const;
const TLS = [...VERIFIED, 'tls.cert', 'tls.key', 'tls.keyPassphrase'] as const;
const POOL = [
  'pool.max',
  'pool.min',
  'pool.idleTimeoutMs',
  'pool.maxLifetimeMs',
  'pool.acquireTimeoutMs',
  'pool.connectTimeoutMs',
  'pool.statementTimeoutMs',
] as const;

/**
 * Which of them each engine has. A table of its own: a text is read for every engine of the contract, also where the
 * portal at hand has fewer; a test compares it with the definitions that are there.
 */
export const ENGINE_FIELDS = {
  sqlite: ['file', 'readOnly'],
  postgresql: [...SERVER, 'database', 'schema', ...TLS, ...POOL, 'options.applicationName', 'options.timeZone'],
  mysql: [...SERVER, 'database', ...TLS, ...POOL, 'options.charset', 'options.timeZone'],
  sqlserver: [...SERVER, 'instance', 'database', 'schema', ...VERIFIED, ...POOL, 'options.applicationName'],
  oracle: [...SERVER, 'serviceName', 'schema', ...TLS, ...POOL, 'options.applicationName'],
  dm: [...SERVER, 'schema', ...TLS, ...POOL],
} as const satisfies Record<string, readonly PasteField[]>;

export type PasteEngine = keyof typeof ENGINE_FIELDS;

export const PASTE_ENGINES = Object.keys(ENGINE_FIELDS) as PasteEngine[];

export function isPasteEngine(name: string): name is PasteEngine {
  return Object.hasOwn(ENGINE_FIELDS, name);
}

export function hasField(engine: PasteEngine, field: PasteField): boolean {
  return (ENGINE_FIELDS[engine] as readonly PasteField[]).includes(field);
}

export function kindOf(field: PasteField): EngineFields[PasteField] {
  return FIELD_KINDS[field];
}

/** Fields whose value is shown as `[secret]`. */
export function isSecretField(field: string): boolean {
  return Object.hasOwn(FIELD_KINDS, field) && FIELD_KINDS[field as PasteField].startsWith('secret');
}

/** Whole numbers that a figure may be, inclusive. */
export function rangeOf(field: PasteField): { min: number; max: number } {
  const { min = 1, max = 65535 } = POOL_FIELDS.find(({ name }) => name === field) ?? {};
  return { min, max };
}
