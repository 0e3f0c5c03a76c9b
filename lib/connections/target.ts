import { CONNECT_CAUSES } from '#elements/database/connect-causes.ts';
import type { Target, TlsMode } from '#elements/database/contract.ts';
import type { Reason } from '#lib/core/errors.ts';
import { Secret } from '#lib/core/secret.ts';
import type { ResolvedElement } from '#lib/variables/resolution.ts';
import { classOfAddress } from './address-class.ts';
import { confineFile } from './confine-file.ts';
import { readHost } from './host-spelling.ts';
import { lookUp } from './look-up.ts';
import type { LookUp, Resolver } from './look-up.ts';
import { embeddedPoolSettings, poolSettings } from './pool-settings.ts';
import type { PoolSettings } from './pool-settings.ts';
import { surroundings } from './surroundings.ts';
import type { Surroundings } from './surroundings.ts';
import { blame } from './test/blame.ts';
import { fillIn, sentence } from './test/cause-words.ts';

export type TargetOptions = {
  /** `ddl`: the login for migrations where the element has one; else, and by default, the application's */
  login?: 'application' | 'ddl';
  /** an embedded database: make a missing file (a deploy in *migrate*, and *Create* in the designer) */
  create?: boolean;
  /** default: this installation's */
  surroundings?: Surroundings;
  resolver?: Resolver;
  dnsDeadlineMs?: number;
};

/** A target to connect to, or the one thing that stands in its way. `lookUp` is null for a file. */
export type TargetOutcome =
  | {
      ok: true;
      target: Target;
      pool: PoolSettings;
      lookUp: (LookUp & { ok: true }) | null;
      /** false: a file that is not there yet */ exists: boolean;
    }
  | { ok: false; stage: 'address' | 'dns'; reason: Reason; lookUp: LookUp | null };

/** The app and environment that a resolved element belongs to, by name. */
export type Place = { app: string; environment: string };

/**
 * Settings for a driver: the name looked up once and checked against the policy, the TLS mode in effect, the file confined.
 * The only maker of {@link Target}. Sends no packet but the look-up's; a connection's target has no database (the maintenance one).
 */
export async function makeTarget(
  resolved: ResolvedElement,
  place: Place,
  options: TargetOptions = {},
): Promise<TargetOutcome> {
  const fields = reader(resolved);
  return fields.text('file') === null ? serverTarget(resolved, place, options) : fileTarget(resolved, place, options);
}

/** Rule of product.md section 2: a mode that is left out is decided by the resolved address. */
export function decidedMode(ip: string): TlsMode {
  const found = classOfAddress(ip);
  return found.class === 'inside' && found.loopback ? 'disable' : 'verify-full';
}

async function serverTarget(resolved: ResolvedElement, place: Place, options: TargetOptions): Promise<TargetOutcome> {
  const fields = reader(resolved);
  const { policy } = options.surroundings ?? surroundings();
  const asked = { host: fields.text('host') ?? '', port: fields.number('port') ?? 0 };
  const { resolver, dnsDeadlineMs: deadlineMs } = options;
  const found = await lookUp(policy, asked, { ...(resolver && { resolver }), ...(deadlineMs && { deadlineMs }) });
  if (!found.ok) {
    return { ok: false, stage: found.stage, reason: reasonOf(found, asked, resolved, place), lookUp: found };
  }
  const host = readHost(asked.host);
  const instance = fields.text('instance');
  const pool = poolSettings(fields.group('pool'));
  const target: Target = {
    ...common(resolved, pool),
    endpoint: {
      kind: 'server',
      host: host.kind === 'name' ? host.name : found.ip,
      port: asked.port,
      ip: found.ip,
      ...(instance === null ? {} : { instance }),
    },
    ...login(resolved, options.login),
    database: fields.text('database'),
    schema: fields.text('schema'),
    ...(fields.text('serviceName') !== null && { serviceName: fields.text('serviceName') ?? '' }),
    tls: tls(resolved, found.ip),
  };
  return { ok: true, target, pool, lookUp: found, exists: true };
}

async function fileTarget(resolved: ResolvedElement, place: Place, options: TargetOptions): Promise<TargetOutcome> {
  const file = reader(resolved).text('file') ?? '';
  const { home, forbidden } = options.surroundings ?? surroundings();
  const confined = await confineFile({ home, forbidden, ...place }, file);
  if (!confined.ok) {
    const reason = {
      element: resolved.element,
      ...blame(resolved, 'file'),
      environment: place.environment,
      code: 'file-not-allowed',
      message: confined.message,
      next: 'Choose another file name.',
    };
    return { ok: false, stage: 'address', reason, lookUp: null };
  }
  const pool = embeddedPoolSettings();
  const target: Target = {
    ...common(resolved, pool),
    endpoint: { kind: 'file', path: confined.path, create: options.create === true },
    user: '',
    password: null,
    database: file,
    schema: null,
    tls: { mode: 'disable', ca: null, cert: null, key: null, keyPassphrase: null, serverName: null },
  };
  return { ok: true, target, pool, lookUp: null, exists: confined.exists };
}

function common(resolved: ResolvedElement, pool: PoolSettings) {
  const fields = reader(resolved);
  return {
    element: resolved.element,
    options: fields.group('options'),
    readOnly: fields.flag('readOnly'),
    connectTimeoutMs: pool.connectTimeoutMs,
    statementTimeoutMs: pool.statementTimeoutMs,
  };
}

function login(resolved: ResolvedElement, which: TargetOptions['login']): { user: string; password: Secret | null } {
  const fields = reader(resolved);
  const ddlUser = which === 'ddl' ? fields.text('ddlUser') : null;
  return ddlUser === null
    ? { user: fields.text('user') ?? '', password: fields.secret('password') }
    : { user: ddlUser, password: fields.secret('ddlPassword') };
}

/** Leaves that the mode in effect does not use stay behind, whatever they hold. */
function tls(resolved: ResolvedElement, ip: string): Target['tls'] {
  const fields = reader(resolved);
  const mode = (fields.text('tls.mode') as TlsMode | null) ?? decidedMode(ip);
  const encrypted = mode !== 'disable';
  const verified = mode === 'verify-ca' || mode === 'verify-full';
  return {
    mode,
    ca: verified ? fields.text('tls.ca') : null,
    cert: encrypted ? fields.text('tls.cert') : null,
    key: encrypted ? fields.secret('tls.key') : null,
    keyPassphrase: encrypted ? fields.secret('tls.keyPassphrase') : null,
    serverName: mode === 'verify-full' ? fields.text('tls.serverName') : null,
  };
}

function reasonOf(
  found: LookUp & { ok: false },
  { host }: { host: string },
  resolved: ResolvedElement,
  { environment }: Place,
): Reason {
  const at = { element: resolved.connection ?? resolved.element, ...blame(resolved, 'host'), environment };
  if (found.stage === 'address') return { ...at, ...found.objection };
  const { found: what, next } = CONNECT_CAUSES[found.why];
  return { ...at, code: found.why, message: sentence(fillIn(what, { host })), next };
}

function reader({ fields }: ResolvedElement) {
  const value = (name: string) => fields[name]?.value ?? null;
  return {
    text: (name: string) => (typeof value(name) === 'string' ? (value(name) as string) : null),
    number: (name: string) => (typeof value(name) === 'number' ? (value(name) as number) : null),
    flag: (name: string) => value(name) === true,
    secret: (name: string) => (value(name) instanceof Secret ? (value(name) as Secret) : null),
    /** the leaves below `name`, absent ones left out */
    group: <T extends string | number | boolean>(name: string): Record<string, T> =>
      Object.fromEntries(
        Object.keys(fields)
          .filter((field) => field.startsWith(`${name}.`) && value(field) !== null)
          .map((field) => [field.slice(name.length + 1), value(field) as T]),
      ),
  };
}
